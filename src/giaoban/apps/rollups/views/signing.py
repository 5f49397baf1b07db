"""Official figures: signed, accepted and live side by side; signing; one sign-off as a paper; marks on boards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups import queries, rules, services
from giaoban.apps.rollups.models import Measure
from giaoban.apps.rollups.queries import (
    Amendment,
    Below,
    Compared,
    Line,
    Said,
    Shown,
    SignedPage,
    Why,
)
from giaoban.apps.rollups.views import drawing
from giaoban.apps.units.queries import UnitName
from giaoban.base.web import frame, parsing
from giaoban.base.web.figures import Choice, Figure
from giaoban.base.web.frame import When
from giaoban.base.web.language import named
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.formlang.display import MISSING
from giaoban.core.refusal import Kind, Refusal
from giaoban.core.rollup import Total
from giaoban.core.text_vi.dates import write_day_in_document
from giaoban.core.text_vi.numbers import MINUS, write_ratio, write_scaled

ROUNDS_OFFERED = 12
MOST_AMENDED, MOST_LINES = 60, 6  # amendments on a page; lines told of each


@dataclass(frozen=True)
class Cell:
    """A figure with how many of how many answered, written."""

    text: str
    told: str


@dataclass(frozen=True)
class LineRow:
    """One line of the table."""

    key: str
    label: str
    section: str  # only where it begins
    href: str
    signed: Cell | None
    official: Cell
    live: Cell
    change: str
    figure_href: str
    is_amended: bool
    is_waiting: bool
    is_current: bool


@dataclass(frozen=True)
class BelowRow:
    """One unit below on the line looked at."""

    name: str
    href: str
    signed: str
    official: str
    live: str
    change: str
    is_amended: bool


@dataclass(frozen=True)
class AmendedRow:
    """A unit whose report counts otherwise: what was and what is, and the story behind it."""

    name: str
    report_id: int | None
    told: str  # instead of lines: counted only since, or no longer
    lines: tuple[tuple[str, str, str], ...]
    more: int
    steps: tuple[queries.Step, ...]


@dataclass(frozen=True)
class Refused:
    """What was typed when signing was refused, and why."""

    says: str
    status: int
    note: str
    is_partial: bool


@require_safe
def signed(request: Request, form: str, period: str, unit: str) -> HttpResponse:
    """The official figures of a unit; `?line=` is the one looked at unit by unit."""
    return _signed(request, form, period, unit)


def _signed(request: Request, form: str, period: str, unit: str, refused: Refused | None = None) -> HttpResponse:
    line = request.GET.get("line", "")[:130]
    found = queries.signed_page(actor=request.actor, form=form, period=period, unit=unit, line=line, at=request.at)
    status = refused.status if refused else 200
    return page(request, "rollups/signed.html", status=status, at=request.at, refused=refused, **drawn(found))


@require_POST
def sign(request: Request, form: str, period: str, unit: str) -> HttpResponse:
    """Sign what the page showed; a refusal stands on the page with the figures of now."""
    asked = rules.Asked(
        seen=parsing.typed(request.POST, "seen"),
        is_partial=request.POST.get("is_partial") == "on",
        note=parsing.typed(request.POST, "note"),
    )
    round_ = queries.round_of_form(actor=request.actor, form=form, period=period)
    try:
        row = services.sign(actor=request.actor, round_=round_, unit=unit, asked=asked, at=request.at)
    except Refusal as no:
        if no.kind is Kind.MISSING:
            raise
        return _signed(
            request, form, period, unit, Refused(sentence(no), STATUS[no.kind], asked.note, asked.is_partial)
        )
    messages.success(request, gettext("Đã ký chốt số liệu, lần {number}.").format(number=row.number))
    return redirect("rollups:signed", form=form, period=period, unit=unit)


@require_safe
def signed_paper(request: Request, form: str, period: str, unit: str, number: int) -> HttpResponse:
    """One sign-off, set like a document: what was signed, by whom, under which seal."""
    found = queries.signed_paper(actor=request.actor, form=form, period=period, unit=unit, number=number)
    frozen = found.figures
    return page(
        request,
        "rollups/signed_paper.html",
        found=found,
        form=found.round.form_version.form,
        period=drawing.period_label(found.round.period.value),
        crumbs=drawing.crumbs(found.crumbs, found.unit, {"period": period}),
        back_url=reverse("rollups:signed", args=[form, period, unit]),
        day=write_day_in_document(timezone.localtime(found.row.at).date()),
        lines=tuple((_label(line), _cell(line, one, frozen.total)) for line, one in found.lines),
        missing=frozen.missing,
        at=request.at,
    )


# ---------------------------------------------------------------- the page, written


def drawn(found: SignedPage) -> dict[str, Any]:
    """Everything the template writes."""
    official = found.now.official
    last = found.sign_offs[0] if found.sign_offs else None
    amended = found.amended.rows[:MOST_AMENDED]
    return {
        "found": found,
        "form": found.round.form_version.form,
        "period": drawing.period_label(found.round.period.value),
        "crumbs": drawing.crumbs(found.crumbs, found.unit, {"period": found.round.period.code}),
        "when": _switcher(found),
        "last": last,
        "number": last.number + 1 if last else 1,
        "official": official,
        "ratio": write_ratio(official.total.counted, official.total.expected),
        "live_ratio": write_ratio(found.now.live.counted, found.now.live.expected),
        "rows": _rows(found),
        "below_label": _label(found.looked_at) if found.looked_at else "",
        "below": tuple(_below(one, found) for one in found.below),
        "amended": tuple(_amended(one, found) for one in amended),
        "amended_left_off": len(found.amended.rows) - len(amended),
        "missing": [found.now.names[one] for one in found.now.missing],
        "missing_left_off": official.missing - len(found.now.missing),
        "waiting": [found.now.names[one] for one in found.now.waiting],
        "waiting_left_off": official.waiting - len(found.now.waiting),
        "obstacle": sentence(found.obstacle) if found.obstacle else "",
        "board_url": drawing.board_address({"unit": found.unit.code, "period": found.round.period.code}),
    }


def address(found: SignedPage, *, unit: str = "", period: str = "", line: str = "") -> str:
    """The address of this page, with some of it replaced."""
    path = reverse(
        "rollups:signed",
        args=[found.round.form_version.form.code, period or found.round.period.code, unit or found.unit.code],
    )
    return f"{path}?line={line}" if line else path


def _switcher(found: SignedPage) -> When:
    newest = found.rounds[::-1]
    places = [one.pk for one in newest]
    place = places.index(found.round.pk) if found.round.pk in places else None

    def to(at: int) -> str:
        return address(found, period=newest[at].period.code)

    offered = tuple(
        frame.Period(drawing.period_label(one.period.value), to(at), one.pk == found.round.pk)
        for at, one in enumerate(newest)
    )
    return When(
        label=drawing.period_label(found.round.period.value),
        before_href=to(place + 1) if place is not None and place + 1 < len(newest) else "",
        after_href=to(place - 1) if place else "",
        menus=((gettext("Kỳ báo cáo"), offered),),
    )


def _rows(found: SignedPage) -> tuple[LineRow, ...]:
    rows, section = [], ""
    for one in found.lines:
        begins = one.line.field.section if one.line.field.section != section else ""
        section = one.line.field.section
        rows.append(_row(one, found, begins))
    return tuple(rows)


def _row(one: Compared, found: SignedPage, section: str) -> LineRow:
    asked = [one.measure, found.round.period.code, found.unit.code]
    return LineRow(
        key=one.line.key,
        label=_label(one.line),
        section=section,
        href=address(found, line=one.line.key),
        signed=_cell(one.line, one.signed, found.last.total) if one.signed and found.last else None,
        official=_cell(one.line, one.official, found.now.official.total),
        live=_cell(one.line, one.live, found.now.live),
        change=_change(one.line, one.change, one.signed, one.official),
        figure_href=reverse("rollups:figure", args=asked) if one.measure else "",
        is_amended=one.is_amended,
        is_waiting=one.is_waiting,
        is_current=found.looked_at is not None and found.looked_at.key == one.line.key,
    )


def _label(line: Line) -> str:
    label = named(line.field.label, line.field.label_en)
    return f"{label}: {line.choice_label}" if line.choice else label


def _text(line: Line, one: Said) -> str:
    return MISSING if one.value is None else write_scaled(one.value, places=line.field.places)


def _cell(line: Line, one: Said, total: Total) -> Cell:
    return Cell(_text(line, one), write_ratio(one.answered, total.expected))


def _change(line: Line, change: int | None, before: Said | None, now: Said) -> str:
    """The difference with its sign; empty when nothing differs."""
    if before is None or before == now:
        return ""
    if change is None:
        return gettext("mới có") if before.value is None else gettext("không còn")
    size = write_scaled(abs(change), places=line.field.places)
    return ("+" if change > 0 else MINUS if change < 0 else "±") + size


def _below(one: Below, found: SignedPage) -> BelowRow:
    line = found.looked_at
    assert line is not None
    is_there = one.unit.id in found.now.names and not one.is_itself
    return BelowRow(
        name=gettext("Báo cáo của chính đơn vị") if one.is_itself else one.unit.label,
        href=address(found, unit=one.unit.code, line=line.key) if is_there else "",
        signed=_text(line, one.signed) if one.signed else "",
        official=_text(line, one.official),
        live=_text(line, one.live),
        change=_change(line, one.change, one.signed, one.official),
        is_amended=one.signed is not None and one.signed != one.official,
    )


def _amended(one: Amendment, found: SignedPage) -> AmendedRow:
    pairs = [(compared.line, *found.pair(compared.line, one)) for compared in found.lines]
    changed = [(_label(line), _text(line, before), _text(line, now)) for line, before, now in pairs if before != now]
    told = ""
    if one.before is None:
        told = gettext("được nhận sau khi ký")
    elif one.now is None:
        told = gettext("đang mở lại, chưa tính")
    return AmendedRow(
        name=one.unit.name,
        report_id=one.report_id,
        told=told,
        lines=() if told else tuple(changed[:MOST_LINES]),
        more=0 if told else max(0, len(changed) - MOST_LINES),
        steps=one.steps,
    )


# ---------------------------------------------------------------- beside the figures of a board


def beside(shown: Sequence[Shown], figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The headline figures, each with a word on what is official and what was signed, leading to the page."""
    marks = queries.signed_marks((one.round, one.unit.id) for one in shown)
    return tuple(
        replace(figure, aside=_aside(one, marks.get((one.round.pk, one.unit.id))))
        for one, figure in zip(shown, figures, strict=True)
    )


def beside_one(found: Why) -> Choice:
    """Whether one figure was signed, leading to the page."""
    mark = queries.signed_marks([(found.round, found.unit.id)]).get((found.round.pk, found.unit.id))
    return Choice(_signed_word(mark), _page_of(found.measure, found.round, found.unit))


def _aside(one: Shown, mark: queries.SignedMark | None) -> Choice:
    """«chính thức 1.152 · đã ký 17-8 · khác 2»."""
    word = _signed_word(mark)
    if not one.value.is_official:
        official, places = one.value.official.part, drawing.places_of(one.measure)
        said = MISSING if official is None else write_scaled(official, places=places)
        word = f"{gettext('chính thức {said}').format(said=said)} · {word}"
    return Choice(word, _page_of(one.measure, one.round, one.unit))


def _signed_word(mark: queries.SignedMark | None) -> str:
    """«đã ký 17-8 · khác 2»: when, and on how many fields the official figures are others now."""
    if mark is None:
        return gettext("chưa ký")
    day = timezone.localtime(mark.at).date()
    word = gettext("đã ký {day}").format(day=f"{day.day}-{day.month}")
    return f"{word} · {gettext('khác {count}').format(count=mark.differing)}" if mark.differing else word


def _page_of(measure: Measure, round_: Round, unit: UnitName) -> str:
    return reverse("rollups:signed", args=[measure.form.code, round_.period.code, unit.code])
