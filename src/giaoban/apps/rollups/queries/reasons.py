"""Why this number: the rule, the base, the units that make it up, the sentences, the last entries of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from giaoban.apps.forms.models import Round
from giaoban.apps.reports import access as reports_access
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import access
from giaoban.apps.rollups.models import Measure
from giaoban.apps.rollups.queries import figures
from giaoban.apps.rollups.queries.boards import has_made_up, units_above
from giaoban.apps.rollups.queries.figures import ChildValue, MeasureValue
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.rollups.queries.spread import Group, How, group_counts
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Unit
from giaoban.apps.units.queries import UnitName, comparing
from giaoban.base.access import Actor
from giaoban.base.databases import prefix_end
from giaoban.base.ledger.models import Entry
from giaoban.core.refusal import NotFound

MOST_PARTS = 12
LAST_ENTRIES = 6
COUNTING = (  # what may change a figure
    "reports.submitted",
    "reports.withdrawn",
    "reports.sent_back",
    "reports.accepted",
    "reports.reopened",
    "reports.imported",
)


@dataclass(frozen=True)
class Evidence:
    """The sentence a unit's own figure was read from."""

    before: str
    quote: str
    after: str
    document: str


@dataclass(frozen=True)
class Change:
    """One entry of the ledger that changed the figure, and the unit whose report it was."""

    id: int
    at: datetime
    actor_name: str
    verb: str
    unit: UnitName | None


@dataclass(frozen=True)
class Why:
    """Everything that stands behind one figure, as of the ledger number `head`."""

    head: int
    measure: Measure
    round: Round
    before: Round | None
    unit: UnitName
    crumbs: tuple[UnitName, ...]
    value: MeasureValue
    counts: Mapping[Group, int]
    parts: tuple[ChildValue, ...]  # units directly below that lack something, the largest shortfall first
    parts_total: int  # all units directly below
    lacking_total: int
    report_id: int | None  # the unit's own report, where the actor may read it
    evidence: Evidence | None
    changes: tuple[Change, ...]
    is_made_up: bool


@dataclass(frozen=True)
class _Own:
    report_id: int | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Whereabouts:
    """A unit and the units above it that the actor reaches too, topmost first."""

    unit: UnitName
    above: tuple[UnitName, ...]


def place_of(*, actor: Actor, unit: str) -> Whereabouts:
    """Where a unit stands. Raises NotFound."""
    place = figures.reached(actor, unit)
    above = units_above(actor, place)
    names = units.names({place.pk, *above})
    return Whereabouts(names[place.pk], tuple(names[one] for one in above))


def measure_of(*, actor: Actor, code: str) -> Measure:
    """A measure by its code. Raises NotFound."""
    return Measure.objects.allowed(actor, access.READ).select_related("form", "level", "scope").one(code=code)


def round_of(*, measure: Measure, period: str) -> Round:
    """The round of a measure's form for the period with this code. Raises NotFound."""
    found = Round.objects.filter(form_version__form_id=measure.form_id, period__code=period)
    row = found.select_related("period", "form_version").defer("form_version__data").first()
    if row is None:
        raise NotFound()
    return row


def why(*, actor: Actor, measure: Measure, round_: Round, unit: str) -> Why:
    """Why a measure has this value at the unit with this code. Raises NotFound, NotInTree."""
    place = figures.reached(actor, unit)
    before = figures.round_before(round_)
    how = How.of(measure)
    with picture([round_, *before]) as now:
        matrix = now.matrices[round_.pk]
        live = now.spread(round_, how).at(place.pk)
        official = now.spread(round_, how, official=True).at(place.pk)
        below = now.spread(round_, how.underlying)
        direct = [(child, below.at(child)) for child in below.tree.children(place.pk)]
        counts = group_counts(how, matrix, place.pk)
        then = figures.before(now, how=how, unit=place.pk, round_=round_, earlier=before)
    lacking = figures.furthest_behind(direct)
    changes = _changes(actor, round_, place)
    above = units_above(actor, place)
    of_old = then.units if then else ()
    names = units.names({place.pk, *above, *(one for one, _ in lacking[:MOST_PARTS]), *changes.values(), *of_old})
    texts = figures.published(measure=measure, round_=round_, unit_id=place.pk, live=live)
    own = _own(actor, measure, round_, place)
    return Why(
        head=now.head,
        measure=measure,
        round=round_,
        before=before[0] if before else None,
        unit=names[place.pk],
        crumbs=tuple(names[one] for one in above),
        value=figures.valued(place.pk, live, official, then, texts, comparing.names(names, of_old=of_old)),
        counts=counts,
        parts=tuple(ChildValue(names[one], value) for one, value in lacking[:MOST_PARTS]),
        parts_total=len([value for _, value in direct if value.expected]),
        lacking_total=len(lacking),
        report_id=own.report_id,
        evidence=own.evidence,
        changes=tuple(_change(entry, names.get(one)) for entry, one in changes.items()),
        is_made_up=round_.is_made_up or has_made_up(place),
    )


def _changes(actor: Actor, round_: Round, place: Unit) -> dict[Entry, int]:
    """The last entries that changed a report of the round at or below the unit, newest first, with its unit."""
    about = Report.objects.filter(
        round=round_, unit__path__gte=place.path, unit__path__lt=prefix_end(place.path)
    ).values("id")
    entries = list(
        Entry.objects.allowed(actor, "read")
        .filter(verb__in=COUNTING, subject_kind=Report._meta.label_lower, subject_id__in=about)
        .order_by("-id")[:LAST_ENTRIES]
    )
    of_report = dict(Report.objects.filter(pk__in=[entry.subject_id for entry in entries]).values_list("id", "unit_id"))
    return {entry: of_report[entry.subject_id] for entry in entries}


def _change(entry: Entry, unit: UnitName | None) -> Change:
    return Change(entry.id, entry.at, entry.actor_name, entry.verb, unit)


def _own(actor: Actor, measure: Measure, round_: Round, place: Unit) -> _Own:
    report = Report.objects.allowed(actor, reports_access.READ).filter(round=round_, unit=place).first()
    if report is None:
        return _Own()
    return _Own(report.pk, _evidence(report.evidence.get(measure.field)))


def _evidence(told: Mapping[str, object] | None) -> Evidence | None:
    if not told:
        return None
    sentence, quote = str(told.get("sentence", "")), str(told.get("quote", ""))
    before, found, after = sentence.partition(quote) if quote else (sentence, "", "")
    return Evidence(before, found, after, str(told.get("document", "")))
