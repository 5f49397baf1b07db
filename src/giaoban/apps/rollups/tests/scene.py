"""The measures of these tests: one of every rule, over the weekly congress form."""

from __future__ import annotations

from datetime import date

from giaoban.apps.rollups import services
from giaoban.apps.rollups.models import Measure
from giaoban.apps.units.models import Level
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
