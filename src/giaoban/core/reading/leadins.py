"""What an enumeration is: told by the sentence that leads into it."""

from __future__ import annotations

import re

DIRECTIVE, RESULT, LESSON, AGENDA, PLAN = "directive", "result", "lesson", "agenda", "plan"
NOTHING = "nothing"  # under «Nơi nhận» stand no items of the text
UNTOLD = "untold"  # a part whose heading tells nothing: what was said before it no longer holds

_SIGNS = (
    (LESSON, re.compile(r"bài học|kinh nghiệm|rút ra|đúc kết|thấy rõ|chiêm nghiệm")),
    (AGENDA, re.compile(
        r"chương trình (?:hội nghị|phiên họp|cuộc họp|đại hội)|nội dung (?:hội nghị|phiên họp|cuộc họp|giao ban)"
        r"|theo chương trình$|chương trình (?:hội thảo|tọa đàm|buổi|lễ)[^.,:]{0,40}$"
        r"|chương trình[^.:]{0,40} như sau$"
        r"|nghe (?:và|,) (?:cho ý kiến|thảo luận)|hội nghị (?:sẽ )?(?:xem xét|thảo luận|nghe)")),
    (DIRECTIVE, re.compile(
        r"nhiệm vụ trọng tâm|nhiệm vụ sau|giao nhiệm vụ|nhiệm vụ cụ thể sau|yêu cầu|đề nghị|chỉ đạo|lưu ý"
        r"|giao (?:các|cho|ban|văn phòng|phòng|vụ|đảng ủy)"
        r"|nhiệm vụ (?:chủ yếu|chính|cơ bản|quan trọng)|(?:một số|các|những) (?:nhiệm vụ|nội dung|việc|vấn đề"
            r"|giải pháp) (?:\w+ ){0,4}sau|cần (?:tập trung|làm tốt|thực hiện|quan tâm)|kết luận(?: như sau)?:?$"
        r"|(?:nhấn mạnh|nhắc nhở|phân công|thống nhất|quyết nghị|quyết định)(?: như sau| cụ thể)?:?$"
    )),
    (PLAN, re.compile(
        r"phương hướng|kế hoạch|trong (?:tháng|quý|tuần|thời gian) tới|thời gian tới|dự kiến|nhiệm vụ "
        r"(?:\w+ ){0,4}(?:tháng|quý|tuần|năm|6 tháng)|sẽ ")),
    (RESULT, re.compile(
        r"kết quả|cụ thể|đã (?:đạt|làm|triển khai|tham mưu|thực hiện|hoàn thành)|nổi bật|thành tích|ưu điểm"
        r"|hạn chế|tồn tại|khuyết điểm|nguyên nhân|khó khăn|như sau")),
)  # fmt: skip
_PAST = re.compile(r"(?<!\w)đã(?!\w)")
_ASKS = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|chỉ đạo|lưu ý)(?!\w)")


def role_of(lead_in: str, *, before: str = "", heading: bool = False) -> str | None:
    """The role of the items behind a lead-in sentence (small letters); None when nothing in it tells.

    A bare «Cụ thể:» takes its meaning from the sentence `before` it. A `heading` about tasks announces a plan.

    >>> role_of("đồng chí nhấn mạnh những bài học quý như:")
    'lesson'
    >>> role_of("ghi nhận kết quả tuần qua, chỉ đạo tập trung vào các nhiệm vụ trọng tâm:")
    'directive'
    """
    text = lead_in.strip().rstrip(": ")
    if _SIGNS[0][1].search(text):
        return LESSON
    if heading:
        return _heading(text)
    if len(text) <= 24 and text.endswith(
        ("cụ thể", "cụ thể là", "như sau", "cụ thể như sau", "đó là", "trong đó", "bao gồm")
    ):
        return DIRECTIVE if _ASKS.search(before) and not _PAST.search(before) else RESULT
    last = {role: _last(pattern, text) for role, pattern in _SIGNS}
    if last[AGENDA] >= 0:
        return AGENDA
    if last[RESULT] >= 0 and last[RESULT] > last[DIRECTIVE] and not re.search(r"(?:yêu cầu|đề nghị) .*như sau$", text):
        if text.endswith("như sau") and last[DIRECTIVE] >= 0:
            return DIRECTIVE
        return RESULT
    if last[DIRECTIVE] >= 0 and _PAST.search(text[last[DIRECTIVE] :]) and last[RESULT] >= 0:
        return RESULT
    if last[DIRECTIVE] >= 0:
        return DIRECTIVE
    return PLAN if last[PLAN] >= 0 else None


_NOTHING = re.compile(
    r"nơi nhận|kính gửi|thành phần|địa điểm|chú thích|lịch (?:công tác|làm việc|tuần)|tải về|phụ lục|ghi chú"
    r"|thời gian, địa điểm"
)
_UNITS = re.compile(r"phòng kế hoạch|ban kế hoạch|vụ kế hoạch|kế hoạch (?:- |tổng hợp|đầu tư|nghiệp vụ)")
_ASKING = re.compile(r"(?:đề nghị|yêu cầu|giao (?!ban|dịch|thông|lưu)|kiến nghị (?:với )?[^\W\d]+ )")


def asks(text: str) -> bool:
    """Whether an item itself asks somebody: «Đề nghị …», «Giao …».

    >>> asks("đề nghị ubnd tỉnh bố trí 2 tỷ đồng"), asks("giao ban tuần")
    (True, False)
    """
    return _ASKING.match(text.lstrip()) is not None


def binds(text: str) -> bool:
    """Whether an article of a decision binds somebody to do something."""
    return re.search(r"chịu trách nhiệm|có trách nhiệm|giao (?!ban )|yêu cầu", text) is not None


def _heading(text: str) -> str | None:
    text = _UNITS.sub(" ", text)
    if _NOTHING.match(text):
        return NOTHING
    if re.search(r"kinh nghiệm|bài học", text):
        return LESSON
    if re.search(r"yêu cầu|đề nghị|kiến nghị|chỉ đạo|việc cần làm|đề xuất", text) and not re.search(
        r"kết quả|tình hình|khiếu nại|tiếp nhận|phúc tra", text
    ):
        return DIRECTIVE
    if re.search(r"kết quả|tình hình|ưu điểm|hạn chế|tồn tại|đánh giá|thực trạng|nguyên nhân|ý kiến|báo cáo", text):
        return RESULT
    if re.search(r"kết luận", text):
        return DIRECTIVE
    if re.search(
        r"nhiệm vụ|phương hướng|kế hoạch|công tác (?:tháng|tuần|quý) (?:tới|sau)|dự kiến|trọng tâm|các bước|tiến độ"
        r"|mốc thời gian|tổ chức thực hiện|chương trình (?:công tác|tháng|tuần|quý|năm|hoạt động|hành động)"
        r"|công việc (?:tháng|tuần|quý)|giải pháp|chỉ tiêu|mục tiêu|bảng kiểm|việc (?:chuẩn bị|phải làm)|thời hạn"
        r"|phân công|chuẩn bị",
        text,
    ):
        return PLAN
    if re.search(r"chương trình|nội dung (?:hội nghị|họp)", text):
        return AGENDA
    return None


def _last(pattern: re.Pattern[str], text: str) -> int:
    place = -1
    for match in pattern.finditer(text):
        place = match.start()
    return place
