"""Jobs along the ledger: each follower reads on from its cursor. Numbers are in the order of commits, so nothing is
missed by reading on from the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from giaoban.base.jobs import declaring
from giaoban.base.jobs.declaring import FollowerKind
from giaoban.base.jobs.models import Follower, Job
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.work import head

FAR_BEHIND = 1_000  # entries of no interest after which the cursor is moved up


@dataclass(frozen=True)
class Told:
    """An entry as a follower hears it."""

    id: int
    at: datetime
    actor: str
    actor_name: str
    verb: str
    subject_kind: str
    subject_id: int
    place: str
    facts: dict[str, Any]


def key_of(name: str) -> str:
    return f"follow:{name}"


def batch_of(kind: FollowerKind) -> tuple[Told, ...]:
    """What the follower has not heard yet, oldest first, a batch at most."""
    cursor = Follower.objects.values_list("cursor", flat=True).get(name=kind.job.name)
    entries = Entry.objects.after(cursor).filter(verb__startswith=kind.prefix)[: kind.batch]
    return tuple(
        Told(
            id=entry.id,
            at=entry.at,
            actor=entry.actor,
            actor_name=entry.actor_name,
            verb=entry.verb,
            subject_kind=entry.subject_kind,
            subject_id=entry.subject_id,
            place=entry.place,
            facts=entry.facts,
        )
        for entry in entries
    )


def hand_out(*, at: datetime, looked: dict[str, int]) -> None:
    """Make a job for each follower that has something to hear and is not hearing already.

    `looked` is the caller's memory of how far it has looked in vain; it saves looking again.
    """
    if not declaring.FOLLOWERS:
        return
    last = head()
    cursors = dict(Follower.objects.values_list("name", "cursor"))
    for name, kind in declaring.FOLLOWERS.items():
        if name not in cursors:
            cursor = 0 if kind.from_start else last
            Follower.objects.bulk_create([Follower(name=name, cursor=cursor)], ignore_conflicts=True)
            continue
        behind = max(cursors[name], looked.get(name, 0))
        if last <= behind:
            continue
        if Entry.objects.filter(id__gt=behind, id__lte=last, verb__startswith=kind.prefix).exists():
            _ask(name, at=at)
            continue
        looked[name] = last
        if last - cursors[name] >= FAR_BEHIND:
            Follower.objects.filter(name=name, cursor=cursors[name]).update(cursor=last)


def _ask(name: str, *, at: datetime) -> None:
    if Job.objects.unfinished().filter(key=key_of(name)).exists():
        return
    try:
        with transaction.atomic():
            Job.objects.create(name=name, key=key_of(name), asked_at=at, run_at=at)
    except IntegrityError:  # another worker was first
        return
