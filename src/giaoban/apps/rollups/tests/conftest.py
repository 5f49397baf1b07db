"""The scene of these tests: the small organisation with a board."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from giaoban.apps.rollups import queries, services
from giaoban.apps.units.models import Level


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def held(world):
    """How many of the committees above base have held their congress."""
    return services.define_measure(
        actor=world.system,
        code="dai-hoi",
        name="Đại hội cấp trên cơ sở",
        definition="Số đảng bộ cấp trên trực tiếp cơ sở đã tổ chức đại hội trên số đảng bộ phải tổ chức.",
        form=world.form,
        rule="share",
        field="held",
        noun="đại hội",
        rank=1,
        due_day=date(2020, 8, 31),
        at=world.at,
    )


@pytest.fixture
def all_held(world):
    """How many committees directly under the centre are all done."""
    return services.define_measure(
        actor=world.system,
        code="xong-100",
        name="Đảng bộ trực thuộc đã xong",
        definition="Số đảng bộ trực thuộc Trung ương có toàn bộ đảng bộ bên dưới đã tổ chức đại hội.",
        form=world.form,
        rule="complete",
        field="held",
        level=Level.objects.get(code="tt"),
        noun="đảng bộ",
        rank=2,
        at=world.at,
    )


@pytest.fixture
def attended(world):
    """Delegates present."""
    return services.define_measure(
        actor=world.system,
        code="dai-bieu",
        name="Đại biểu có mặt",
        definition="Tổng số đại biểu có mặt tại các đại hội.",
        form=world.form,
        rule="sum",
        field="attended",
        noun="đại biểu",
        rank=3,
        at=world.at,
    )


@pytest.fixture
def attendance(world):
    """Delegates present of those summoned."""
    return services.define_measure(
        actor=world.system,
        code="ty-le-dai-bieu",
        name="Tỷ lệ đại biểu có mặt",
        definition="Đại biểu có mặt trên đại biểu được triệu tập.",
        form=world.form,
        rule="ratio",
        field="attended",
        base_field="summoned",
        noun="đại biểu",
        rank=4,
        at=world.at,
    )


@pytest.fixture
def told(world):
    """Who has reported."""
    return services.define_measure(
        actor=world.system,
        code="da-bao-cao",
        name="Đơn vị đã báo cáo",
        definition="Số đơn vị đã nộp báo cáo trên số đơn vị phải báo cáo.",
        form=world.form,
        rule="answered",
        noun="đơn vị",
        rank=5,
        at=world.at,
    )


@pytest.fixture
def measures(held, all_held, attended, attendance, told):
    return (held, all_held, attended, attendance, told)
