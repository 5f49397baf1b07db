"""Draws that come out the same on every machine: the chance in the demo world is seeded by codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def number(*keys: object, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included, decided by the keys alone.

    >>> number("01-05", "women", low=3, high=9) == number("01-05", "women", low=3, high=9)
    True
    """
    seed = "|".join(map(str, keys)).encode()
    return low + int.from_bytes(blake2b(seed, digest_size=6).digest(), "big") % (high - low + 1)


def chance(*keys: object, percent: int) -> bool:
    """True for about `percent` of all keys."""
    return number(*keys, low=1, high=100) <= percent


def one_of(choices: Sequence[T], *keys: object) -> T:
    return choices[number(*keys, low=0, high=len(choices) - 1)]


def shuffled(items: Iterable[str], *keys: object) -> list[str]:
    """The items in an order decided by the keys and by each item."""
    return sorted(items, key=lambda item: (number(*keys, item, low=0, high=1 << 40), item))


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` by weights into whole parts that add up to it exactly (largest remainder).

    >>> shares(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    short = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[:short]:
        parts[i] += 1
    return parts
