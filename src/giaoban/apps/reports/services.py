"""The verbs on reports: open, fill, submit, send back, accept, reopen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from giaoban.apps.forms import queries as forms
from giaoban.apps.forms.models import Round
from giaoban.apps.reports import access, rules
from giaoban.apps.reports.models import Attachment, Report
from giaoban.apps.units import queries as units
from giaoban.apps.units.access import REPORT
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.attachments import store
from giaoban.base.databases import learn_sizes
from giaoban.base.ledger.work import record, service
from giaoban.core.formlang import FormSpec
from giaoban.core.refusal import Fault, NotFound

_BATCH = 1_000


@service
def open_report(*, actor: Actor, round_id: int, unit_id: int, at: datetime) -> Report:
    """Take up the report a unit owes in a round; the one already begun is given back.

    Raises NotFound when the actor does not report for the unit, rules.NotOwed when the unit owes nothing here.
    """
    unit = Unit.objects.allowed(actor, REPORT).one(unit_id)
    round_ = Round.objects.select_related("form_version__form", "period").filter(pk=round_id).first()
    if round_ is None:
        raise NotFound()
    begun = Report.objects.filter(form_version=round_.form_version, period=round_.period, unit=unit).first()
    if begun is not None:
        return begun
    tree = units.tree_on(round_.day)
    form = round_.form_version.form
    if unit.pk not in forms.owing_units(form_id=form.pk, day=round_.day, tree=tree):
        raise rules.NotOwed(unit=unit.name, form=form.code, period=round_.period.value.label())
    report, is_new = Report.objects.get_or_create(  # two people may open it at the same moment
        form_version=round_.form_version,
        period=round_.period,
        unit=unit,
        defaults={"round": round_, "due_at": datetime.fromisoformat(round_.deadlines[tree.level(unit.pk)])},
    )
    if is_new:
        record(actor=actor, verb="reports.opened", on=report, at=at, place=unit.path)
    return report


@service
def fill(
    *,
    actor: Actor,
    report_id: int,
    revision: int,
    figures: Mapping[str, Any],
    at: datetime,
    prose: str | None = None,
    evidence: Mapping[str, Mapping[str, Any]] | None = None,
) -> Report:
    """Save the whole form as a draft. `figures` are exact values by field code; an empty field is left out.

    `evidence` names the sentence of figures that were read from a text; a figure changed by hand loses its own.
    Saving what stands there already changes nothing and is not recorded.
    Raises rules.SomebodyElseSaved when `revision` is not the report's (nothing is written), WrongMoment when the
    report is not in the reporter's hands, rules.NotFigures for figures that are not of this form.
    """
    report = _held(actor, report_id)
    _fill(report, actor=actor, revision=revision, figures=figures, at=at, prose=prose, evidence=evidence or {})
    return report


def _held(actor: Actor, report_id: int) -> Report:
    """A report to be written in, held until commit."""
    return Report.objects.select_related("unit", "form_version").allowed(actor, access.FILL).locked().one(report_id)


def _fill(
    report: Report,
    *,
    actor: Actor,
    revision: int,
    figures: Mapping[str, Any],
    at: datetime,
    prose: str | None,
    evidence: Mapping[str, Mapping[str, Any]],
) -> None:
    rules.kept_state(report.state)
    known = _taken(report.form_version.spec, figures)
    words = report.prose if prose is None else rules.fitting_prose(prose)
    changed = rules.differences(
        theirs=dict(report.figures) | {rules.PROSE: report.prose}, yours=dict(known) | {rules.PROSE: words}
    )
    told = {one.field for one in changed}
    kept = {code: place for code, place in report.evidence.items() if code in known and code not in told}
    places = kept | {code: dict(place) for code, place in evidence.items()}
    is_nothing = report.is_nothing and not known
    if not changed and (places, is_nothing) == (report.evidence, report.is_nothing):
        return
    if revision != report.revision:
        raise rules.SomebodyElseSaved(revision=report.revision, differences=changed)
    report.figures, report.evidence, report.prose, report.is_nothing = known, places, words, is_nothing
    report.revision += 1
    report.save(update_fields=["figures", "evidence", "prose", "is_nothing", "revision"])
    record(
        actor=actor,
        verb="reports.filled",
        on=report,
        at=at,
        place=report.unit.path,
        revision=report.revision,
        changes={one.field: [one.theirs, one.yours] for one in changed},
        read=sorted(code for code in evidence if code in told),
    )


def _taken(spec: FormSpec, figures: Mapping[str, Any]) -> Mapping[str, Any]:
    """The figures to store: what was given, what the form computes, nothing that cannot be of this form."""
    given = {code: value for code, value in figures.items() if value is not None}
    typed = {
        code: value for code, value in given.items() if not (code in spec.by_code and spec.by_code[code].is_computed)
    }
    if faults := spec.figure_faults(typed):
        raise rules.NotFigures(first=str(faults[0]).rstrip("."), count=len(faults), faults=faults)
    return spec.compute(typed)


@dataclass(frozen=True)
class HandedIn:
    """What became of «Nộp báo cáo»: always saved, and submitted when nothing stood in the way."""

    report: Report
    faults: tuple[Fault, ...]  # why it stayed a draft

    @property
    def is_submitted(self) -> bool:
        return not self.faults


@service
def hand_in(
    *, actor: Actor, report_id: int, revision: int, figures: Mapping[str, Any], prose: str | None, at: datetime
) -> HandedIn:
    """Save the form and hand it to the unit above; when it cannot be submitted yet it stays saved as a draft.

    Raises what `fill` raises; nothing is saved then.
    """
    report = _held(actor, report_id)
    _fill(report, actor=actor, revision=revision, figures=figures, prose=prose, at=at, evidence={})
    try:
        _submit(report, actor=actor, at=at)
    except rules.NotReady as not_ready:
        return HandedIn(report, not_ready.faults)
    return HandedIn(report, ())


@service
def declare_nothing(*, actor: Actor, report_id: int, revision: int, at: datetime, prose: str | None = None) -> Report:
    """Say that there was nothing to report: an answer, not a gap. Words may still be said.

    Raises rules.HasFigures when figures stand there, rules.SomebodyElseSaved when `revision` is not the report's.
    """
    report = Report.objects.select_related("unit").allowed(actor, access.FILL).locked().one(report_id)
    rules.kept_state(report.state)
    words = report.prose if prose is None else rules.fitting_prose(prose)
    if report.is_nothing and words == report.prose:
        return report
    if report.figures:
        raise rules.HasFigures()
    changed = rules.differences(theirs={rules.PROSE: report.prose}, yours={rules.PROSE: words})
    if revision != report.revision:
        raise rules.SomebodyElseSaved(revision=report.revision, differences=changed)
    report.is_nothing, report.prose, report.revision = True, words, report.revision + 1
    report.save(update_fields=["is_nothing", "prose", "revision"])
    record(
        actor=actor,
        verb="reports.nothing_declared",
        on=report,
        at=at,
        place=report.unit.path,
        revision=report.revision,
        changes={one.field: [one.theirs, one.yours] for one in changed},
    )
    return report


@service
def submit(*, actor: Actor, report_id: int, at: datetime) -> Report:
    """Hand the report to the unit above.

    Raises WrongMoment when the report is not in the reporter's hands, rules.NotReady when a blocking check fails
    (its faults name each field).
    """
    report = _held(actor, report_id)
    _submit(report, actor=actor, at=at)
    return report


def _submit(report: Report, *, actor: Actor, at: datetime) -> None:
    state = rules.next_state("submit", report.state)
    if faults := rules.blocking(report.form_version.spec, report.figures, is_nothing=report.is_nothing):
        raise rules.NotReady(first=str(faults[0]).rstrip("."), count=len(faults), faults=faults)
    report.state, report.submitted_at, report.reason = state, at, ""
    report.save(update_fields=["state", "submitted_at", "reason"])
    record(actor=actor, verb="reports.submitted", on=report, at=at, place=report.unit.path, late=at > report.due_at)


@service
def withdraw(*, actor: Actor, report_id: int, at: datetime) -> Report:
    """Take a submitted report back before anyone has accepted it."""
    report = Report.objects.select_related("unit").allowed(actor, access.FILL).locked().one(report_id)
    report.state, report.submitted_at = rules.next_state("withdraw", report.state), None
    report.save(update_fields=["state", "submitted_at"])
    record(actor=actor, verb="reports.withdrawn", on=report, at=at, place=report.unit.path)
    return report


@service
def accept(*, actor: Actor, report_id: int, at: datetime, revision: int | None = None) -> Report:
    """Receive the report: from now on it counts in official totals.

    `revision` is the one the reviewer has read; rules.ChangedSinceRead when another was submitted since.
    """
    report = Report.objects.select_related("unit").allowed(actor, access.REVIEW).locked().one(report_id)
    state = rules.next_state("accept", report.state)
    if revision is not None and revision != report.revision:
        raise rules.ChangedSinceRead(unit=report.unit.name)
    report.state, report.accepted_at = state, at
    report.save(update_fields=["state", "accepted_at"])
    record(actor=actor, verb="reports.accepted", on=report, at=at, place=report.unit.path, revision=report.revision)
    return report


@service
def accept_many(*, actor: Actor, seen: Mapping[int, int], at: datetime) -> list[Report]:
    """Receive many reports at once, each with its own ledger entry; returns those received.

    `seen` gives for each report the revision the reviewer has read. A report that was taken back or changed since,
    or that carries a warning, is left for a person to look at. Two queries, then one write for each.
    """
    waiting = (
        Report.objects.select_related("unit", "form_version")
        .allowed(actor, access.REVIEW)
        .filter(pk__in=seen, state=rules.State.SUBMITTED)
        .locked()
    )
    accepted = []
    for report in waiting.order_by("pk"):
        if report.revision != seen[report.pk]:
            continue
        if rules.warnings(report.form_version.spec, report.figures, is_nothing=report.is_nothing):
            continue
        report.state, report.accepted_at = rules.next_state("accept", report.state), at
        report.save(update_fields=["state", "accepted_at"])
        record(actor=actor, verb="reports.accepted", on=report, at=at, place=report.unit.path, revision=report.revision)
        accepted.append(report)
    return accepted


@service
def settle(*, actor: Actor, unit_id: int, until_day: date, at: datetime) -> list[Report]:
    """Receive as they stand the reports a unit that has ended had handed in, for rounds before `until_day`.

    What was not handed in stays undone; its figures are nowhere counted. Returns those received.
    """
    waiting = (
        Report.objects.select_related("unit")
        .allowed(actor, access.REVIEW)
        .filter(unit_id=unit_id, round__day__lt=until_day, state=rules.State.SUBMITTED)
        .locked()
    )
    return [accept(actor=actor, report_id=report.pk, at=at) for report in waiting.order_by("pk")]


@service
def send_back(*, actor: Actor, report_id: int, reason: str, at: datetime) -> Report:
    """Return a submitted report with what is wrong in it. Raises rules.NoReason, rules.ReasonTooLong."""
    return _return(actor=actor, verb="send_back", report_id=report_id, reason=reason, at=at, told="reports.sent_back")


@service
def reopen(*, actor: Actor, report_id: int, reason: str, at: datetime) -> Report:
    """Give an accepted report back to be amended. Raises rules.NoReason, rules.ReasonTooLong."""
    return _return(actor=actor, verb="reopen", report_id=report_id, reason=reason, at=at, told="reports.reopened")


def _return(*, actor: Actor, verb: str, report_id: int, reason: str, at: datetime, told: str) -> Report:
    report = Report.objects.select_related("unit").allowed(actor, access.REVIEW).locked().one(report_id)
    state = rules.next_state(verb, report.state)
    report.state, report.reason, report.accepted_at = state, rules.fitting_reason(reason), None
    report.save(update_fields=["state", "reason", "accepted_at"])
    record(actor=actor, verb=told, on=report, at=at, place=report.unit.path, reason=report.reason)
    return report


@service
def attach(*, actor: Actor, report_id: int, data: bytes, name: str, media_type: str, at: datetime) -> Attachment:
    """Put a file with the report; the same bytes twice are one attachment. Raises rules.FileTooLarge, EmptyFile."""
    report = Report.objects.select_related("unit").allowed(actor, access.FILL).locked().one(report_id)
    rules.kept_state(report.state)
    rules.check_size(name=name, size=len(data))
    file = store.keep(data=data, media_type=media_type, at=at)
    attachment, _ = Attachment.objects.get_or_create(
        report=report, file=file, is_withdrawn=False, defaults={"name": name}
    )
    record(
        actor=actor,
        verb="reports.file_attached",
        on=report,
        at=at,
        place=report.unit.path,
        name=name,
        sha256=file.sha256,
    )
    return attachment


@service
def take_off(*, actor: Actor, attachment_id: int, at: datetime) -> Attachment:
    """Take a file off the report; its bytes stay stored."""
    attachment = Attachment.objects.filter(pk=attachment_id, is_withdrawn=False).first()
    if attachment is None:
        raise NotFound()
    report = Report.objects.select_related("unit").allowed(actor, access.FILL).locked().one(attachment.report_id)
    rules.kept_state(report.state)
    attachment.is_withdrawn = True
    attachment.save(update_fields=["is_withdrawn"])
    record(actor=actor, verb="reports.file_taken_off", on=report, at=at, place=report.unit.path, name=attachment.name)
    return attachment


@dataclass(frozen=True)
class PastReport:
    """A report brought in from records kept elsewhere, already accepted (or only submitted)."""

    unit_id: int
    path: str
    figures: Mapping[str, Any]
    submitted_at: datetime
    accepted_at: datetime | None
    prose: str = ""
    is_nothing: bool = False


@service
def bring_in(*, actor: Actor, round_: Round, reports: Sequence[PastReport], source: str, at: datetime) -> int:
    """Bring in many reports of one round from other records, one ledger entry for each. Returns how many.

    The figures must be exact and whole: each is held to the form's checks as if it were submitted by hand
    (rules.NotReady names the unit). The caller keeps the tree above these units.
    """
    tree = units.tree_on(round_.day)
    spec = round_.form_version.spec
    rows: list[Report] = []
    for past in reports:
        if faults := rules.blocking(spec, past.figures, is_nothing=past.is_nothing):
            raise rules.NotReady(first=f"đơn vị {past.unit_id}: {faults[0]}".rstrip("."), count=1, faults=faults)
        rows.append(
            Report(
                round=round_,
                form_version=round_.form_version,
                period=round_.period,
                unit_id=past.unit_id,
                state=rules.State.SUBMITTED if past.accepted_at is None else rules.State.ACCEPTED,
                figures=dict(spec.compute(past.figures)),
                prose=past.prose,
                is_nothing=past.is_nothing,
                due_at=datetime.fromisoformat(round_.deadlines[tree.level(past.unit_id)]),
                submitted_at=past.submitted_at,
                accepted_at=past.accepted_at,
            )
        )
    place_of = {past.unit_id: past.path for past in reports}
    Report.objects.bulk_create(rows, batch_size=_BATCH)
    learn_sizes(Report)
    for row in rows:
        record(
            actor=actor,
            verb="reports.imported",
            on=row,
            at=at,
            place=place_of[row.unit_id],
            source=source,
            figures=row.figures,
        )
    return len(rows)
