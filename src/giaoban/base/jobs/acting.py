"""As whom a job is done: who asked for it, with what they may do on that day, or the house itself."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.module_loading import import_string

from giaoban.base.access import Actor, Place
from giaoban.base.jobs.models import Job
from giaoban.base.jobs.rules import NobodyAsks

EVERYWHERE = Place(unit_id=0, path="/")  # every path begins with it


def actor_of(job: Job, *, roles: tuple[str, ...], at: datetime) -> Actor:
    """A person is built anew, so that an office that has ended no longer counts. A job of the house reaches
    everywhere with the roles it declares. Raises NobodyAsks when the account is gone or closed.
    """
    kind, _, number = job.actor.partition(":")
    if kind == "person":
        account = get_user_model()._default_manager.filter(pk=int(number), is_active=True).first()
        if account is None:
            raise NobodyAsks()
        person: Actor = import_string(settings.ACTOR_OF)(account, at.date())
        return person
    if kind == "token":
        return Actor(kind="token", id=int(number), name=job.actor_name, day=at.date())
    places = MappingProxyType(dict.fromkeys(roles, (EVERYWHERE,)))
    return Actor(kind="job", id=job.pk, name=job.actor_name or job.name, day=at.date(), places=places)
