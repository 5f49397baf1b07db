"""Sentences that tell somebody to act without being numbered: «đề nghị …», «cần …», «… sẽ triển khai»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from giaoban.core.reading.blocks import BODY, LEAD, Block
from giaoban.core.reading.leadins import DIRECTIVE, NOTHING, PLAN, asks
from giaoban.core.reading.page import Page
from giaoban.core.reading.phrases import Phrases

_NOUN_BEFORE = (
    "chất lượng", "theo", "đáp ứng", "bảo đảm", "đảm bảo", "các", "những", "mọi", "đạt", "sự", "lãnh đạo,",
    "ý kiến", "có", "nhu cầu,", "ban", "của", "văn bản", "công tác", "được", "tổ", "nào", "đơn", "tờ trình", "hồ sơ",
    "trước", "%", "cá nhân", "tập thể", "phiếu",
    "không", "trường hợp", "lượt", "số",
)  # fmt: skip
# None of these begins with a look-behind, which would slow the search tenfold; `_first` looks at the border afterwards.
_SAYS = re.compile(
    r"(?:đề nghị|yêu cầu|lưu ý|nhấn mạnh|chỉ đạo|nhắc (?=các|đảng|chi |cấp|huyện|xã|toàn)|dặn"
    r"|giao(?! dịch| thông| lưu| nhận| hữu)|phân công|quán triệt)(?!\w)"
)
_MUST = re.compile(
    r"(?:cần|phải)(?: (?:phải|đặc biệt|tiếp tục|tập trung|sớm|chủ động|thường xuyên|khẩn trương"
    r"|kịp thời|tích cực|chú trọng|thực sự|nghiêm túc))?\s(?=(?P<verb>\w+ \w+))"
)
_WILL = re.compile(r"(?:sẽ |xác định (?:tiếp tục|tập trung|đến|phấn đấu)|dự kiến[ ,])")
_PAST = re.compile(r"(?:đã|vừa qua|trong thời gian qua|thời gian qua)(?!\w)")
_LINKS = (
    "trong đó", "đồng thời", "bên cạnh đó", "ngoài ra", "cùng với đó", "trước mắt", "đặc biệt", "nhất là",
    "mặt khác", "thời gian tới",
    "trong thời gian tới", "tiếp đó", "song song với đó", "đối với",
)  # fmt: skip


def cue_sentences(
    *,
    page: Page,
    rows: Sequence[Block],
    taken: Sequence[tuple[int, int]],
    parts: Sequence[tuple[int, str | None]] = (),
) -> list[tuple[int, int, str]]:
    """Spans and roles of the sentences that direct or plan, outside the spans already taken by items and headings.

    A sentence that directs opens a stretch: those behind it that begin with an order go on with it, until one tells
    again what has been done. `parts`: from which place on a heading gives the text which role.
    """
    found: list[tuple[int, int, str]] = []
    going: str | None = None
    spans = sorted(taken)
    cursor = part = 0
    for start, end in page.sentences:
        while cursor < len(spans) and spans[cursor][1] <= start:
            cursor += 1
        while part < len(parts) and parts[part][0] <= start:
            part += 1
        if cursor < len(spans) and spans[cursor][0] < end:
            going = None
            continue
        if rows[page.line_index(start)].role not in (BODY, LEAD):
            continue
        under = parts[part - 1][1] if part else None
        if not _is_statement(page, start, end) or (under == NOTHING and not asks(page.low[start:end])):
            continue
        role = _role(page, start, end, going, under)
        if role is not None:
            found.append((start, end, role))
        going = role
    return found


def _is_statement(page: Page, start: int, end: int) -> bool:
    """A sentence that ends as one, not a caption, a heading or a lead-in."""
    return page.view[end - 1] in ".!…;”" or (page.view[end - 1].isalnum() and end - start > 120)


def _first(pattern: re.Pattern[str], text: str, stop: int | None = None) -> re.Match[str] | None:
    """The first match that does not begin inside a word."""
    for match in pattern.finditer(text, 0, len(text) if stop is None else stop):
        if not match.start() or not (text[match.start() - 1].isalnum() or text[match.start() - 1] == "_"):
            return match
    return None


def _role(page: Page, start: int, end: int, going: str | None, under: str | None) -> str | None:
    text, imperatives = page.low[start:end], page.words.imperatives
    if text.endswith(":"):
        return None
    past = _first(_PAST, text) if "đã" in text or " qua" in text else None
    said = _says(text, page.view[start:end])
    if said is not None and (past is None or past.start() > said):
        return DIRECTIVE
    must = _must(text)
    if must and (past is None or past.start() > must.end()) and _orders(text, must, imperatives):
        return DIRECTIVE
    if past is None and (_answers_for(text) or _sends_by(text)):
        return DIRECTIVE
    may_plan = past is None and ("sẽ " in text or "xác định" in text or "dự kiến" in text)
    will = _first(_WILL, text, 96) if may_plan else None
    if will and will.start() <= 80:
        return PLAN
    if past is None and (_AIM.match(text) or text.startswith("từ nay ") or _first(_STRIVE, text, 110)):
        return PLAN
    if going and _goes_on(text, _without_links(text), imperatives):
        return going
    return _under(text, under, past, imperatives)


_STRIVE = re.compile(r"phấn đấu(?! của)(?!\w)")
_AIM = re.compile(r"(?:mục tiêu|chỉ tiêu)[^.:\n]{0,40}:")
_ANSWERS = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm)(?! hơn| cao)(?!\w)")
_NO_SUBJECT = re.compile(
    r"(?:trong|tại|theo|ngày|sáng|chiều|hiện|tổng|số |có |còn |tính|đến|nhằm|toàn|nhìn chung|tuy|do)"
)


_SENDS = re.compile(
    r"(?:các|mỗi|từng) [^.;:]{3,60}? (?:gửi|nộp|báo cáo|hoàn thành)(?!\w)[^.;]{0,90}(?:trước|chậm nhất)"
)


def _sends_by(text: str) -> bool:
    """«Các cơ quan gửi báo cáo trước ngày 02/7»."""
    return ("trước" in text or "chậm nhất" in text) and _SENDS.match(text) is not None


def _answers_for(text: str) -> bool:
    """«Thủ trưởng đơn vị chịu trách nhiệm về số liệu»."""
    if "trách nhiệm" not in text:
        return False
    match = _first(_ANSWERS, text)
    return match is not None and match.start() <= 110


def _under(text: str, under: str | None, past: re.Match[str] | None, imperatives: Phrases) -> str | None:
    """A sentence in a part about tasks of the coming time is one of them; one that only describes is not."""
    if under not in (PLAN, DIRECTIVE) or past is not None or "cảm ơn" in text or "không gửi" in text:
        return None
    body = _without_links(text)
    if imperatives.at(body, 0):
        return under
    return under if not _NO_SUBJECT.match(body) and _first(_DEED, body, 90) else None


_DEED = re.compile(
    r"(?:gửi|nộp|báo cáo|hoàn thành|tổ chức|phối hợp|rà soát|tổng hợp|tham mưu|chuẩn bị|đăng ký|lập|xây dựng|triển khai"
    r"|theo dõi|đôn đốc|kiểm tra|bố trí|chủ trì|hướng dẫn|trình|ban hành|thực hiện|phấn đấu|đẩy mạnh|tăng cường)(?!\w)"
)


def _must(text: str) -> re.Match[str] | None:
    if "cần" not in text and "phải" not in text:
        return None
    match = _first(_MUST, text)
    return None if match is None or text.endswith("ân ", 0, match.start()) else match


def _orders(text: str, must: re.Match[str], imperatives: Phrases) -> bool:
    """«cần» before an imperative or near the head of the sentence; «phải giải quyết: 18 đơn» is a heading."""
    if text[: must.start()].endswith(("còn ", "không ")):
        return False
    if ":" in text[must.end() : must.end() + 24] or text[: must.start()].startswith(("số ", "tổng số ")):
        return False
    if must[0].startswith("phải"):
        return imperatives.at(text, must.start("verb")) > 0 and must.start() <= 90
    return imperatives.at(text, must.start("verb")) > 0 or must.start() <= 30


def _may_say(text: str) -> bool:
    """Whether one of the verbs can stand there at all; spelled out, it costs a third of the pattern."""
    return (
        "đề nghị" in text
        or "nhắc " in text
        or "dặn" in text
        or "yêu cầu" in text
        or "lưu ý" in text
        or "chỉ đạo" in text
        or "giao" in text
        or "phân công" in text
        or "nhấn mạnh" in text
        or "quán triệt" in text
    )


def _says(text: str, view: str) -> int | None:
    if not _may_say(text):
        return None
    for match in _SAYS.finditer(text):
        if match.start() and text[match.start() - 1].isalnum():
            continue
        if match[0] == "giao" and view.startswith(" ban", match.end()):  # a briefing; «giao Ban» is an order
            continue
        before = text[: match.start()].rstrip()
        if before.endswith(_NOUN_BEFORE) or (match[0] == "chỉ đạo" and before.endswith(("lãnh đạo", ","))):
            continue
        if match[0] in ("đề nghị", "yêu cầu") and _lists_deeds(before):
            continue
        after = text[match.end() : match.end() + 40].lstrip()
        if not after or after[0] in ",.;)":
            continue
        if match[0] in ("chỉ đạo", "giao", "phân công", "nhấn mạnh", "quán triệt") and not _addresses(after, before):
            continue
        return match.start()
    return None


_SPEAKER = re.compile(r"(?:đồng chí|bí thư|trưởng|chủ tịch|lãnh đạo|bà|ông|kết luận|phát biểu|hội nghị)(?!\w)")


def _lists_deeds(before: str) -> bool:
    """«họp phiên thường kỳ, kết nạp 5 đảng viên, đề nghị …»: one of several things done."""
    return before.endswith(",") and any(c.isdigit() for c in before) and not _SPEAKER.search(before)


_ADDRESSEES = (
    "các", "ban", "toàn", "văn phòng", "vụ", "phòng", "đảng ủy", "tiếp tục", "cần", "phải", "tập trung",
    "tỉnh ủy", "cấp ủy", "thời gian tới", "huyện ủy", "đơn vị",
)  # fmt: skip


def _addresses(after: str, before: str) -> bool:
    if not after.startswith(_ADDRESSEES):
        return False
    if not before or before.endswith((":", "đồng chí", "lãnh đạo ban", "ủy", "ban")):
        return True
    return bool(
        re.search(r"(?:đồng chí|bí thư|trưởng ban|chủ tịch|lãnh đạo|hội nghị|bà|ông)(?:\s\S+){0,12}$", before[-90:])
    )


_SUBJECTS = ("các ", "ban ", "văn phòng", "phòng ", "vụ ", "đảng ủy", "huyện ủy", "cấp ủy", "từng ", "mỗi ")


def _without_links(text: str) -> str:
    for link in _LINKS:
        if text.startswith(link):
            return text[len(link) :].lstrip(" ,")
    return text


def _goes_on(text: str, body: str, imperatives: Phrases) -> bool:
    if _first(_PAST, text, 80):
        return False
    if imperatives.at(body, 0):
        return True
    if body.startswith(_SUBJECTS) and any(
        f" {verb} " in body[:70] for verb in ("gửi", "báo cáo", "hoàn thành", "phối hợp")
    ):
        return True
    head = body[:110]
    return bool(
        re.search(r"(?<!\w)(?:tiếp tục|cần|phải|chủ động|tập trung|khẩn trương|tích cực|thực hiện tốt)(?!\w)", head)
    )
