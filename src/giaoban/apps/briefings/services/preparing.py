"""Preparing a briefing: its series, its plan, its sites and its agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import AgendaItem, Briefing, OpenPoint, Series, Site
from giaoban.apps.people.models import Account, Office
from giaoban.apps.tasks import rules as task_rules
from giaoban.apps.tasks import services as tasks
from giaoban.apps.tasks.rules import weekly
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound
from giaoban.core.text_vi.dates import write_moment


@service
def prepare(*, actor: Actor, series_id: int, plan: rules.Plan, at: datetime) -> Briefing:
    """Begin a briefing of a series: its sites, its agenda, and the open points of the one before.

    Raises rules.NoMoment, PastMoment, NoSites, NoItemTitle, AlreadyPrepared for a period that has its briefing.
    """
    series = Series.objects.select_related("unit", "assigner").allowed(actor, access.ORGANISE).locked().one(series_id)
    there = Briefing.objects.filter(series=series, period_code=plan.period.code).standing().first()
    if there is not None:
        raise rules.AlreadyPrepared(title=there.title)
    rules.check_starts(plan.starts_at, on=at.date())
    rules.check_sites(len(set(plan.sites) - {series.unit_id}))
    rules.check_agenda(plan.agenda)
    columns = _columns(plan)
    briefing = Briefing.objects.create(
        series=series, unit=series.unit, assigner=series.assigner, period_code=plan.period.code, **columns
    )
    briefing.secretaries.set(_secretaries(briefing, plan.secretaries, at))
    _place_sites(briefing, plan.sites)
    _lay_agenda(briefing, plan.agenda)
    carried = OpenPoint.objects.filter(briefing__series=series, settled_at=None, briefing__state__in=rules.OVER).update(
        carried_to=briefing
    )
    record(
        actor=actor,
        verb="briefings.prepared",
        on=briefing,
        at=at,
        place=series.unit.path,
        title=briefing.title,
        starts=briefing.starts_at.isoformat(),
        period=briefing.period_code,
        sites=len(plan.sites),
        carried=carried,
    )
    return briefing


def _columns(plan: rules.Plan) -> dict[str, Any]:
    title = rules.fitting(plan.title, most=rules.MAX_TITLE)
    if not title:
        raise rules.NoTitle()
    chair = Account.objects.filter(pk=plan.chair_id).first() if plan.chair_id else None
    return {
        "title": title,
        "starts_at": plan.starts_at,
        "place": rules.fitting(plan.place, most=rules.MAX_PLACE),
        "is_online": plan.is_online,
        "media_address": rules.fitting_address(plan.media_address),
        "chair": chair,
        "chair_name": rules.fitting(plan.chair_name, most=rules.MAX_NAME) or (chair.name if chair else ""),
        "chair_post": rules.fitting(plan.chair_post, most=rules.MAX_POST) or (chair.post if chair else ""),
    }


def _secretaries(briefing: Briefing, ids: Iterable[int], at: datetime) -> list[Account]:
    """Those of the accounts that hold an office at the briefing's unit or below: nobody else is let in by a number."""
    held = Office.objects.on(at.date()).filter(unit__path__startswith=briefing.unit.path)
    return list(Account.objects.filter(pk__in=set(ids), is_active=True, offices__in=held).distinct())


def _place_sites(briefing: Briefing, unit_ids: Sequence[int]) -> None:
    """The centre first, then the units in the order given; units outside the briefing's own part are not there.

    A site that has answered keeps its answer.
    """
    wanted = [pk for pk in dict.fromkeys(unit_ids) if pk != briefing.unit_id]
    path = briefing.unit.path
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=wanted, path__startswith=path)}
    if len(units) != len(wanted):
        raise NotFound()
    briefing.sites.exclude(unit__in=[*wanted, briefing.unit_id]).delete()
    known = {site.unit_id: site for site in briefing.sites.all()}
    fresh, moved = [], []
    for ordinal, unit in enumerate([briefing.unit, *(units[pk] for pk in wanted)]):
        site = known.get(unit.pk)
        if site is None:
            is_centre = unit.pk == briefing.unit_id
            reply = rules.Reply.ACCEPTED if is_centre else rules.Reply.INVITED
            fresh.append(
                Site(briefing=briefing, unit=unit, name=unit.label, ordinal=ordinal, is_centre=is_centre, reply=reply)
            )
        elif site.ordinal != ordinal:
            site.ordinal = ordinal
            moved.append(site)
    Site.objects.bulk_create(fresh)
    Site.objects.bulk_update(moved, ["ordinal"])


def _lay_agenda(briefing: Briefing, items: Sequence[rules.PlannedItem]) -> None:
    """Write the agenda in the order given; items that are named by number keep what hangs on them."""
    site_of = dict(briefing.sites.values_list("unit_id", "pk"))
    known = set(briefing.agenda.values_list("pk", flat=True))
    briefing.agenda.exclude(pk__in={item.item_id for item in items if item.item_id}).delete()
    for ordinal, item in enumerate(items, start=1):
        if item.presenter_unit is not None and item.presenter_unit not in site_of:
            raise rules.PresenterElsewhere(number=ordinal)
        columns = {
            "ordinal": ordinal,
            "title": rules.fitting(item.title, most=rules.MAX_TITLE),
            "kind": item.kind,
            "presenter": rules.fitting(item.presenter, most=rules.MAX_POST),
            "presenter_unit_id": item.presenter_unit,
            "presenter_site_id": site_of.get(item.presenter_unit or 0),
            "minutes_planned": item.minutes,
        }
        if item.item_id in known:
            AgendaItem.objects.filter(pk=item.item_id).update(**columns)
        else:
            AgendaItem.objects.create(briefing=briefing, **columns)


@service
def replan(*, actor: Actor, briefing_id: int, plan: rules.Plan, revision: int, at: datetime) -> Briefing:
    """Change when, where, who and which sites. Raises rules.AlreadyBegun once it is in session, ChangedSinceRead."""
    briefing = _preparing(actor, briefing_id, revision=revision)
    rules.check_starts(plan.starts_at, on=at.date())
    rules.check_sites(len(set(plan.sites) - {briefing.unit_id}))
    columns = _columns(plan)
    for name, value in columns.items():
        setattr(briefing, name, value)
    briefing.revision += 1
    briefing.save(update_fields=[*columns, "revision"])
    briefing.secretaries.set(_secretaries(briefing, plan.secretaries, at))
    _place_sites(briefing, plan.sites)
    if briefing.called_at:
        _put_on_calendar(actor, briefing, at)
    _recorded(
        actor, briefing, at, told="briefings.replanned", starts=briefing.starts_at.isoformat(), sites=len(plan.sites)
    )
    return briefing


@service
def plan_agenda(
    *, actor: Actor, briefing_id: int, items: Sequence[rules.PlannedItem], revision: int, at: datetime
) -> Briefing:
    """Write the agenda anew. Raises rules.NoItemTitle, NotMinutes, PresenterElsewhere, ChangedSinceRead."""
    briefing = _preparing(actor, briefing_id, revision=revision)
    rules.check_agenda(items)
    _lay_agenda(briefing, items)
    briefing.revision += 1
    briefing.save(update_fields=["revision"])
    if briefing.called_at:
        _put_on_calendar(actor, briefing, at)
    _recorded(
        actor,
        briefing,
        at,
        told="briefings.agenda_planned",
        items=len(items),
        minutes=sum(item.minutes for item in items),
    )
    return briefing


@service
def ask_sites(*, actor: Actor, briefing_id: int, asked: Mapping[int, rules.AskedOf], at: datetime) -> int:
    """Say what sites are asked to speak on and who leads them, by id; how many changed. Empty words take it back."""
    briefing = _preparing(actor, briefing_id)
    changed = []
    for site in briefing.sites.filter(pk__in=asked):
        wanted = rules.AskedOf(
            asked_on=rules.fitting(asked[site.pk].asked_on, most=rules.MAX_PLACE),
            head=rules.fitting(asked[site.pk].head, most=rules.MAX_NAME),
        )
        if wanted != rules.AskedOf(asked_on=site.asked_on, head=site.head):
            site.asked_on, site.head = wanted.asked_on, wanted.head
            changed.append(site)
    if changed:
        Site.objects.bulk_update(changed, ["asked_on", "head"])
        told = {site.name: site.asked_on for site in changed}
        _recorded(actor, briefing, at, told="briefings.sites_asked", sites=told)
    return len(changed)


# ---------------------------------------------------------------- the calendar of work


def _put_on_calendar(actor: Actor, briefing: Briefing, at: datetime) -> None:
    """Enter it, or bring the entry in step; nothing is written where nothing differs."""
    tasks.enter_event(actor=actor, event=_entry(briefing), at=at)


def _take_off_calendar(actor: Actor, briefing: Briefing, reason: str, at: datetime) -> None:
    """Strike the entry through, if there is one."""
    tasks.cancel_event(actor=actor, origin=rules.calendar_origin(briefing.pk), reason=reason, at=at)


def _entry(briefing: Briefing) -> weekly.PlannedEvent:
    begins = timezone.localtime(briefing.starts_at)
    minutes = sum(briefing.agenda.values_list("minutes_planned", flat=True))
    ends = begins + timedelta(minutes=minutes)
    is_same_day = minutes > 0 and ends.date() == begins.date()
    sites = list(briefing.sites.filter(is_centre=False).order_by("ordinal").values_list("unit_id", "name"))
    return weekly.PlannedEvent(
        unit_id=briefing.unit_id,
        title=Truncator(briefing.title).chars(task_rules.MAX_TITLE),
        day=begins.date(),
        hours=weekly.Hours(begins=begins.time(), until=ends.time() if is_same_day else None),
        chair=Truncator(", ".join(filter(None, (briefing.chair_name, briefing.chair_post)))).chars(weekly.MAX_CHAIR),
        chair_id=briefing.chair_id,
        attends=Truncator(", ".join(name for _, name in sites)).chars(weekly.MAX_ATTENDS),
        account_ids=tuple(briefing.secretaries.values_list("pk", flat=True)),
        unit_ids=tuple(unit_id for unit_id, _ in sites),
        place=Truncator(briefing.place).chars(weekly.MAX_PLACE),
        origin=rules.calendar_origin(briefing.pk),
    )


def _preparing(actor: Actor, briefing_id: int, *, revision: int | None = None) -> Briefing:
    """A briefing that is still being prepared, held. Raises rules.ClosedBriefing, AlreadyBegun, ChangedSinceRead."""
    briefing = Briefing.objects.held(actor, access.ORGANISE, briefing_id)
    rules.check_preparing(briefing.state, _closed_label(briefing))
    if revision is not None and revision != briefing.revision:
        raise rules.ChangedSinceRead()
    return briefing


def _closed_label(briefing: Briefing) -> str:
    """When it was closed, as pages write it."""
    return write_moment(timezone.localtime(briefing.closed_at)) if briefing.closed_at else ""


def _recorded(actor: Actor, briefing: Briefing, at: datetime, *, told: str, **facts: Any) -> None:
    record(actor=actor, verb=told, on=briefing, at=at, place=briefing.unit.path, **facts)
