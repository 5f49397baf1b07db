"""What each write sends, the least that is taken seriously."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from giaoban.apps.briefings.models import Briefing
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries as rollup_queries
from giaoban.apps.tasks.models import Task
from giaoban.apps.units.models import Unit
from tests.access.scene import ORDERS, PROSE, Scene


def _about_briefings(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {"kind": "information", "words": "Đã thống nhất.", "reply": "accepted", "revision": 1}
    given |= {"title": "Giao ban", "day": "24-8-2020", "hour": "14:00", "name": "Giao ban quý", "rhythm": "quarter"}
    given |= {"item-item_id": "", "item-order": "1", "item-title": "Kết quả", "item-kind": "report"}
    given |= {"item-presenter": "", "item-unit": "", "item-minutes": "10", "address": "https://hop.example/tep"}
    briefing = Briefing.objects.filter(pk=values.get("briefing_id")).first()
    if briefing is not None:
        given |= {"site": briefing.sites.filter(is_centre=False).values_list("unit_id", flat=True)[0]}
    if name in {"briefings:ask_to_speak", "briefings:answer"}:
        given |= {"site": values.get("site_id", "")}
    given |= {
        "reason": "Trùng hội nghị khác",
        "choice": "yes",
        "text": "Đồng ý mốc số liệu?",
        "page": "1",
        "subject": "Tiến độ",
    }
    return given


def _about_tasks(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {"reason": "Có lý do", "words": "Đã làm", "product": "Dự thảo", "due": "15-12-2020"}
    given |= {"title": "Việc mới", "assigner": "btv", "kind": "task", "weight": "3", "name": "Ban Dân vận"}
    if name == "tasks:part":
        given |= {"due": "1-9-2020"}
    if name == "tasks:choose_letters":
        given |= {"email": "ten@coquan.vn"}
    if name == "tasks:make_feed":
        given |= {"unit": "01-CG"}
    if name.endswith("_event"):
        given |= {"unit_id": Unit.objects.get(code="01-CG").pk, "day": "26-8-2020", "hours": "8:00", "revision": 1}
    given |= {"lead": "Vinh" if Task.objects.filter(pk=values.get("task_id"), lead_unit__code="40-VI") else "Cầu Giấy"}
    if "task_id" in values:
        given |= {"revision": Task.objects.get(pk=values["task_id"]).revision}
    return given


def body(scene: Scene, name: str, thing: str) -> dict[str, Any]:
    """The least that each write needs to be taken seriously; anything else is refused in its own words."""
    values = scene.things[thing]
    given: dict[str, Any] = {"write_key": uuid.uuid4().hex}
    if "report_id" in values:
        report = Report.objects.get(pk=values["report_id"])
        given |= {"revision": report.revision, "reason": "Đề nghị xem lại số đại biểu.", "text": PROSE}
    if name.startswith("tasks:"):
        given |= _about_tasks(name, values)
    if name.startswith("briefings:"):
        given |= _about_briefings(name, values)
    if name == "rollups:sign":
        unit = Unit.objects.get(code=values["unit"])
        seen = rollup_queries.standing(round_=scene.world.round, unit=unit).official.digest
        given |= {"seen": seen, "is_partial": "on", "note": "Hai đơn vị chưa nộp"}
    if name == "narratives:take_in":
        given |= {"unit": Unit.objects.get(code=values["unit"]).pk, "text": ORDERS}
    if name == "narratives:correct":
        given |= {f"words-{values['draft_id']}": "Gửi danh sách."}
    if "proposal_id" in values and "finding" in values:
        given |= {"proposal": values["proposal_id"], "key": values["finding"], "why": "Đã đối chiếu biên bản."}
    if name == "reports:attach":
        given |= {"file": SimpleUploadedFile("phụ lục.pdf", b"%PDF-1.4 2", content_type="application/pdf")}
    if name == "reports:open":
        given |= {"round": scene.world.round.pk, "unit": Unit.objects.get(code=values["unit"]).pk}
    if name.startswith("units:plan"):
        given |= {"kind": "rename", "code": "01-BV", "name": "Đảng bộ Ba Vì", "title": "Sắp xếp", "day": "1-9-2020"}
        given |= {"unit": "01", "revision": 2}
    if name == "forms:publish":
        given |= {"number": 1}
    if name in {"people:give", "people:new"}:
        given |= {"unit": "01-CG", "role": "reader", "from_day": "24-8-2020", "username": "moi", "name": "Người Mới"}
    if name in {"people:password", "people:new"}:
        given |= {"password": "abcd-efgh-jkmn-pqrs"}
    if name in {"people:end", "forms:end_duty", "forms:end_exception"}:
        given |= {"until_day": "1-9-2020"}
    if name == "forms:open_round":
        given |= {"period": "2020-W36"}
    return given
