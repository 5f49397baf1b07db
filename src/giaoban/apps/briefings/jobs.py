"""What follows a session: sound and picture are opened, given to who has the floor, taken back, and closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from giaoban.apps.briefings import rules
from giaoban.apps.briefings.models import Briefing
from giaoban.base import media
from giaoban.base.jobs import follows, job
from giaoban.base.jobs.following import Told
from giaoban.base.media import Provider


@follows("briefings.")
@job(name="briefings.sound_and_picture", label=_("Âm thanh, hình ảnh của cuộc giao ban"))
def sound_and_picture(*, entries: tuple[Told, ...], at: datetime) -> None:
    """Tell the provider what the session has come to; said twice it does no harm."""
    provider = media.provider()
    for entry in entries:
        _tell(provider, entry.verb, entry.subject_id, entry.facts)


def _tell(provider: Provider, verb: str, subject_id: int, facts: dict[str, Any]) -> None:
    match verb:
        case "briefings.opened":
            address = Briefing.objects.filter(pk=subject_id).values_list("media_address", flat=True).first()
            provider.open(room=str(subject_id), address=address or "")
        case "briefings.speech_begun":
            provider.let_publish(room=str(facts["briefing"]), who=rules.participant(facts["site_id"]))
        case "briefings.speech_ended":
            provider.mute(room=str(facts["briefing"]), who=rules.participant(facts["site_id"]))
        case "briefings.closed":
            provider.close(room=str(subject_id))
