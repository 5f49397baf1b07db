"""The ledger: what one durable verb costs, what many in one verb cost, and how quickly the chain is walked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from benchmarks.measurement import Measurement, rate

AT = datetime(2020, 8, 24, 2, tzinfo=UTC)
ALONE, TOGETHER = 200, 5_000


def measure() -> Iterable[Measurement]:
    from giaoban.base.access import Actor
    from giaoban.base.attachments.models import StoredFile
    from giaoban.base.ledger.verify import verify
    from giaoban.base.ledger.work import record, service

    clerk = Actor(kind="job", id=1, name="đo", day=date(2020, 8, 24))

    @service
    def tell(count: int) -> None:
        for number in range(count):
            record(actor=clerk, verb="files.stored", on=StoredFile(pk=1), at=AT, place="/1/57/", number=number)

    def alone() -> int:
        for _ in range(ALONE):
            tell(1)
        return ALONE

    def together() -> int:
        tell(TOGETHER)
        return TOGETHER

    yield rate("ledger: verbs, one durable transaction each", alone, unit="entries/s")
    yield rate("ledger: entries of one verb", together, unit="entries/s")
    yield rate("ledger: entries walked by verify", lambda: verify().entries, unit="entries/s")
