"""The ledger: one row per thing that happened, in the order it was committed, chained by hashes."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from django.db import models
from django.db.models import Q

from giaoban.base.access import Actor, AllowedQuerySet
from giaoban.base.databases import PathField

GENESIS = "0" * 64


def scope(actor: Actor, action: str) -> Q:
    """An entry is seen by whoever reaches the unit it happened at; one about the whole house by its keepers."""
    seen = actor.anywhere().paths("place")
    return seen | Q(place="/") if actor.reach("keeper") else seen


class EntryQuerySet(AllowedQuerySet["Entry"]):
    scope = staticmethod(scope)

    def about(self, kind: str, pk: int) -> EntryQuerySet:
        """Everything that happened to one row, oldest first."""
        return self.filter(subject_kind=kind, subject_id=pk).order_by("id")

    def after(self, entry_id: int) -> EntryQuerySet:
        return self.filter(id__gt=entry_id).order_by("id")


class Entry(models.Model):
    """Mục sổ nhật ký: who did what to what, when, with the facts that mattered."""

    id = models.BigIntegerField(primary_key=True)  # given under the ledger lock: the order of commits
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)  # Actor.key
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=64)  # feature.past_participle
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    place = PathField(default="/")  # path of the unit it happened at, as it was then
    facts = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "mục sổ nhật ký"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="entry_subject"),
            models.Index(fields=["verb", "id"], name="entry_verb"),
            models.Index(fields=["place", "id"], name="entry_place"),
        ]

    def __str__(self) -> str:
        return f"#{self.id} {self.verb}"

    def sealed(self, previous: str) -> str:
        """The hash this entry must carry when it follows an entry with the hash `previous`."""
        body = {
            "id": self.id,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": [self.actor, self.actor_name],
            "verb": self.verb,
            "subject": [self.subject_kind, self.subject_id],
            "place": self.place,
            "facts": self.facts,
        }
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256((previous + text).encode()).hexdigest()
