"""The roll-up against what people use: the same reports and units, the same answer, each from a store on disk.

Every contestant works in a process of its own, on the same two cores, and is held against our answer cell by cell: a
sum or a count that differs ends the run. `python -m benchmarks.compare 0.01` is a quick try; names after the scale
choose contestants, `--once` runs everything once, and `--keep` adds what was measured to var/compare.json, as
`make bench ONLY=compare` does.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from benchmarks import rollup_world
from benchmarks.compare_world import FIELDS, World
from benchmarks.measurement import RUNS, Measurement

KEPT = Path(__file__).resolve().parents[1] / "var" / "compare.json"
CONTESTANTS = {
    "ours": "compare_ours.ours",
    "reference": "compare_reference.reference",
    "json_postgresql": "compare_json.postgresql",
    "json_sqlite": "compare_json.sqlite",
    "pandas": "compare_frames.pandas",
    "parquet": "compare_frames.parquet",
    "duckdb": "compare_frames.duckdb",
    "polars": "compare_frames.polars",
}
# a row for each value would be 280 million rows at the largest scale: an hour to put in, and more than the disk holds
SCALES = {0.1: tuple(CONTESTANTS), 1.0: tuple(CONTESTANTS), 10.0: ("duckdb", "polars")}
LIBRARIES = {"pandas": "pandas", "parquet": "pyarrow", "duckdb": "duckdb", "polars": "polars"}  # not all are at hand
FROM_FILES = {"ours", "duckdb", "polars"}  # they begin with a file that stands there; all others with the rows


def measure() -> Iterable[Measurement]:
    """The whole comparison; the names of the scale 1 are plain, the others' end with how many reports there were."""
    for scale, names in SCALES.items():
        reports, found = measured(scale, names)
        keep(reports, found)
        print("\n".join(ratios(reports, found)), flush=True)
        for one in found:
            yield one if scale == 1 else Measurement(f"{one.name}.{reports}", one.unit, one.runs)


def measured(scale: float, names: Collection[str], *, runs: int = RUNS) -> tuple[int, list[Measurement]]:
    """How many reports there are at a scale, and what the contestants took. Ours always goes first.

    Raises subprocess.CalledProcessError when one of them gives another answer than ours.
    """
    needed = {"ours", *names} | ({"parquet"} if {"duckdb", "polars"} & set(names) else set())
    if missing := [LIBRARIES[name] for name in sorted(needed & set(LIBRARIES)) if find_spec(LIBRARIES[name]) is None]:
        raise SystemExit(f"missing: {', '.join(missing)}; scripts/environment bench installs them")
    with tempfile.TemporaryDirectory(prefix="giaoban-compare-") as folder:
        surroundings = os.environ | {
            "GIAOBAN_DATABASE": "",
            "GIAOBAN_VAR": folder,
            "GIAOBAN_SECRET": "for benchmarks only",
            "DJANGO_SETTINGS_MODULE": "giaoban.site.settings",
        }

        def apart(*words: str) -> Iterator[Measurement]:
            command = [sys.executable, "-m", "benchmarks.compare", *words, folder]
            print(f"{' '.join(words)}; load {os.getloadavg()[0]:.1f}", file=sys.stderr)
            ran = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)
            return (Measurement(**json.loads(line)) for line in ran.stdout.splitlines())

        list(apart("build", str(scale), str(runs)))
        found = []
        for name in CONTESTANTS:
            for one in apart("contestant", name) if name in needed else ():
                print(f"  {one.name}: {one.median:.4g} {one.unit}, {len(one.runs)} runs", file=sys.stderr, flush=True)
                found.append(one)
        return World.saved(folder).reports, found


def build(scale: float, runs: int, folder: str) -> None:
    """Write the world of a scale into an empty folder, and how often everything is to be run at most."""
    from benchmarks.run import prepare

    prepare(folder)
    round_id = rollup_world.build(scale)
    store = World(folder, round_id, 0).store()
    (reports,) = store.execute("SELECT count(*) FROM reports_report").fetchone()
    World(folder, round_id, reports, runs).save()
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def contestant(name: str, folder: str) -> None:
    """Print what one contestant took, a line of JSON for each measurement, once its answer has proven to be ours."""
    module, work = CONTESTANTS[name].split(".")
    for one in getattr(importlib.import_module(f"benchmarks.{module}"), work)(World.saved(folder)):
        print(json.dumps(asdict(one)), flush=True)


def seconds(found: Iterable[Measurement]) -> dict[str, float]:
    """By name without the family and the unit."""
    return {one.name.removeprefix("rollup.").removesuffix("_s"): one.median for one in found}


def keep(reports: int, found: Iterable[Measurement]) -> None:
    """Add to var/compare.json: number of reports -> contestant -> seconds."""
    before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    before[str(reports)] = before.get(str(reports), {}) | seconds(found)
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(before, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def ratios(reports: int, found: Iterable[Measurement]) -> Iterator[str]:
    """What a cell takes us, and how many times as long as ours each took, beginning where ours begins."""
    took = seconds(found)
    for name, one in took.items():
        if name in {"ours", "ours_rebuild"}:
            yield f"{name}: {one / (reports * FIELDS) * 1e9:.1f} ns for each of {reports * FIELDS:,} cells"
        else:
            against = "ours" if name in FROM_FILES else "ours_rebuild"
            yield f"{name} / {against}: {one / took[against]:.2f}"


def main(words: list[str]) -> None:
    from benchmarks.run import earlier, show

    scale, *names = [word for word in words if not word.startswith("--")]
    if unknown := set(names) - set(CONTESTANTS):
        raise SystemExit(f"no such contestant: {', '.join(sorted(unknown))}; there are: {', '.join(CONTESTANTS)}")
    reports, found = measured(float(scale), names or tuple(CONTESTANTS), runs=1 if "--once" in words else RUNS)
    show(f"{reports:,} reports", found, earlier() if float(scale) == 1 else {})
    print("\n".join(ratios(reports, found)))
    if "--keep" in words:
        keep(reports, found)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", scale, runs, folder]:
            build(float(scale), int(runs), folder)
        case ["contestant", name, folder]:
            contestant(name, folder)
        case words:
            main(words)
