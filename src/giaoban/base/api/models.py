"""Receipts: a write that is sent twice is done once and answered twice."""

from __future__ import annotations

from django.db import models


class Receipt(models.Model):
    """Biên nhận: what was answered to a write with this idempotency key."""

    key = models.CharField(max_length=80)
    actor = models.CharField(max_length=40)  # Actor.key: keys of two people never meet
    fingerprint = models.CharField(max_length=64)  # sha256 of method, path and body
    status = models.PositiveSmallIntegerField(default=0)  # 0 while the write is under way
    location = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "biên nhận"
        constraints = [models.UniqueConstraint("actor", "key", name="one_receipt_per_actor_and_key")]

    def __str__(self) -> str:
        return self.key
