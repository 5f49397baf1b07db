"""One measured thing: a name, a unit, and its runs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 5


@dataclass(frozen=True)
class Measurement:
    """Several runs of the same thing, in `unit`."""

    name: str
    unit: str
    runs: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)


def timed(name: str, work: Callable[[], object], *, runs: int = RUNS, unit: str = "ms") -> Measurement:
    """How long `work` takes, `runs` times, in milliseconds."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1_000)
    return Measurement(name, unit, taken)


def rate(name: str, work: Callable[[], float], *, unit: str, runs: int = RUNS) -> Measurement:
    """How many a second: `work` returns how many it did."""
    rates = []
    for _ in range(runs):
        begun = time.perf_counter()
        done = work()
        rates.append(done / (time.perf_counter() - begun))
    return Measurement(name, unit, rates)
