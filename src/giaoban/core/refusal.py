"""How the house says no.

A refusal is one clear sentence for the person who asked: it names the place and the way out.
It is raised anywhere, caught once at each edge (page, API, command line), and never logged as a bug.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar


class Kind(Enum):
    """What sort of no it is; each edge maps it to its own code (HTTP status, exit status)."""

    INVALID = "invalid"  # what was given cannot be taken as it is
    CONFLICT = "conflict"  # somebody else was first, or the moment has passed
    FORBIDDEN = "forbidden"  # seen, but not to be done by this actor
    MISSING = "missing"  # not there, or not yours: the same answer
    TOO_LARGE = "too_large"  # beyond a named limit


@dataclass(frozen=True)
class Fault:
    """One place that is wrong: `place` is a field code, «dòng 12», a file name."""

    place: str
    says: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.says.format(**self.values)


class Refusal(Exception):
    """Base of every no. A subclass is one sentence: `says` in Vietnamese with `{named}` values.

    The edges translate `says` (it is the gettext message id) before filling in the values, so the
    values themselves must be names, numbers or quoted input, never sentences.

    >>> class TooManyRows(Refusal):
    ...     says = "Tệp có {count} dòng, nhiều hơn {limit} dòng cho phép; hãy chia nhỏ tệp."
    >>> str(TooManyRows(count=7, limit=5))
    'Tệp có 7 dòng, nhiều hơn 5 dòng cho phép; hãy chia nhỏ tệp.'
    """

    kind: ClassVar[Kind] = Kind.INVALID
    says: ClassVar[str] = "Yêu cầu này không thực hiện được."

    def __init__(self, *, faults: Sequence[Fault] = (), **values: object) -> None:
        self.faults = tuple(faults)
        self.values = values
        super().__init__(self.says.format(**values))

    def __str__(self) -> str:
        return self.says.format(**self.values)


class NotFound(Refusal):
    """Not there and not yours are the same answer."""

    kind = Kind.MISSING
    says = "Không tìm thấy nội dung này, hoặc đồng chí không có quyền xem."
