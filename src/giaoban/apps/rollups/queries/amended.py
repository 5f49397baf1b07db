"""Why official figures are not those of an earlier ledger number: which reports count otherwise, for what reason.

What a report counted with then is worked back from the entries about it since; the entries before are not needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from giaoban.apps.forms.models import Round
from giaoban.apps.reports import access as reports_access
from giaoban.apps.reports import rules as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups.queries.consolidating import Standing
from giaoban.apps.units import queries as units
from giaoban.apps.units.queries import UnitName
from giaoban.base.access import Actor
from giaoban.base.ledger.models import Entry
from giaoban.core.rollup import Slots, Total, alone

MOST_TRACED = 2_000  # reports; beyond, differences are told by the units directly below alone
OFFICIAL_VERBS = ("reports.accepted", "reports.reopened", "reports.imported")
_STATE_VERBS = (*OFFICIAL_VERBS, "reports.opened", "reports.submitted", "reports.withdrawn", "reports.sent_back")
_TOLD = (*OFFICIAL_VERBS, "reports.sent_back")  # what explains a difference, of all that happened

_KIND = Report._meta.label_lower


@dataclass(frozen=True)
class Step:
    """One entry of the ledger that explains an amendment."""

    entry_id: int
    at: datetime
    who: str
    did: str
    reason: str


@dataclass(frozen=True)
class Amendment:
    """A unit whose report counts otherwise than it did; None where it did not count. `steps`, oldest first, and
    `report_id` only for those who may read the report."""

    unit: UnitName
    before: Total | None
    now: Total | None
    report_id: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Amendments:
    """Every amendment since, in the order of the tree; `untraced` is how many reports there were when too many."""

    rows: tuple[Amendment, ...]
    untraced: int = 0


@dataclass(frozen=True)
class _Told:
    id: int
    unit: int
    state: str
    figures: Mapping[str, Any]
    is_nothing: bool


def amendments(*, actor: Actor, round_: Round, unit: int, now: Standing, since: int) -> Amendments:
    """The reports at or below a unit that count otherwise now than at the ledger number `since`. Five queries."""
    moved = Entry.objects.filter(id__gt=since, id__lte=now.head, verb__in=OFFICIAL_VERBS, subject_kind=_KIND)
    about = Report.objects.filter(round=round_, pk__in=moved.values("subject_id"))
    slot_of = _slots_within(now.slots, unit, about.values_list("id", "unit_id"))
    ids = list(slot_of)
    if len(ids) > MOST_TRACED:
        return Amendments((), untraced=len(ids))
    found = [_Told(*row) for row in Report.objects.filter(pk__in=ids).values_list(
        "id", "unit_id", "state", "figures", "is_nothing")]  # fmt: skip
    story = _story(ids, since)
    readable = set(Report.objects.allowed(actor, reports_access.READ).filter(pk__in=ids).values_list("id", flat=True))
    nothings = _nothings([one.id for one in found if _was_official(one, story[one.id])], since)
    traced = []
    for one in sorted(found, key=lambda told: slot_of[told.id]):
        before = _before(one, story[one.id], now, was_nothing=one.id in nothings)
        after = _counted(now, one.figures, nothing=one.is_nothing) if one.state == reports.State.ACCEPTED else None
        if before != after:
            traced.append((one, before, after))
    names = units.names({one.unit for one, _, _ in traced})
    return Amendments(
        tuple(
            Amendment(
                names[one.unit],
                before,
                after,
                one.id if one.id in readable else None,
                tuple(map(_step, _telling(story[one.id]))) if one.id in readable else (),
            )
            for one, before, after in traced
        )
    )


def _slots_within(slots: Slots, unit: int, told: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """By report, the slot of its unit; only those at or below `unit` that owe one."""
    found = {}
    for report, one in told:
        slot = slots.slot(one) if one in slots.tree else None
        if slot is not None and slots.lo(unit) <= slot < slots.hi(unit):
            found[report] = slot
    return found


def _story(ids: Sequence[int], since: int) -> Mapping[int, list[Entry]]:
    """What happened to each report since, oldest first. One query."""
    story: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(id__gt=since, subject_kind=_KIND, subject_id__in=ids).order_by("id"):
        story[entry.subject_id].append(entry)
    return story


def _was_official(told: _Told, story: Sequence[Entry]) -> bool:
    """Whether the report counted then: what happened first since says in which state it was."""
    first = next((entry.verb for entry in story if entry.verb in _STATE_VERBS), "")
    return first == "reports.reopened" or (not first and told.state == reports.State.ACCEPTED)


def _figures_then(told: _Told, story: Iterable[Entry]) -> dict[str, Any]:
    """The figures as they were, each writing since undone."""
    figures = dict(told.figures)
    for entry in reversed([entry for entry in story if entry.verb in reports.OF_WRITING]):
        for code, (old, _) in entry.facts["changes"].items():
            figures[code] = old
    return {code: value for code, value in figures.items() if value is not None and code != reports.PROSE}


def _nothings(ids: Sequence[int], since: int) -> set[int]:
    """Which of the reports said «không phát sinh» then: declared or brought in so, and no figure written after."""
    said: set[int] = set()
    written = Entry.objects.filter(id__lte=since, subject_kind=_KIND, subject_id__in=ids)
    verbs = (*reports.OF_WRITING, "reports.imported")
    for verb, report, facts in written.filter(verb__in=verbs).order_by("id").values_list("verb", "subject_id", "facts"):
        if verb == "reports.nothing_declared" or (verb == "reports.imported" and not facts.get("figures")):
            said.add(report)
        elif verb == "reports.filled" and facts["changes"].keys() - {reports.PROSE}:
            said.discard(report)
    return said


def _before(told: _Told, story: Sequence[Entry], now: Standing, *, was_nothing: bool) -> Total | None:
    if not _was_official(told, story):
        return None
    figures = _figures_then(told, story)
    return _counted(now, figures, nothing=was_nothing and not figures)


def _counted(now: Standing, figures: Mapping[str, Any], *, nothing: bool) -> Total:
    return alone(now.layout, *now.layout.encode(figures, nothing=nothing))


def _telling(story: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in story if entry.verb in _TOLD]


def _step(entry: Entry) -> Step:
    return Step(
        entry.pk, entry.at, entry.actor_name, reports.DEEDS.get(entry.verb, entry.verb), entry.facts.get("reason", "")
    )
