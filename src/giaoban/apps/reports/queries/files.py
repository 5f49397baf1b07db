"""A file given with a report."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.apps.reports import access
from giaoban.apps.reports.models import Attachment, Report
from giaoban.base.access import Actor
from giaoban.base.attachments import store
from giaoban.core.refusal import NotFound


@dataclass(frozen=True)
class StoredBytes:
    """An attachment with its bytes, under the name its giver used."""

    name: str
    media_type: str
    data: bytes


def attached_file(*, actor: Actor, attachment_id: int) -> StoredBytes:
    """The bytes of an attachment of a report the actor may read. One query.

    Raises NotFound (also for a file taken off), store.FileGone when the disk has lost it.
    """
    attachment = (
        Attachment.objects.filter(
            pk=attachment_id, is_withdrawn=False, report__in=Report.objects.allowed(actor, access.READ)
        )
        .select_related("file")
        .first()
    )
    if attachment is None:
        raise NotFound()
    data = store.data_of(attachment.file, name=attachment.name)
    return StoredBytes(name=attachment.name, media_type=attachment.file.media_type, data=data)
