"""Scenes the tests of tasks share: bodies and topics, and a task in any state."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from giaoban.apps.tasks import rules, services
from giaoban.apps.tasks.models import Assigner, Task
from giaoban.apps.units.models import Unit
from giaoban.site.demo.small import World

IN_TIME = date(2020, 9, 15)
BOXES = {  # a task as it is typed
    "title": "Dự thảo hướng dẫn tổng kết nhiệm kỳ",
    "lead": "Cầu Giấy",
    "due": "đến hết tháng 9-2020",
    "assigner": "btv",
    "product": "Dự thảo hướng dẫn",
    "topic": "nhan-su",
    "kind": "task",
    "source_kind": "conclusion",
    "source_label": "Kết luận giao ban tuần",
    "source_symbol": "",
    "source_day": "24-8-2020",
    "officer": "",
    "post": "",
    "coordinating": "",
    "weight": "3",
}


def lists(world: World) -> None:
    """Three bodies and two topics."""
    if Assigner.objects.exists():
        return
    for rank, (code, name) in enumerate((("bct", "Bộ Chính trị"), ("bbt", "Ban Bí thư"), ("btv", "Ban Thường vụ"))):
        services.name_assigner(actor=world.system, name=name, code=code, rank=rank, at=world.at)
    for rank, (code, name) in enumerate((("nhan-su", "công tác nhân sự"), ("dang-vien", "công tác đảng viên"))):
        services.name_topic(actor=world.system, name=name, code=code, rank=rank, at=world.at)


def assignment(lead: Unit, **instead: Any) -> rules.Assignment:
    """A whole assignment; named words stand instead of the usual."""
    usual: dict[str, Any] = {
        "title": "Dự thảo hướng dẫn tổng kết nhiệm kỳ",
        "lead_unit_id": lead.pk,
        "due": rules.Deadline(IN_TIME),
        "assigner": "btv",
        "product": "Dự thảo hướng dẫn",
    }
    return rules.Assignment(**usual | instead)


def assigned(world: World, lead: Unit, *, days_ago: int = 0, **instead: Any) -> Task:
    """A task Hà Nội (or whoever is above the lead) gave `days_ago` days ago."""
    lists(world)
    at = world.at - timedelta(days=days_ago)
    return services.assign(actor=_giver(world, lead), task=assignment(lead, **instead), at=at)


def _giver(world: World, lead: Unit) -> Any:
    return next(one for one in (world.binh, world.hoa, world.quan, world.an) if one.reach("reviewer").covers(lead.path))


def taken(world: World, lead: Unit, *, days_ago: int = 0, **instead: Any) -> Task:
    """A task the unit is working on."""
    task = assigned(world, lead, days_ago=days_ago, **instead)
    at = world.at - timedelta(days=days_ago)
    return services.take(actor=world.actor_at(lead), task_id=task.pk, at=at)


def handed_in(world: World, lead: Unit, **instead: Any) -> Task:
    """A task whose result waits for a decision."""
    task = taken(world, lead, **instead)
    return services.hand_in(actor=world.actor_at(lead), task_id=task.pk, product="Đã gửi dự thảo.", at=world.at)


def accepted(world: World, lead: Unit, **instead: Any) -> Task:
    """A task whose result was received."""
    task = handed_in(world, lead, **instead)
    return services.accept(actor=_giver(world, lead), task_id=task.pk, at=world.at)


def many(world: World, count: int, *, leads: Sequence[Unit]) -> list[Task]:
    """`count` tasks handed out in turn to these units, on two topics, due day after day."""
    lists(world)
    return [
        services.assign(
            actor=_giver(world, leads[number % len(leads)]),
            task=assignment(
                leads[number % len(leads)],
                title=f"Việc số {number}",
                topic=("nhan-su", "dang-vien", "")[number % 3],
                assigner=("bct", "bbt", "btv")[number % 3],
                due=rules.Deadline(world.day + timedelta(days=number % 60)),
            ),
            at=world.at,
        )
        for number in range(count)
    ]


def person(client: Client, world: World, username: str) -> Client:
    client.force_login(world.accounts[username])
    return client


def send(client: Client, address: str, **data: Any) -> HttpResponse:
    """A POST with a write key of its own."""
    return client.post(address, {"write_key": uuid.uuid4().hex} | data)
