"""Stored files, kept once under the hash of their bytes."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """Tệp lưu: bytes under their hash; the name a person gave stands with whoever attached it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()  # bytes
    media_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = "tệp lưu"

    def __str__(self) -> str:
        return self.sha256[:12]
