"""The forms of the demo world, kept as data beside this file, brought in as published versions with their duty."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from giaoban.apps.forms import services as forms
from giaoban.apps.forms.models import Form
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.core import periods

CODES = ("DH-TCS", "DH-TCS-N", "DH-CS", "DH-CB", "KQ-TUAN", "KQ-THANG")


@cache
def plan(code: str) -> dict[str, Any]:
    """The form as its file has it: names, schedule, duties and the form itself."""
    text = resources.files("giaoban.site.demo").joinpath(f"data/forms/{code}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def bring_in(*, actor: Actor, code: str, owner: Unit, at: datetime) -> Form:
    """Create the form, publish its first version and lay its duties."""
    book = plan(code)
    form = forms.create(
        actor=actor,
        owner=owner,
        code=code,
        name=book["name"],
        name_en=book["name_en"],
        period_kind=book["period_kind"],
        calendar=book["calendar"],
        schedule=periods.Schedule.from_json(book["schedule"]),
        data=book["spec"],
        at=at,
    )
    forms.publish(actor=actor, form_id=form.pk, number=1, at=at)
    for duty in book["duties"]:
        forms.lay_duty(
            actor=actor, form_id=form.pk, level=duty["level"], from_day=date.fromisoformat(duty["from_day"]), at=at
        )
    return form
