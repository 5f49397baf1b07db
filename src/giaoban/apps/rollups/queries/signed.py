"""Signed, official and live side by side: where they differ, which units make it up, who signed what when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups import access, rules
from giaoban.apps.rollups.models import Measure, SignOff
from giaoban.apps.rollups.queries import figures
from giaoban.apps.rollups.queries.amended import Amendment, Amendments, amendments
from giaoban.apps.rollups.queries.boards import units_above
from giaoban.apps.rollups.queries.consolidating import Standing, as_signed, round_of_form, standing
from giaoban.apps.rollups.queries.lines import Line, Said, difference, fields_differing, lines_of, said
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.rollups.rules import Consolidated
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Unit
from giaoban.apps.units.queries import UnitName
from giaoban.base.access import Actor
from giaoban.core.formlang import FormSpec
from giaoban.core.refusal import NotFound, Refusal
from giaoban.core.rollup import Total

MOST_BELOW, MOST_ROUNDS = 400, 12
_MEASURED = (rules.Rule.SHARE, rules.Rule.SUM)  # rules whose figure is the line itself


@dataclass(frozen=True)
class Compared:
    """One line: signed (None: never signed), official and live; `change` is official since signing."""

    line: Line
    signed: Said | None
    official: Said
    live: Said
    change: int | None
    measure: str  # code of the measure that is this line, where there is one

    @property
    def is_amended(self) -> bool:
        """Whether the official figure is no longer the signed one."""
        return self.signed is not None and self.signed != self.official

    @property
    def is_waiting(self) -> bool:
        """Whether the live figure is not yet the official one."""
        return self.official != self.live


@dataclass(frozen=True)
class Below:
    """One line at a unit directly below, or at the unit itself for its own report."""

    unit: UnitName
    signed: Said | None
    official: Said
    live: Said
    change: int | None
    is_itself: bool = False


@dataclass(frozen=True)
class SignOffRow:
    """One sign-off, as it is listed."""

    number: int
    at: datetime
    signer: str
    office: str
    note: str
    seal: str
    as_of: int
    counted: int
    expected: int


@dataclass(frozen=True)
class SignedPage:
    """Everything the page of a unit's official figures shows. `obstacle` says why it cannot be signed now."""

    round: Round
    rounds: tuple[Round, ...]  # of the form, oldest first
    unit: UnitName
    crumbs: tuple[UnitName, ...]
    now: Standing
    spec: FormSpec
    last: Consolidated | None
    lines: tuple[Compared, ...]
    looked_at: Line | None
    below: tuple[Below, ...]
    below_left_off: int
    amended: Amendments
    has_rest: bool  # something of the difference is of no report: the tree or a duty changed
    sign_offs: tuple[SignOffRow, ...]  # the last first
    may_sign: bool
    obstacle: Refusal | None

    @property
    def amended_count(self) -> int:
        return sum(one.is_amended for one in self.lines)

    @property
    def waiting_count(self) -> int:
        return sum(one.is_waiting for one in self.lines)

    def pair(self, line: Line, amendment: Amendment) -> tuple[Said, Said]:
        """What an amended report said on a line when it was signed, and says now."""
        return said(self.spec, line, amendment.before), said(self.spec, line, amendment.now)


def signed_page(*, actor: Actor, form: str, period: str, unit: str, line: str, at: datetime) -> SignedPage:
    """The official figures of a unit in a round; `line` is the one looked at unit by unit, "" the first that differs.

    Raises NotFound, NotInTree. The same number of queries for any number of units.
    """
    place = figures.reached(actor, unit)
    round_ = round_of_form(actor=actor, form=form, period=period)
    spec = round_.form_version.spec
    kept = list(SignOff.objects.allowed(actor, access.READ).filter(round=round_, unit=place).order_by("-number"))
    now = standing(round_=round_, unit=place)
    last = as_signed(kept[0] if kept else None)
    compared = _compared(spec, now, last.figures if last else None, _measures(round_))
    looked_at = _looked_at(compared, line)
    below = _below(spec, looked_at, now, last.figures if last else None) if looked_at else ()
    amended = (
        amendments(actor=actor, round_=round_, unit=place.pk, now=now, since=kept[0].as_of) if kept else Amendments(())
    )
    above = units_above(actor, place)
    names = units.names({place.pk, *above})
    return SignedPage(
        round=round_,
        rounds=figures.form_rounds(form=round_.form_version.form, most=MOST_ROUNDS),
        unit=names[place.pk],
        crumbs=tuple(names[one] for one in above),
        now=now,
        spec=spec,
        last=last.figures if last else None,
        lines=compared,
        looked_at=looked_at,
        below=below[:MOST_BELOW],
        below_left_off=max(0, len(below) - MOST_BELOW),
        amended=amended,
        has_rest=last is not None and not amended.untraced and _has_rest(spec, compared, amended),
        sign_offs=tuple(map(_row, kept)),
        may_sign=may_sign(actor, place),
        obstacle=_obstacle(now, last, at),
    )


def may_sign(actor: Actor, unit: Unit) -> bool:
    """Whether the actor signs for the unit. One query."""
    return Unit.objects.filter(access.sign_offs(actor, access.SIGN, ""), pk=unit.pk).exists()


def _obstacle(now: Standing, last: rules.Signed | None, at: datetime) -> Refusal | None:
    try:
        rules.check_moment(now.official, last=last, due_at=now.due_at, at=at)
    except Refusal as no:
        return no
    return None


def _measures(round_: Round) -> Mapping[str, str]:
    """By field, the measure that shows it. One query."""
    shown = Measure.objects.filter(form=round_.form_version.form_id, rule__in=_MEASURED, scope=None).order_by("-rank")
    return dict(shown.values_list("field", "code"))


def _compared(
    spec: FormSpec, now: Standing, last: Consolidated | None, measures: Mapping[str, str]
) -> tuple[Compared, ...]:
    found = []
    for line in lines_of(spec):
        official, live = (said(spec, line, total) for total in (now.official.total, now.live))
        before = said(spec, line, last.total) if last else None
        change = difference(line, before=before, now=official) if before else None
        measure = "" if line.choice else measures.get(line.field.code, "")
        found.append(Compared(line, before, official, live, change, measure))
    return tuple(found)


def _looked_at(compared: Sequence[Compared], asked: str) -> Line | None:
    wanted = next((one.line for one in compared if one.line.key == asked), None)
    differing = next((one.line for one in compared if one.is_amended), None)
    return wanted or differing or (compared[0].line if compared else None)


def _below(spec: FormSpec, line: Line, now: Standing, last: Consolidated | None) -> tuple[Below, ...]:
    """The unit's own report, the units directly below, those that were below when it was signed; who differs first."""
    then = {one.unit: one.total for one in last.parts} if last else {}
    found: list[_Totals] = []
    if now.official.own is not None:
        itself = _named(now.official.unit, now.official.code, now.official.name)
        found.append(_Totals(itself, now.official.own, now.live_own, last.own if last else None))
    for part in now.official.parts:
        found.append(_Totals(now.names[part.unit], part.total, now.live_below[part.unit], then.pop(part.unit, None)))
    for gone in last.parts if last else ():
        if gone.unit in then:
            found.append(_Totals(_named(gone.unit, gone.code, gone.name), None, None, gone.total))
    rows = []
    for one in found:
        before = said(spec, line, one.signed) if last else None
        official = said(spec, line, one.official)
        change = difference(line, before=before, now=official) if before else None
        is_itself = one.unit.id == now.official.unit
        rows.append(Below(one.unit, before, official, said(spec, line, one.live), change, is_itself=is_itself))
    return tuple(sorted(rows, key=lambda row: row.signed in (None, row.official)))


@dataclass(frozen=True)
class _Totals:
    """One unit's three totals; None where it is not, or was not, below."""

    unit: UnitName
    official: Total | None
    live: Total | None
    signed: Total | None


def _named(unit: int, code: str, name: str) -> UnitName:
    return UnitName(unit, code, name, name, "", is_made_up=False)


def _has_rest(spec: FormSpec, compared: Sequence[Compared], amended: Amendments) -> bool:
    """Whether the amendments do not add up to the difference: in values, or in how many answered."""
    for one in compared:
        if one.signed is None:
            continue
        change, answered = one.change or 0, one.official.answered - one.signed.answered
        for row in amended.rows:
            before, now = said(spec, one.line, row.before), said(spec, one.line, row.now)
            change -= difference(one.line, before=before, now=now) or 0
            answered -= now.answered - before.answered
        if answered or (change and one.line.adds_up):
            return True
    return False


def _row(kept: SignOff) -> SignOffRow:
    total = rules.consolidated(kept.figures).total
    return SignOffRow(
        number=kept.number,
        at=kept.signed_at,
        signer=kept.signer,
        office=kept.office,
        note=kept.note,
        seal=kept.seal,
        as_of=kept.as_of,
        counted=total.counted,
        expected=total.expected,
    )


# ---------------------------------------------------------------- one sign-off as a paper, and marks on boards


@dataclass(frozen=True)
class SignedPaper:
    """One sign-off as it was signed, whatever has happened since; `superseded_by` is a later number."""

    round: Round
    unit: UnitName
    crumbs: tuple[UnitName, ...]
    spec: FormSpec
    row: SignOffRow
    figures: Consolidated
    lines: tuple[tuple[Line, Said], ...]
    superseded_by: int | None
    is_sound: bool


def signed_paper(*, actor: Actor, form: str, period: str, unit: str, number: int) -> SignedPaper:
    """One sign-off by its number. Raises NotFound."""
    place = figures.reached(actor, unit)
    round_ = round_of_form(actor=actor, form=form, period=period)
    kept = SignOff.objects.allowed(actor, access.READ).filter(round=round_, unit=place)
    row = kept.filter(number=number).first()
    if row is None:
        raise NotFound()
    frozen, spec = rules.consolidated(row.figures), round_.form_version.spec
    above = units_above(actor, place)
    names = units.names({place.pk, *above})
    return SignedPaper(
        round=round_,
        unit=names[place.pk],
        crumbs=tuple(names[one] for one in above),
        spec=spec,
        row=_row(row),
        figures=frozen,
        lines=tuple((line, said(spec, line, frozen.total)) for line in lines_of(spec)),
        superseded_by=kept.filter(number__gt=number).order_by("-number").values_list("number", flat=True).first(),
        is_sound=row.sealed() == row.seal,
    )


@dataclass(frozen=True)
class SignedMark:
    """The sign-off that stands for a unit's figures of a round, and on how many fields they are others now."""

    number: int
    at: datetime
    differing: int


def signed_marks(asked: Iterable[tuple[Round, int]]) -> Mapping[tuple[int, int], SignedMark]:
    """By round and unit, where a unit's figures of a round were signed. One query, and a picture where they were."""
    wanted = {(round_.pk, unit): round_ for round_, unit in asked}
    kept = SignOff.objects.filter(round__in={pk for pk, _ in wanted}, unit__in={unit for _, unit in wanted})
    last = {(row.round_id, row.unit_id): row for row in kept.order_by("number")}
    known = {key: row for key, row in last.items() if key in wanted}
    if not known:
        return {}
    found = {}
    with picture([wanted[key] for key in known]) as now:
        for (round_id, unit), row in known.items():
            official = now.matrices[round_id].total(unit, official=True)
            before = rules.consolidated(row.figures).total
            found[round_id, unit] = SignedMark(row.number, row.signed_at, fields_differing(before, official))
    return found
