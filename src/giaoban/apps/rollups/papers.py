"""The data set that other engines read: one ledger entry's facts, trees and duty, written as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from giaoban.apps.rollups.queries.exporting import Leaving, LeavingRound
from giaoban.apps.rollups.rules import Export
from giaoban.files.lake.tables import SCHEMAS
from giaoban.files.lake.writing import DataSet, Facts

_AT_ONCE = 32_768  # rows of a table that is not partitioned

Seen = Callable[[LeavingRound, int], None]  # told of each stretch of reports: whose it was, how many


def write(going: Leaving, made: DataSet, *, seen: Seen) -> Export:
    """Write everything that leaves, a stretch at a time, and the manifest last. Raises rules.UnreadableReport."""
    for day, tree in going.trees.items():
        made.put_tree(tree, day=day.isoformat())
    for one in going.rounds:
        _round(one, made, as_of=going.head.number, seen=seen)
    _flat(made, "periods", map(_period, going.rounds))
    _flat(made, "fields", _fields(going.rounds))
    _flat(made, "forms", ({"form": code, "name": name} for code, name in _forms(going.rounds).items()))
    _flat(made, "levels", ({"level": one.code, "name": one.name, "rank": one.rank} for one in going.levels()))
    _flat(made, "units", ({name: getattr(one, name) for name in SCHEMAS["units"].names} for one in going.units()))
    _flat(made, "successions", map(_succession, going.successions()))
    forms = tuple(_forms(going.rounds))
    manifest = made.finish(
        as_of=going.head.number, seal=going.head.seal, facts={"forms": forms, "rounds": len(going.rounds)}
    )
    return Export(
        as_of=going.head.number,
        forms=forms,
        rounds=len(going.rounds),
        reports=made.rows("reports"),
        facts=made.rows("facts"),
        manifest=manifest,
    )


def _round(one: LeavingRound, made: DataSet, *, as_of: int, seen: Seen) -> None:
    keys = {"form": one.form, "period": one.period}
    with made.part("duty", **keys) as duty:
        duty.put(unit=one.plan.slots.units)
    with made.part("facts", **keys) as facts, made.part("reports", **keys) as reports:
        leaving = Facts(facts, reports, as_of=as_of)
        for stretch in one.stretches():
            leaving.put(stretch)
            seen(one, len(stretch.reports))


def _flat(made: DataSet, table: str, rows: Iterator[dict[str, Any]]) -> None:
    """A table that is not partitioned, some thousand rows at a time."""
    with made.part(table) as part:
        while waiting := list(islice(rows, _AT_ONCE)):
            part.put(**{name: [row[name] for row in waiting] for name in SCHEMAS[table].names})


def _period(one: LeavingRound) -> dict[str, Any]:
    return {
        "round": one.round.pk,
        "form": one.form,
        "period": one.period,
        "kind": one.round.period.kind,
        "version": one.round.form_version.number,
        "from_day": one.round.period.from_day,
        "until_day": one.round.period.until_day,
        "day": one.round.day,
        "tree_day": one.tree_day.isoformat(),
        "is_made_up": one.round.is_made_up,
    }


def _fields(rounds: Sequence[LeavingRound]) -> Iterator[dict[str, Any]]:
    """The columns of every version that leaves, each once."""
    versions = {one.round.form_version_id: one for one in rounds}
    for one in versions.values():
        version, described = one.round.form_version, one.round.form_version.spec.by_code
        for position, column in enumerate(one.plan.layout.columns):
            yield {
                "form": one.form,
                "version": version.number,
                "position": position,
                "field": column.field,
                "part": column.part,
                "kind": column.kind,
                "measure": column.measure,
                "places": described[column.source].places,
                "label": described[column.field].label,
            }


def _forms(rounds: Sequence[LeavingRound]) -> dict[str, str]:
    return {one.form: one.round.form_version.form.name for one in rounds}


_succession_of = attrgetter("predecessor_id", "successor_id", "day", "kind", "share_ppm")


def _succession(one: Any) -> dict[str, Any]:
    return dict(zip(SCHEMAS["successions"].names, _succession_of(one), strict=True))
