"""The weekly results of the 67 committees under the centre. By 23-8-2020 the drafts of 15 had been commented on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from giaoban.site.demo import congress, draw, places

COMMENTED_BY = (4, 6, 8, 11, 13, 15)  # one for each week of congress.HELD_BY; only the last is published

_DONE = (
    "Ban Thường vụ đã nghe báo cáo tiến độ chuẩn bị văn kiện và phương án nhân sự đại hội.",
    "Đã tổ chức rút kinh nghiệm đại hội điểm và hướng dẫn các đảng bộ còn lại hoàn thiện văn kiện.",
    "Các tổ công tác đã làm việc với những đảng bộ chưa tổ chức đại hội, tháo gỡ vướng mắc về nhân sự.",
    "Đã thẩm định hồ sơ nhân sự cấp ủy khóa mới và bảo đảm công tác phòng, chống dịch khi tổ chức đại hội.",
)
_NEXT = (
    "Tiếp tục theo dõi, đôn đốc các đảng bộ chưa tổ chức đại hội.",
    "Hoàn thiện dự thảo báo cáo chính trị sau khi tiếp thu ý kiến góp ý.",
    "Chuẩn bị nội dung giao ban tháng và kiểm tra công tác hậu cần đại hội.",
)


def commented(*, by: date) -> frozenset[str]:
    """Codes of the committees whose drafts had been commented on by that Sunday: a set that only grows."""
    codes = [unit.code for unit in places.committees()]
    count = COMMENTED_BY[list(congress.HELD_BY).index(by)]
    return frozenset(draw.shuffled(codes, "commented")[:count])


def figures(code: str, sunday: date) -> dict[str, Any]:
    """What one committee writes about the week that ends on `sunday`."""
    received = draw.number(code, sunday, "letters", low=0, high=24)
    return {
        "drafts_commented": code in commented(by=sunday),
        "congress_day": (date(2020, 9, 14) + timedelta(days=draw.number(code, "congress", low=0, high=42))).isoformat(),
        "groups_sent": draw.number(code, sunday, "groups", low=0, high=6),
        "new_members": draw.number(code, sunday, "new", low=15, high=110),
        "decisions": draw.number(code, sunday, "decisions", low=0, high=18),
        "letters_received": received,
        "letters_answered": draw.number(code, sunday, "answered", low=received // 2, high=received),
        "results": draw.one_of(_DONE, code, sunday, "done"),
        "plan": draw.one_of(_NEXT, code, sunday, "next"),
    }
