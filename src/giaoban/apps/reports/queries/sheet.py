"""One report as its page shows it: fields with last period's value, faults at their field, what may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Value, When
from django.utils.translation import gettext

from giaoban.apps.reports import access, rules
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.queries.past import change_text, last_before
from giaoban.apps.units.queries import naming
from giaoban.base.access import Actor
from giaoban.base.ledger.models import Entry
from giaoban.base.web.language import named
from giaoban.core.formlang import Field, FieldKind, FormSpec
from giaoban.core.refusal import Fault, NotFound

BOX = "f-"  # what the name of a field's box begins with, so that no field code meets another name of the page
_KIND = {
    FieldKind.WHOLE: "whole",
    FieldKind.DECIMAL: "scaled",
    FieldKind.YES_NO: "choice",
    FieldKind.CHOICE: "choice",
    FieldKind.SHORT_TEXT: "text",
    FieldKind.LONG_TEXT: "prose",
    FieldKind.DATE: "day",
}
_YES_NO = (("yes", "Có"), ("no", "Không"))


@dataclass(frozen=True)
class Quote:
    """The sentence a figure was read from, cut around the words that say it."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Line:
    """One field as it is written in or read: `value` is what the box holds, `shown` what a reader sees."""

    code: str
    label: str
    kind: str
    value: str
    shown: str
    previous: str
    change: str
    hint: str
    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    is_required: bool
    is_computed: bool
    quote: Quote | None = None

    @property
    def box(self) -> str:
        return BOX + self.code

    @property
    def is_same(self) -> bool:
        return self.change.startswith("±")

    @property
    def is_wide(self) -> bool:
        return self.kind in {"text", "prose"}


@dataclass(frozen=True)
class Section:
    """A named stretch of the form; "" for fields of none."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class File:
    """An attachment of the report."""

    id: int
    name: str
    size: int


@dataclass(frozen=True)
class Deed:
    """What was last done to the report, and by whom."""

    who: str
    did: str
    at: datetime


@dataclass(frozen=True)
class Sheet:
    """One report, whole."""

    report_id: int
    revision: int
    form: str
    period: str
    unit: naming.Bore
    unit_code: str
    phone: str
    state: str
    state_label: str
    due_at: datetime
    submitted_at: datetime | None
    accepted_at: datetime | None
    is_late: bool
    is_nothing: bool
    is_made_up: bool
    reason: str
    prose: str
    sections: tuple[Section, ...]
    faults: tuple[tuple[str, str], ...]  # box, sentence: what keeps the report from being submitted, or saved
    warnings: tuple[str, ...]
    files: tuple[File, ...]
    previous_period: str
    last: Deed | None
    may_fill: bool
    may_review: bool
    verbs: tuple[str, ...]
    unsent: tuple[str, ...]  # boxes too long to be sent along when one field is checked

    @property
    def is_writable(self) -> bool:
        return self.may_fill and self.state in rules.IN_HAND

    @property
    def has_figures(self) -> bool:
        return any(
            line.value or (line.is_computed and line.shown != "–") for one in self.sections for line in one.lines
        )


def spec_to_fill(*, actor: Actor, report_id: int) -> FormSpec:
    """The form of a report the actor fills. One query. Raises NotFound."""
    report = Report.objects.allowed(actor, access.FILL).select_related("form_version").one(report_id)
    return report.form_version.spec


def sheet(
    *,
    actor: Actor,
    report_id: int,
    at: datetime,
    typed: Mapping[str, str] | None = None,
    prose: str | None = None,
    revision: int | None = None,
    faults: Sequence[Fault] = (),
    is_checked: bool = False,
) -> Sheet:
    """The report's page. Four queries. Raises NotFound when the actor may not read it.

    `typed` (by field code), `prose` and `revision` keep what a refused save brought; `faults` are its faults.
    `is_checked` also tells what is still missing.
    """
    report = _readable(actor, report_id)
    spec = report.form_version.spec
    past = last_before(report)
    lines = field_lines(
        spec=spec,
        raw=typed if typed is not None else boxes_of(spec, report.figures),
        before=past.figures if past else {},
        evidence=report.evidence,
        faults=faults,
        is_checked=(is_checked or report.state not in rules.IN_HAND) and not report.is_nothing,
    )
    return Sheet(
        report_id=report.pk,
        revision=report.revision if revision is None else revision,
        form=report.form_version.form.label,
        period=report.period.label,
        unit=naming.bore(report),
        unit_code=report.unit.code,
        phone=report.unit.phone,
        state=report.state,
        state_label=rules.State(report.state).label,
        due_at=report.due_at,
        submitted_at=report.submitted_at,
        accepted_at=report.accepted_at,
        is_late=_is_late(report, at),
        is_nothing=report.is_nothing,
        is_made_up=report.round.is_made_up,
        reason=report.reason,
        prose=report.prose if prose is None else prose,
        sections=_in_sections(spec, lines),
        faults=_each_once(lines),
        warnings=tuple(dict.fromkeys(sentence for line in lines for sentence in line.warnings)),
        files=_files(report),
        previous_period=past.period.label if past else "",
        last=_last_deed(report),
        may_fill=bool(vars(report)["may_fill"]),
        may_review=bool(vars(report)["may_review"]),
        verbs=rules.MOVES.verbs_from(report.state),
        unsent=_unsent(spec),
    )


def _each_once(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """Every sentence with the first box it is told at."""
    found: dict[str, str] = {}
    for line in lines:
        for sentence in line.faults:
            found.setdefault(sentence, line.box)
    return tuple((box, sentence) for sentence, box in found.items())


@dataclass(frozen=True)
class Checked:
    """One field looked at again, and the fields whose figure or faults hang on others."""

    line: Line
    others: tuple[Line, ...]
    unsent: tuple[str, ...]


def checked_field(*, actor: Actor, report_id: int, code: str, typed: Mapping[str, str]) -> Checked:
    """What there is to say about a field the moment it is left. Two queries.

    Raises NotFound for a report the actor does not fill, and for a field the form does not have.
    """
    report = Report.objects.allowed(actor, access.FILL).select_related("period", "form_version").one(report_id)
    spec = report.form_version.spec
    past = last_before(report)
    lines = field_lines(
        spec=spec,
        raw=dict(boxes_of(spec, report.figures)) | dict(typed),
        before=past.figures if past else {},
        evidence=report.evidence,
    )
    line = next((one for one in lines if one.code == code), None)
    if line is None:
        raise NotFound()
    hanging = {used for check in spec.checks for used in check.expression.uses}
    others = tuple(one for one in lines if one.code != code and (one.is_computed or one.code in hanging))
    return Checked(line, others, _unsent(spec))


def _unsent(spec: FormSpec) -> tuple[str, ...]:
    return tuple(BOX + one.code for one in spec.fields if one.kind is FieldKind.LONG_TEXT)


def boxes_of(spec: FormSpec, figures: Mapping[str, Any]) -> Mapping[str, str]:
    """What every box of the form holds, by field code."""
    return {one.code: boxed(spec, one, figures.get(one.code)) for one in spec.fields if not one.is_computed}


def boxed(spec: FormSpec, one: Field, figure: Any) -> str:
    """A day stands in its box as offices write it; the form reads it back."""
    return spec.write(one, figure) if one.kind is FieldKind.DATE and figure else spec.raw(one, figure)


def field_lines(
    *,
    spec: FormSpec,
    raw: Mapping[str, str],
    before: Mapping[str, Any],
    evidence: Mapping[str, Any],
    faults: Sequence[Fault] = (),
    is_checked: bool = False,
) -> tuple[Line, ...]:
    """Every field with what stands in its box, worked out and checked as it stands. No query.

    A broken check is told at each field it speaks of; what is only missing so far, when `is_checked`.
    """
    read = spec.read_input(raw)
    figures = spec.compute(read.figures)
    wrong, odd = _told(spec, figures, (*read.faults, *faults), is_checked=is_checked)
    return tuple(
        Line(
            code=one.code,
            label=named(one.label, one.label_en),
            kind=_KIND[one.kind],
            value="" if one.is_computed else raw.get(one.code, ""),
            shown=spec.write(one, figures.get(one.code)),
            previous=spec.write(one, before[one.code]) if before.get(one.code) is not None else "",
            change=change_text(one, figures.get(one.code), before.get(one.code)),
            hint=one.hint,
            faults=tuple(wrong.get(one.code, ())),
            warnings=tuple(odd.get(one.code, ())),
            choices=_choices(one),
            is_required=one.required,
            is_computed=one.is_computed,
            quote=_quote(evidence.get(one.code)),
        )
        for one in spec.fields
    )


def _last_deed(report: Report) -> Deed | None:
    entry = Entry.objects.about(Report._meta.label_lower, report.pk).exclude(verb__in=rules.OF_FILES).last()
    return Deed(who=entry.actor_name, did=rules.DEEDS.get(entry.verb, ""), at=entry.at) if entry else None


def _is_late(report: Report, at: datetime) -> bool:
    sent = None if report.state in rules.IN_HAND else report.submitted_at
    return rules.is_late(due_at=report.due_at, submitted_at=sent, at=at)


def _files(report: Report) -> tuple[File, ...]:
    kept = report.attachments.filter(is_withdrawn=False).select_related("file").order_by("pk")
    return tuple(File(one.pk, one.name, one.file.size) for one in kept)


def _readable(actor: Actor, report_id: int) -> Report:
    """The report with what the actor may do with it, as the same clauses say that guard the verbs."""
    return (
        Report.objects.allowed(actor, access.READ)
        .select_related("unit", "period", "round", "form_version__form")
        .annotate(
            may_fill=Case(When(access.scope(actor, access.FILL), then=Value(True)), default=Value(False)),
            may_review=Case(When(access.scope(actor, access.REVIEW), then=Value(True)), default=Value(False)),
            **naming.former(unit="unit", day="round__day"),
        )
        .one(report_id)
    )


def _told(
    spec: FormSpec, figures: Mapping[str, Any], faults: Sequence[Fault], *, is_checked: bool
) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """What is wrong and what is odd, by field code; each sentence once at a field."""
    wrong: dict[str, list[str]] = {}
    odd: dict[str, list[str]] = {}
    for fault in faults:
        if str(fault) not in wrong.setdefault(fault.place, []):
            wrong[fault.place].append(str(fault))
    unread = set(wrong)
    for problem in spec.problems(figures):
        gaps = {code for code in problem.fields if code not in figures and not spec.by_code[code].is_computed}
        if gaps and (not is_checked or gaps <= unread):
            continue
        for code in problem.fields:
            told = (odd if problem.level == "warn" else wrong).setdefault(code, [])
            if problem.message not in told:
                told.append(problem.message)
    return wrong, odd


def _choices(one: Field) -> tuple[tuple[str, str], ...]:
    if one.kind is FieldKind.YES_NO:
        return tuple((code, gettext(word)) for code, word in _YES_NO)
    return tuple((choice.code, choice.label) for choice in one.choices)


def _quote(place: Mapping[str, Any] | None) -> Quote | None:
    if not place or not place.get("sentence"):
        return None
    before, words, after = str(place["sentence"]).partition(str(place.get("quote", "")))
    return Quote(before, words, after)


def _in_sections(spec: FormSpec, lines: Sequence[Line]) -> tuple[Section, ...]:
    by_code = {line.code: line for line in lines}
    names = dict.fromkeys(one.section for one in spec.fields)
    return tuple(Section(name, tuple(by_code[one.code] for one in spec.in_section(name))) for name in names)
