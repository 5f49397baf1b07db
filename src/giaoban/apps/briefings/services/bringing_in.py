"""Bringing in a briefing that was held before, or elsewhere, from its papers: closed and sealed as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import (
    AgendaItem,
    Briefing,
    Note,
    NoteRevision,
    OpenPoint,
    Pack,
    Series,
    Site,
    SpeechRequest,
)
from giaoban.apps.briefings.services.concluding import _write_down
from giaoban.apps.briefings.services.preparing import _place_sites
from giaoban.apps.briefings.services.session import _seal
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service


@dataclass(frozen=True, kw_only=True)
class PastItem:
    """One item as it went; `minutes` planned, `spent` seconds taken. Items follow one another."""

    title: str
    kind: str = rules.ItemKind.REPORT
    minutes: int = 10
    spent: int = 600
    presenter: str = ""
    presenter_unit: int | None = None


@dataclass(frozen=True, kw_only=True)
class PastSite:
    """A site and its answer."""

    unit_id: int
    reply: str = rules.Reply.ACCEPTED
    head: str = ""
    substitute: str = ""
    reason: str = ""
    asked_on: str = ""


@dataclass(frozen=True, kw_only=True)
class PastNote:
    """What was written down under an item, so many minutes after it began; `item` counts from 0."""

    item: int
    words: str
    after: int = 1


@dataclass(frozen=True, kw_only=True)
class PastSpeech:
    """A site that spoke under an item for so many seconds, so many minutes after it began."""

    item: int
    unit_id: int
    subject: str = ""
    after: int = 1
    seconds: int = 240


@dataclass(frozen=True, kw_only=True)
class PastConclusion:
    """A conclusion under an item, so many minutes after it began."""

    item: int
    said: rules.Concluded
    after: int = 1


@dataclass(frozen=True, kw_only=True)
class PastBriefing:
    """A whole briefing as its papers tell it: `plan` with when and where, then how it went."""

    plan: rules.Plan
    items: tuple[PastItem, ...]
    sites: tuple[PastSite, ...]
    notes: tuple[PastNote, ...] = ()
    speeches: tuple[PastSpeech, ...] = ()
    conclusions: tuple[PastConclusion, ...] = ()
    points: tuple[str, ...] = ()
    sections: tuple[Mapping[str, Any], ...] = field(default=())


@service
def bring_in(*, actor: Actor, series_id: int, past: PastBriefing, source: str, at: datetime) -> Briefing:
    """Take a briefing into its series from its papers. Its directives are no tasks until `make_task` hands them out.

    Raises rules.NoMoment, NoSites, NoItemTitle, AlreadyPrepared as `prepare` does.
    """
    series = Series.objects.select_related("unit", "assigner").allowed(actor, access.ORGANISE).locked().one(series_id)
    plan = past.plan
    if plan.starts_at is None:
        raise rules.NoMoment()
    there = Briefing.objects.filter(series=series, period_code=plan.period.code).standing().first()
    if there is not None:
        raise rules.AlreadyPrepared(title=there.title)
    rules.check_agenda([rules.PlannedItem(title=item.title, minutes=item.minutes) for item in past.items])
    briefing = _opened(series, plan, plan.starts_at)
    _sites(briefing, past)
    began = _items(briefing, past)
    _spoken(briefing, past, began, by=actor.name)
    _send(briefing, past, by=actor.name)
    OpenPoint.objects.bulk_create(
        [OpenPoint(briefing=briefing, words=words, raised_at=plan.starts_at) for words in past.points]
    )
    _seal(briefing, state=rules.State.CLOSED, at=_end(briefing))
    record(
        actor=actor,
        verb="briefings.brought_in",
        on=briefing,
        at=at,
        place=series.unit.path,
        title=briefing.title,
        source=source,
        seal=briefing.seal,
    )
    return briefing


def _opened(series: Series, plan: rules.Plan, starts_at: datetime) -> Briefing:
    return Briefing.objects.create(
        series=series,
        unit=series.unit,
        assigner=series.assigner,
        title=rules.fitting(plan.title, most=rules.MAX_TITLE),
        starts_at=starts_at,
        period_code=plan.period.code,
        chair_name=plan.chair_name,
        chair_post=plan.chair_post,
        place=plan.place,
        is_online=plan.is_online,
        called_at=starts_at - timedelta(days=3),
        opened_at=starts_at,
        state=rules.State.IN_SESSION,
        is_brought_in=True,
    )


def _sites(briefing: Briefing, past: PastBriefing) -> None:
    rules.check_sites(len(past.sites))
    _place_sites(briefing, [site.unit_id for site in past.sites])
    rows = {site.unit_id: site for site in briefing.sites.all()}
    opened = briefing.starts_at
    for told in past.sites:
        row = rows[told.unit_id]
        row.reply, row.head, row.substitute = rules.Reply(told.reply), told.head, told.substitute
        row.reason, row.asked_on, row.replied_at = told.reason, told.asked_on, opened - timedelta(days=1)
    for row in rows.values():
        row.joined_at = opened - timedelta(minutes=5) if row.reply in rules.COMING else None
    columns = ["reply", "head", "substitute", "reason", "asked_on", "replied_at", "joined_at"]
    Site.objects.bulk_update(rows.values(), columns)


def _items(briefing: Briefing, past: PastBriefing) -> list[AgendaItem]:
    site_of = dict(briefing.sites.values_list("unit_id", "pk"))
    at, made = briefing.starts_at, []
    for ordinal, item in enumerate(past.items, start=1):
        ends = at + timedelta(seconds=item.spent)
        made.append(
            AgendaItem.objects.create(
                briefing=briefing,
                ordinal=ordinal,
                title=item.title,
                kind=item.kind,
                presenter=item.presenter,
                presenter_unit_id=item.presenter_unit,
                presenter_site_id=site_of.get(item.presenter_unit or 0),
                minutes_planned=item.minutes,
                state=rules.ItemState.DONE,
                began_at=at,
                ended_at=ends,
                seconds_spent=item.spent,
            )
        )
        at = ends
    return made


def _moment(item: AgendaItem, after: int) -> datetime:
    assert item.began_at is not None  # items of the past have all begun
    return item.began_at + timedelta(minutes=after)


def _spoken(briefing: Briefing, past: PastBriefing, items: list[AgendaItem], *, by: str) -> None:
    site_of = dict(briefing.sites.values_list("unit_id", "pk"))
    for speech in past.speeches:
        began = _moment(items[speech.item], speech.after)
        SpeechRequest.objects.create(
            briefing=briefing,
            site_id=site_of[speech.unit_id],
            item=items[speech.item],
            subject=speech.subject,
            state=rules.Speech.DONE,
            asked_at=began - timedelta(minutes=2),
            called_at=began,
            began_at=began,
            ended_at=began + timedelta(seconds=speech.seconds),
        )
    for told in past.notes:
        at = _moment(items[told.item], told.after)
        note = Note.objects.create(briefing=briefing, item=items[told.item], words=told.words, by_name=by, at=at)
        NoteRevision.objects.create(note=note, revision=1, words=told.words, by_name=by, at=at)
    for one in past.conclusions:
        said = rules.with_item(one.said, items[one.item].pk)
        _write_down(briefing, said, by=by, at=_moment(items[one.item], one.after))


def _send(briefing: Briefing, past: PastBriefing, *, by: str) -> None:
    if not past.sections:
        return
    frozen = [dict(section) for section in past.sections]
    Pack.objects.create(
        briefing=briefing,
        number=1,
        sections=frozen,
        sha256=rules.sealed({"sections": frozen}),
        sent_at=briefing.starts_at - timedelta(hours=6),
        sent_by=by,
    )


def _end(briefing: Briefing) -> datetime:
    last = briefing.agenda.order_by("-ended_at").values_list("ended_at", flat=True).first()
    end = last or briefing.starts_at
    briefing.sites.present().update(left_at=end)
    return end
