"""What a closed briefing is sealed over."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from giaoban.apps.briefings.models import Briefing


def sealed_record(briefing: Briefing) -> dict[str, Any]:
    """What a seal is made over: the agenda as it went, notes, answers, conclusions, the packs sent."""
    return {
        "title": briefing.title,
        "period": briefing.period_code,
        "closed_at": briefing.closed_at.astimezone(UTC).isoformat() if briefing.closed_at else "",
        "agenda": list(
            briefing.agenda.order_by("ordinal", "pk").values_list("title", "kind", "state", "seconds_spent")
        ),
        "sites": list(briefing.sites.order_by("ordinal").values_list("name", "reply", "substitute")),
        "notes": list(briefing.notes.order_by("pk").values_list("item__ordinal", "words", "revision")),
        "answers": list(
            briefing.questions.order_by("pk", "answers__site__ordinal").values_list(
                "text", "answers__site__name", "answers__choice"
            )
        ),
        "conclusions": list(
            briefing.conclusions.order_by("pk").values_list("kind", "ordinal", "words", "lead_unit__code", "product")
        ),
        "packs": list(briefing.packs.order_by("number").values_list("sha256", flat=True)),
    }
