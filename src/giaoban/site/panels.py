"""What stands within the pages of other features; a place is named by the page that offers it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.base.web.panels import Panel

PANELS = (
    Panel(place="desk", url_name="tasks:reminders", label=_("Nhắc việc"), icon="late"),
    Panel(place="desk", url_name="tasks:mine", label=_("Nhiệm vụ trong tay"), icon="task"),
    Panel(place="tasks", url_name="narratives:drafts", label=_("Văn bản chỉ đạo"), icon="report"),
    Panel(place="report", url_name="tasks:of_report", label=_("Việc phải báo cáo trong kỳ này"), icon="task"),
)
