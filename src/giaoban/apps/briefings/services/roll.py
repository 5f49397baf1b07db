"""Roll-call: sites that come into the session, show signs of life, and depart."""

from __future__ import annotations

from datetime import datetime

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, Presence, Site
from giaoban.apps.briefings.services.preparing import _closed_label
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service


@service
def show_life(*, actor: Actor, briefing_id: int, at: datetime) -> int:
    """The screen of whoever speaks for a site is on: the site is there, and was heard at `at`; how many sites.

    Outside of the session nothing is written. Only a site's coming is told to the ledger, not each sign of life.
    Raises NotFound.
    """
    briefing = Briefing.objects.allowed(actor, access.READ).select_related("unit").one(briefing_id)
    if briefing.state not in rules.LIVE:
        return 0
    sites = list(Site.objects.allowed(actor, access.ATTEND).filter(briefing=briefing))
    for site in sites:
        if site.joined_at is None or site.left_at is not None:
            _join(actor, briefing, site, at, by_hand=False)
    Presence.objects.bulk_create(
        [Presence(site=site, last_seen_at=at) for site in sites],
        update_conflicts=True,
        unique_fields=["site"],
        update_fields=["last_seen_at"],
    )
    return len(sites)


def _join(actor: Actor, briefing: Briefing, site: Site, at: datetime, *, by_hand: bool) -> None:
    site.joined_at, site.left_at = site.joined_at or at, None
    site.save(update_fields=["joined_at", "left_at"])
    record(
        actor=actor,
        verb="briefings.site_joined",
        on=briefing,
        at=at,
        place=briefing.unit.path,
        site=site.name,
        by_hand=by_hand,
    )


@service
def mark_present(*, actor: Actor, site_id: int, at: datetime) -> Site:
    """Whoever leads the session sees a site that has no screen of its own here: it is there."""
    briefing, site = _of_session(actor, site_id)
    if site.joined_at is None or site.left_at is not None:
        _join(actor, briefing, site, at, by_hand=True)
    return site


@service
def mark_departed(*, actor: Actor, site_id: int, at: datetime) -> Site:
    """A site is no longer there; what it has said and answered stays."""
    briefing, site = _of_session(actor, site_id)
    if site.joined_at is not None and site.left_at is None:
        site.left_at = at
        site.save(update_fields=["left_at"])
        Presence.objects.filter(site=site).delete()
        record(
            actor=actor, verb="briefings.site_departed", on=briefing, at=at, place=briefing.unit.path, site=site.name
        )
    return site


def _of_session(actor: Actor, site_id: int) -> tuple[Briefing, Site]:
    found = Site.objects.filter(pk=site_id).values_list("briefing_id", flat=True).first()
    briefing = Briefing.objects.held(actor, access.CHAIR, found or 0)
    rules.check_in_session(briefing.state, _closed_label(briefing))
    return briefing, Site.objects.get(pk=site_id)
