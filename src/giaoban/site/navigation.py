"""The places of the rail, in their order. A place stands here once its pages exist."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.base.web.frame import NavigationPlace

REPORTS = ("/review/", "/owing/", "/narratives/")
TASKS = ("/narratives/instructions/", "/narratives/drafts/")
SYSTEM = ("/units/", "/forms/", "/people/")

PLACES = (
    NavigationPlace(key="desk", label=_("Bàn làm việc"), href="/", icon="desk", shortcut="d"),
    NavigationPlace(key="reports", label=_("Báo cáo"), href="/reports/", icon="report", shortcut="b", also=REPORTS),
    NavigationPlace(key="rollups", label=_("Tổng hợp"), href="/rollups/", icon="sum", shortcut="t"),
    NavigationPlace(key="tasks", label=_("Nhiệm vụ"), href="/tasks/", icon="task", shortcut="n", also=TASKS),
    NavigationPlace(key="briefings", label=_("Giao ban"), href="/briefings/", icon="briefing", shortcut="g"),
    NavigationPlace(key="system", label=_("Hệ thống"), href="/system/", icon="system", shortcut="h", also=SYSTEM),
)
