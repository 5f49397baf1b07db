"""The documents of a briefing: the letter of invitation."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from giaoban.apps.briefings import queries, rules
from giaoban.core.text_vi.dates import write_moment


def letter(prepared: queries.Preparation, *, address: str) -> rules.Letter:
    """The letter each officer of a site gets; the page says what their own unit is asked to bring."""
    row = prepared.seen.row
    lines: Sequence[str] = (
        f"Kính mời dự: {row.title}.",
        f"Thời gian: {write_moment(timezone.localtime(row.starts_at))}.",
        *([f"Địa điểm: {row.place}."] if row.place else ()),
        *([f"Chủ trì: {row.chair}."] if row.chair else ()),
        "",
        "Chương trình:",
        *(f"{item.ordinal}. {item.title} ({item.minutes} phút)" for item in prepared.agenda),
        "",
        f"Trả lời giấy mời, xem báo cáo và việc phải chuẩn bị tại: {address}",
    )
    return rules.Letter(subject=f"Giấy mời: {row.title}", text="\n".join(lines))


def cancellation(prepared: queries.Preparation, *, reason: str) -> rules.Letter:
    """The letter each officer of a site gets when a briefing is called off."""
    row = prepared.seen.row
    lines = (
        f"Cuộc họp «{row.title}» lúc {write_moment(timezone.localtime(row.starts_at))} đã hủy.",
        f"Lý do: {reason}",
    )
    return rules.Letter(subject=f"Hủy họp: {row.title}", text="\n".join(lines))
