"""Prose that offices of the demo world received: reports in words for some weeks, and two instructions from above.

Every sentence was written for this world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources

from giaoban.apps.narratives import services as narratives
from giaoban.apps.narratives.models import Instruction
from giaoban.apps.narratives.services import instructions
from giaoban.apps.reports.models import Report
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.site.demo.past import morning


@dataclass(frozen=True)
class Told:
    """A report in words: whose, on which form and week, when it came."""

    file: str
    unit: str
    form: str
    week: str
    at: datetime


@dataclass(frozen=True)
class Sent:
    """An instruction: for whom, when it came, which of its drafts were kept and which dismissed, by ordinal."""

    file: str
    unit: str
    at: datetime
    kept: tuple[int, ...] = ()
    dismissed: tuple[int, ...] = ()


_SUNDAY = date(2020, 8, 23)
_REPORTS = (
    Told("cau-giay", "01-05", "DH-TCS", "2020-W33", morning(_SUNDAY, days_before=7)),
    Told("ha-noi", "01", "KQ-TUAN", "2020-W33", morning(_SUNDAY, days_before=6)),
    Told("nghe-an", "40", "KQ-TUAN", "2020-W34", morning(_SUNDAY, days_before=0)),
    Told("quan-doi", "QD", "KQ-TUAN", "2020-W34", morning(_SUNDAY, days_before=0)),
)
_INSTRUCTIONS = (
    Sent("thong-bao-thanh-uy", "01-05", morning(_SUNDAY, days_before=10), kept=(1, 2, 4, 6), dismissed=(3,)),
    Sent("thong-bao-ban-to-chuc", "01", morning(_SUNDAY, days_before=2), kept=(1, 2)),
)


def receive_all(*, actors: Mapping[str, Actor], units: Mapping[str, Unit]) -> None:
    """Receive every text by the hand of the unit's own officer."""
    for told in _REPORTS:
        report = Report.objects.get(unit__code=told.unit, form_version__form__code=told.form, period__code=told.week)
        narratives.paste(
            actor=actors[told.unit], report_id=report.pk, text=_text("prose", told.file), name=told.file, at=told.at
        )
    for sent in _INSTRUCTIONS:
        _receive(sent, actors[sent.unit], units[sent.unit])


def _receive(sent: Sent, actor: Actor, unit: Unit) -> None:
    instruction: Instruction = instructions.receive_instruction(
        actor=actor, unit_id=unit.pk, name=sent.file, text=_text("instructions", sent.file), at=sent.at
    )
    for draft in instruction.drafts.order_by("ordinal"):
        if draft.ordinal in sent.kept:
            instructions.keep_draft(actor=actor, draft_id=draft.pk, at=sent.at)
        elif draft.ordinal in sent.dismissed:
            instructions.dismiss_draft(actor=actor, draft_id=draft.pk, at=sent.at)


def _text(folder: str, name: str) -> str:
    return resources.files("giaoban.site.demo").joinpath(f"data/{folder}/{name}.txt").read_text(encoding="utf-8")
