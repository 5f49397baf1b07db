"""The verbs on measures and figures: define a measure, note what was published about it, sign what was added up."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from giaoban.apps.forms.access import DESIGN
from giaoban.apps.forms.models import Form, Round
from giaoban.apps.people.models import Account
from giaoban.apps.people.rules import Role
from giaoban.apps.rollups import access, queries, rules
from giaoban.apps.rollups.models import Measure, Publication, SignOff
from giaoban.apps.rollups.queries import Audit
from giaoban.apps.units import queries as units
from giaoban.apps.units.access import KEEP
from giaoban.apps.units.access import READ as READ_UNIT
from giaoban.apps.units.models import Level, Unit
from giaoban.base.access import Actor
from giaoban.base.attachments.models import StoredFile
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.work import record, service

MOST_TOLD = 20  # units and fields an alarm names


@service
def define_measure(
    *,
    actor: Actor,
    code: str,
    name: str,
    definition: str,
    form: Form,
    rule: str,
    noun: str,
    rank: int,
    at: datetime,
    field: str = "",
    base_field: str = "",
    level: Level | None = None,
    scope: Unit | None = None,
    due_day: date | None = None,
    name_en: str = "",
) -> Measure:
    """Let boards show a figure made from a form's reports; ranks 1 to 4 are headlines.

    `scope`: the figure is known only below this unit. `due_day`: by when the whole is to be reached.
    Raises NotFound when the actor does not design the form, rules.CodeTaken, rules.NotAField, rules.NoLevel.
    """
    form = Form.objects.allowed(actor, DESIGN).select_related("owner").one(form.pk)
    if Measure.objects.filter(code=code).exists():
        raise rules.CodeTaken(code=code)
    version = form.versions.order_by("-number").first()
    fields = version.spec.by_code if version else {}
    rules.check_measure(
        rules.Wanted(code, rule, form.code, field=field, base_field=base_field, has_level=level is not None),
        rollups={known: described.rollup.value for known, described in fields.items()},
    )
    measure = Measure.objects.create(
        code=code,
        name=name,
        name_en=name_en,
        definition=definition,
        form=form,
        rule=rule,
        field=field,
        base_field=base_field,
        places=fields[field].places if field else 0,
        level=level,
        scope=scope,
        due_day=due_day,
        noun=noun,
        rank=rank,
    )
    record(actor=actor, verb="rollups.measure_defined", on=measure, at=at, place=form.owner.path, code=code, rule=rule)
    return measure


@service
def note_publication(
    *,
    actor: Actor,
    measure: Measure,
    round_: Round,
    unit: Unit,
    part: int,
    whole: int | None,
    source: str,
    published_day: date | None,
    as_of: date | None,
    quote: str,
    sentence: str,
    start: int,
    end: int,
    at: datetime,
    file: StoredFile | None = None,
) -> Publication:
    """Write down what a text said about a measure; the same place of the same text is written once.

    `start` and `end` are the quote's code points in the sentence. Raises NotFound when the actor keeps no tree above
    the unit, rules.NotInItsText when the sentence does not hold the quote there.
    """
    unit = Unit.objects.allowed(actor, KEEP).one(unit.pk)
    if sentence[start:end] != quote:
        raise rules.NotInItsText(quote=quote)
    noted = Publication.objects.filter(measure=measure, round=round_, unit=unit, source=source, start=start).first()
    if noted is not None:
        return noted
    publication = Publication.objects.create(
        measure=measure,
        round=round_,
        unit=unit,
        part=part,
        whole=whole,
        source=source,
        file=file,
        published_day=published_day,
        as_of=as_of,
        quote=quote,
        sentence=sentence,
        start=start,
        end=end,
    )
    record(
        actor=actor,
        verb="rollups.publication_noted",
        on=publication,
        at=at,
        place=unit.path,
        measure=measure.code,
        period=round_.period.code,
        part=part,
        whole=whole,
        source=source,
    )
    return publication


@service
def note_difference(*, actor: Actor, round_: Round, found: Audit, at: datetime) -> None:
    """Alarm: what was kept of a round for its totals was not what its reports say."""
    named = units.names(found.units[:MOST_TOLD])
    record(
        actor=actor,
        verb="rollups.doubted",
        on=round_,
        at=at,
        count=len(found.units),
        units=[named[one].code for one in found.units[:MOST_TOLD]],
        fields=found.fields[:MOST_TOLD],
        as_of=found.head,
    )


@service
def note_unreadable(*, actor: Actor, round_: Round, trouble: rules.UnreadableReport, at: datetime) -> None:
    """Alarm: a stored report of a round cannot be added up, so that nobody gets totals of the round."""
    report, field = trouble.values["report"], trouble.values["field"]
    record(actor=actor, verb="rollups.refused", on=round_, at=at, report=report, field=field)


@service
def sign(*, actor: Actor, round_: Round, unit: str, asked: rules.Asked, at: datetime) -> SignOff:
    """Freeze the official figures of the unit with this code under the actor's name; an earlier sign-off is superseded.

    Raises NotFound when the actor does not accept reports below the unit; rules.NothingBelow, StillOpen,
    NothingAccepted, NothingChanged when it is not the moment; rules.FiguresMoved when others than the page's figures
    stand there now; rules.NotAllIn, NoNote, NoteTooLong; rules.JustSigned when somebody else was first.
    """
    place = Unit.objects.allowed(actor, READ_UNIT).filter(access.sign_offs(actor, access.SIGN, "")).one(code=unit)
    last = queries.last_signed(round_=round_, unit=place)
    found = queries.steady(round_=round_, unit=place)
    rules.check_moment(found.official, last=queries.as_signed(last), due_at=found.due_at, at=at)
    note = rules.fitting_note(asked, found.official, last=queries.as_signed(last))
    number = last.number + 1 if last else 1
    row = SignOff(
        round=round_,
        unit=place,
        number=number,
        as_of=found.head,
        as_of_hash=Entry.objects.get(pk=found.head).hash,
        figures=found.official.as_json(),
        before=last.seal if last else "",
        signed_at=at,
        signed_by=actor.key,
        signer=actor.name,
        office=_office(actor, place),
        note=note,
    )
    row.seal = row.sealed()
    _keep(row)
    total = found.official.total
    record(
        actor=actor,
        verb="rollups.signed",
        on=row,
        at=at,
        place=place.path,
        form=found.official.form,
        period=found.official.period,
        number=number,
        as_of=found.head,
        counted=total.counted,
        expected=total.expected,
        note=note,
        seal=row.seal,
    )
    return row


def _keep(row: SignOff) -> None:
    """Write the sign-off down, unless another of the same number was written meanwhile. Raises rules.JustSigned."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        first = SignOff.objects.filter(round=row.round, unit=row.unit, number=row.number).first()
        if first is None:
            raise
        raise rules.JustSigned(unit=row.unit.name, signer=first.signer) from None


def _office(actor: Actor, unit: Unit) -> str:
    """What the signer is at the unit, in words: the post, or the role where no post is written down."""
    post = Account.objects.filter(pk=actor.id).values_list("post", flat=True).first() if actor.kind == "person" else ""
    return f"{post or Role.REVIEWER.label}, {unit.name}"


@service
def note_export(*, actor: Actor, top: Unit, export: rules.Export, at: datetime) -> None:
    """Write down that figures leave the house: what, as of which entry, and the hash by which the data set is known.

    Raises NotFound when the actor keeps no tree above the unit.
    """
    top = Unit.objects.allowed(actor, KEEP).one(top.pk)
    record(
        actor=actor,
        verb="rollups.exported",
        on=top,
        at=at,
        place=top.path,
        as_of=export.as_of,
        forms=export.forms,
        rounds=export.rounds,
        reports=export.reports,
        figures=export.facts,
        manifest=export.manifest,
    )
