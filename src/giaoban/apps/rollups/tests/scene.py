"""The measures of these tests: one of every rule, over the weekly congress form."""

from __future__ import annotations

from datetime import date

from giaoban.apps.forms import services as forms
from giaoban.apps.forms.models import Form
from giaoban.apps.rollups import services
from giaoban.apps.rollups.models import Measure
from giaoban.apps.units.models import Level
from giaoban.core.periods import Schedule
from giaoban.site.demo.small import World

HELD = "Số đảng bộ cấp trên trực tiếp cơ sở đã tổ chức đại hội trên số đảng bộ phải tổ chức."
RULES = (  # code, name, rule, field, base field
    ("dai-hoi", "Đại hội cấp trên cơ sở", "share", "held", ""),
    ("xong-100", "Đảng bộ trực thuộc đã xong", "complete", "held", ""),
    ("dai-bieu", "Đại biểu có mặt", "sum", "attended", ""),
    ("ty-le-dai-bieu", "Tỷ lệ đại biểu có mặt", "ratio", "attended", "summoned"),
    ("da-bao-cao", "Đơn vị đã báo cáo", "answered", "", ""),
)


def define(world: World, code: str) -> Measure:
    """One measure by its code."""
    rank, row = next((rank, row) for rank, row in enumerate(RULES, 1) if row[0] == code)
    _, name, rule, field, base_field = row
    return services.define_measure(
        actor=world.system,
        code=code,
        name=name,
        definition=HELD,
        form=world.form,
        rule=rule,
        field=field,
        base_field=base_field,
        level=Level.objects.get(code="tt") if rule == "complete" else None,
        noun="đơn vị",
        rank=rank,
        due_day=date(2020, 8, 31),
        at=world.at,
    )


def define_all(world: World) -> tuple[Measure, ...]:
    """All of them, in the order of the board."""
    return tuple(define(world, row[0]) for row in RULES)


# ---------------------------------------------------------------- a form that units of three levels owe

_STEPS = [{"level": level, "working_days": 1, "at": "17:00"} for level in ("co-so", "tren-co-so", "tt")]
COUNTS = (  # code, rule, field, base field
    ("c-co", "share", "held", ""),
    ("c-xong", "complete", "held", ""),
    ("c-nguoi", "sum", "people", ""),
    ("c-dang-vien", "sum", "members", ""),
    ("c-so-co", "sum", "held", ""),
    ("c-ty-le", "ratio", "people", "invited"),
    ("c-bao-cao", "answered", "", ""),
)


def define_counts(world: World, *, period_kind: str = "week") -> tuple[Form, tuple[Measure, ...]]:
    """A form of flows, stocks and yes-or-no that units of three levels owe, and measures of every rule over it."""
    form = forms.create(
        actor=world.system,
        owner=world.centre,
        code="DEM",
        name="Số đếm",
        period_kind=period_kind,
        calendar="calendar",
        schedule=Schedule.from_json({"cut_off": {"days": 0, "at": "12:00"}, "steps": _STEPS}),
        data={
            "title": "Số đếm",
            "fields": [
                {"code": "held", "label": "Đã tổ chức", "kind": "yesno"},
                {"code": "people", "label": "Lượt người", "kind": "whole"},
                {"code": "invited", "label": "Lượt người được mời", "kind": "whole"},
                {"code": "members", "label": "Đảng viên", "kind": "whole", "measure": "stock"},
            ],
        },
        at=world.at,
    )
    forms.publish(actor=world.system, form_id=form.pk, number=1, at=world.at)
    for step in _STEPS:
        forms.lay_duty(
            actor=world.system, form_id=form.pk, level=step["level"], from_day=date(2015, 10, 1), at=world.at
        )
    measures = tuple(
        services.define_measure(
            actor=world.system,
            code=code,
            name=f"Thước đo {code}",
            definition=HELD,
            form=form,
            rule=rule,
            field=field,
            base_field=base_field,
            level=Level.objects.get(code="tren-co-so") if rule == "complete" else None,
            noun="người",
            rank=rank,
            at=world.at,
        )
        for rank, (code, rule, field, base_field) in enumerate(COUNTS, 1)
    )
    return form, measures
