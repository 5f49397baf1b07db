"""Pages of briefings: the calendar, preparing and calling, the session's record, and what is left of it."""

from giaoban.apps.briefings.views.calling import call, invitation, pack, reply, send_pack
from giaoban.apps.briefings.views.lists import index, new_series
from giaoban.apps.briefings.views.preparing import agenda, attach, detach, document_file, new, plan, show, sites
from giaoban.apps.briefings.views.record import (
    adjourn,
    amend,
    close,
    conclude,
    make_task,
    minutes,
    notice,
    open_session,
    raise_point,
    resume,
    settle,
    tasks,
)

__all__ = [
    "adjourn",
    "agenda",
    "amend",
    "attach",
    "call",
    "close",
    "conclude",
    "detach",
    "document_file",
    "index",
    "invitation",
    "make_task",
    "minutes",
    "new",
    "new_series",
    "notice",
    "open_session",
    "pack",
    "plan",
    "raise_point",
    "reply",
    "resume",
    "send_pack",
    "settle",
    "show",
    "sites",
    "tasks",
]
