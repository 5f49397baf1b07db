"""What is prepared: agenda with times, sites with their answers, documents, open points; and the form of a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, OpenPoint, Series, Site
from giaoban.apps.briefings.queries.calendar import next_day
from giaoban.apps.briefings.queries.rows import Seen, seen
from giaoban.apps.people.models import Office
from giaoban.apps.units import queries as units
from giaoban.apps.units.queries import UnitName
from giaoban.base.access import Actor
from giaoban.base.attachments import pictures, store
from giaoban.core.periods import Period
from giaoban.core.refusal import NotFound


@dataclass(frozen=True)
class ItemRow:
    """One item of the agenda, with when it should begin and end, and how it went."""

    item_id: int
    ordinal: int
    title: str
    kind: str
    kind_label: str
    presenter: str
    presenter_unit_id: int | None
    minutes: int
    from_at: datetime
    until_at: datetime
    state: str
    began_at: datetime | None
    ended_at: datetime | None
    seconds_spent: int

    @property
    def minutes_spent(self) -> int:
        """To the nearest minute."""
        return round(self.seconds_spent / 60)


@dataclass(frozen=True)
class SiteRow:
    """One site with its answer; `comes` says in words who will be there."""

    site_id: int
    unit_id: int
    name: str
    is_centre: bool
    head: str
    reply: str
    reply_label: str
    comes: str
    asked_on: str
    replied_at: datetime | None
    joined_at: datetime | None
    phone: str


@dataclass(frozen=True)
class DocumentRow:
    """One document of the briefing: a file, an address, or a section of the pack."""

    document_id: int
    title: str
    file_name: str
    size: int
    address: str
    section: str
    shared_page: int | None

    @property
    def is_pdf(self) -> bool:
        """Whether its pages can be shown as pictures."""
        return self.file_name.lower().endswith(".pdf")


@dataclass(frozen=True)
class PointRow:
    """Something left open, with where it was raised first."""

    point_id: int
    words: str
    owner: str
    raised_in: str
    raised_at: datetime
    is_carried: bool
    settled_words: str


@dataclass(frozen=True)
class Preparation:
    """Everything the page of a briefing shows before, during and after it."""

    seen: Seen
    revision: int
    media_address: str
    secretaries: tuple[str, ...]
    agenda: Sequence[ItemRow]
    sites: Sequence[SiteRow]
    documents: Sequence[DocumentRow]
    points: Sequence[PointRow]
    pack_sent_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str

    @property
    def minutes(self) -> int:
        """How long all items take together."""
        return sum(item.minutes for item in self.agenda)

    @property
    def ends_at(self) -> datetime:
        return self.seen.row.starts_at + timedelta(minutes=self.minutes)


def preparation(*, actor: Actor, briefing_id: int) -> Preparation:
    """The page of a briefing. Eleven queries at any size. Raises NotFound."""
    head = seen(actor=actor, briefing_id=briefing_id)
    briefing = Briefing.objects.get(pk=briefing_id)
    pack = briefing.packs.order_by("-number").values_list("sent_at", flat=True).first()
    return Preparation(
        seen=head,
        revision=briefing.revision,
        media_address=briefing.media_address,
        secretaries=tuple(briefing.secretaries.order_by("name").values_list("name", flat=True)),
        agenda=agenda_of(briefing),
        sites=sites_of(briefing),
        documents=documents_of(briefing),
        points=points_of(briefing),
        pack_sent_at=pack,
        cancelled_at=briefing.cancelled_at,
        cancel_reason=briefing.cancel_reason,
    )


def agenda_of(briefing: Briefing) -> Sequence[ItemRow]:
    """The agenda, each item with its planned times. One query."""
    items = list(briefing.agenda.select_related("presenter_unit").order_by("ordinal", "pk"))
    times = rules.starts([item.minutes_planned for item in items], briefing.starts_at)
    return [
        ItemRow(
            item_id=item.pk,
            ordinal=number,
            title=item.title,
            kind=item.kind,
            kind_label=gettext(str(rules.ItemKind(item.kind).label)),
            presenter=item.presenter or (item.presenter_unit.label if item.presenter_unit else ""),
            presenter_unit_id=item.presenter_unit_id,
            minutes=item.minutes_planned,
            from_at=from_at,
            until_at=from_at + timedelta(minutes=item.minutes_planned),
            state=item.state,
            began_at=item.began_at,
            ended_at=item.ended_at,
            seconds_spent=item.seconds_spent,
        )
        for number, (item, from_at) in enumerate(zip(items, times, strict=True), start=1)
    ]


def sites_of(briefing: Briefing) -> Sequence[SiteRow]:
    """The sites in their order, the centre first. One query."""
    return [site_row(site) for site in briefing.sites.select_related("unit").order_by("ordinal", "pk")]


def site_row(site: Site) -> SiteRow:
    """One site; its unit comes with it."""
    comes = {
        rules.Reply.ACCEPTED: site.head,
        rules.Reply.SUBSTITUTE: site.substitute,
        rules.Reply.DECLINED: site.reason,
    }
    return SiteRow(
        site_id=site.pk,
        unit_id=site.unit_id,
        name=site.name,
        is_centre=site.is_centre,
        head=site.head,
        reply=site.reply,
        reply_label=gettext(str(rules.Reply(site.reply).label)),
        comes=comes.get(rules.Reply(site.reply), ""),
        asked_on=site.asked_on,
        replied_at=site.replied_at,
        joined_at=site.joined_at,
        phone=site.unit.phone,
    )


def documents_of(briefing: Briefing) -> Sequence[DocumentRow]:
    """The documents in their order. One query."""
    return [
        DocumentRow(
            document_id=one.pk,
            title=one.title,
            file_name=one.file_name,
            size=one.file.size if one.file else 0,
            address=one.address,
            section=one.section,
            shared_page=one.shared_page,
        )
        for one in briefing.documents.select_related("file").order_by("ordinal", "pk")
    ]


def points_of(briefing: Briefing) -> Sequence[PointRow]:
    """What was carried over into it, then what it leaves open itself. One query."""
    points = OpenPoint.objects.of(briefing.pk).select_related("owner", "briefing").order_by("raised_at", "pk")
    return [
        PointRow(
            point_id=one.pk,
            words=one.words,
            owner=one.owner.label if one.owner else "",
            raised_in=one.briefing.title,
            raised_at=one.raised_at,
            is_carried=one.briefing_id != briefing.pk,
            settled_words=one.settled_words,
        )
        for one in points
    ]


@dataclass(frozen=True)
class DocumentFile:
    """A document as bytes."""

    name: str
    media_type: str
    data: bytes


def document_file(*, actor: Actor, document_id: int) -> DocumentFile:
    """The file of a document. Raises NotFound for an address or a section, and when the briefing is not the actor's."""
    from_briefing = Briefing.objects.allowed(actor, access.READ).filter(documents=document_id).first()
    document = from_briefing and from_briefing.documents.select_related("file").get(pk=document_id)
    if not document or document.file is None:
        raise NotFound()
    return DocumentFile(
        name=document.file_name,
        media_type=document.file.media_type,
        data=store.data_of(document.file, name=document.file_name),
    )


def document_picture(*, actor: Actor, document_id: int, page: int) -> bytes:
    """A page of a document in PDF as a PNG. Raises NotFound for anything else, pdf_picture.NoSuchPage."""
    from_briefing = Briefing.objects.allowed(actor, access.READ).filter(documents=document_id).first()
    document = from_briefing and from_briefing.documents.select_related("file").get(pk=document_id)
    if not document or document.file is None or not document.file_name.lower().endswith(".pdf"):
        raise NotFound()
    return pictures.page_of(document.file, name=document.file_name, page=page)


# ---------------------------------------------------------------- a new one


@dataclass(frozen=True)
class Person:
    """Who may chair or write down: an account with its post."""

    account_id: int
    name: str
    post: str


@dataclass(frozen=True)
class Template:
    """What a new briefing of a series begins from; `units` are those directly below on the day it is held."""

    series_id: int
    name: str
    unit_id: int
    title: str
    starts_at: datetime
    period: Period
    place: str
    is_online: bool
    agenda: tuple[rules.PlannedItem, ...]
    units: Sequence[UnitName]
    people: Sequence[Person]
    points: Sequence[str]


def template(*, actor: Actor, series_id: int, at: datetime) -> Template:
    """The template of a series. Six queries. Raises NotFound."""
    series = Series.objects.select_related("unit").allowed(actor, access.ORGANISE).one(series_id)
    day = _held_on(series, at.date())
    period = rules.covered(series.rhythm, day)
    open_points = OpenPoint.objects.filter(briefing__series=series, settled_at=None, briefing__state__in=rules.OVER)
    return Template(
        series_id=series.pk,
        name=series.name,
        unit_id=series.unit_id,
        title=f"{series.name}: {period.label()}",
        starts_at=datetime.combine(day, rules.usual_hour(series.hour), tzinfo=at.tzinfo),
        period=period,
        place=series.place,
        is_online=series.is_online,
        agenda=series.planned,
        units=below(series.unit_id, day),
        people=people_at(series.unit_id, at.date()),
        points=list(open_points.order_by("raised_at", "pk").values_list("words", flat=True)),
    )


def _held_on(series: Series, today: date) -> date:
    """The next day of the series whose period has no briefing yet, today itself included."""
    taken = set(Briefing.objects.filter(series=series).standing().values_list("period_code", flat=True))
    day = next_day(series, today - timedelta(days=1))
    while rules.covered(series.rhythm, day).code in taken:
        day = next_day(series, day)
    return day


def below(unit_id: int, day: date) -> Sequence[UnitName]:
    """The units directly below one on the tree of a day, in the tree's order. Two queries."""
    tree = units.tree_on(day)
    children = tree.children(unit_id) if unit_id in tree else ()
    names = units.names(children)
    return [names[one] for one in children]


def people_at(unit_id: int, day: date) -> Sequence[Person]:
    """Who holds an office at the unit. One query."""
    held = Office.objects.on(day).filter(unit=unit_id, account__is_active=True).select_related("account")
    known = {office.account_id: office.account for office in held.order_by("account__name")}
    return [Person(pk, account.name, account.post) for pk, account in known.items()]


@dataclass(frozen=True)
class Planned:
    """A briefing's plan as its form shows it, with what can be chosen."""

    seen: Seen
    plan: rules.Plan
    revision: int
    units: Sequence[UnitName]
    people: Sequence[Person]


def planned(*, actor: Actor, briefing_id: int) -> Planned:
    """The plan of a briefing the actor organises. Raises NotFound."""
    briefing = Briefing.objects.allowed(actor, access.ORGANISE).one(briefing_id)
    plan = rules.Plan(
        title=briefing.title,
        starts_at=briefing.starts_at,
        period=briefing.period,
        place=briefing.place,
        is_online=briefing.is_online,
        media_address=briefing.media_address,
        chair_id=briefing.chair_id,
        chair_name=briefing.chair_name,
        chair_post=briefing.chair_post,
        secretaries=tuple(briefing.secretaries.values_list("pk", flat=True)),
        sites=tuple(briefing.sites.filter(is_centre=False).values_list("unit_id", flat=True)),
    )
    day = timezone.localtime(briefing.starts_at).date()
    return Planned(
        seen=seen(actor=actor, briefing_id=briefing_id),
        plan=plan,
        revision=briefing.revision,
        units=below(briefing.unit_id, day),
        people=people_at(briefing.unit_id, day),
    )
