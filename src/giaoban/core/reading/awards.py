"""Distinctions by name: orders, medals, certificates, flags, badges, titles of honour, prizes with their class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from giaoban.core.reading.blocks import Block
from giaoban.core.reading.facts import SURE, Award
from giaoban.core.reading.namelists import PRIZE
from giaoban.core.reading.page import Page
from giaoban.core.reading.posts import phrase_end

_CLASS = r"hạng (?:nhất|nhì|ba|iii|ii|i)(?!\w)(?:(?:,| và) (?:hạng )?(?:nhất|nhì|ba|iii|ii|i)(?!\w)){0,2}"
_ORDER = re.compile(
    rf"(?: (?:lao động|độc lập|sao vàng|hồ chí minh|quân công|chiến công|bảo vệ tổ quốc|đại đoàn kết dân tộc|dũng cảm"
    rf"|hữu nghị|kháng chiến|chiến sĩ vẻ vang|quân kỳ quyết thắng|vì an ninh tổ quốc|itxala|tự do|phát triển"
    rf"|vàng|bạc|đồng(?! chí)))?(?:,? {_CLASS})?"
)
_OF = re.compile(
    r"(?: (?:cấp (?:tỉnh|bộ|thành phố|huyện|cơ sở|trung ương)|xuất sắc|toàn diện|chính phủ(?! cho)))?( của)?"
    r"(?= |$|\W)"
)
_FOR = re.compile(r",? [“\"]?vì [^\n.;,“”\"]{3,90}[”\"]?")
_FOR_END = re.compile(r" (?:cho|của|tặng|năm|tại|trao|và|đã|được)(?!\w)")
_AND_ANOTHER = re.compile(
    r",? (?:và|cùng|kèm) (?:bằng|giấy|cờ|huân|huy|kỷ niệm|danh hiệu|tiền|hoa|quà|phần|giải|[0-9])"
    r"| (?:năm [0-9]|giai đoạn|nhân dịp|nhân ngày|vì|[0-9])"
)
_YEARS = re.compile(
    r"(?: đảng)?(?: (?:[0-9]{2}(?:, |,|/| và )){0,8}[0-9]{2} năm(?: tuổi đảng)?| hồ chí minh| dũng cảm| tuổi trẻ)?"
)
_REACH = re.compile(
    r"(?: trong (?:chiến đấu|thời kỳ đổi mới))?(?: (?:cấp )?(?:cơ sở|tỉnh|toàn quốc|bộ|ngành|thành phố))?(?!\w)"
)
_PRIZE = re.compile(
    r"giải (?P<class>(?:nhất|nhì|ba|tư|đặc biệt|khuyến khích|vàng|bạc|đồng|triển vọng|[a-d])(?!\w))"
    r"(?P<name>,? ?giải (?:thưởng )?(?:[^\W\d_]{1,7} ){1,5}?(?:vàng|xuất sắc|quốc gia))?"
)
_OF_BODY = " của"
_LEVELS = (
    ("government", ("thủ tướng", "chính phủ")),
    ("state", ("chủ tịch nước", "nhà nước")),
    ("central", ("trung ương", "bộ ", "ban bí thư", "tổng liên đoàn", "ngân hàng nhà nước", "tổng cục")),
    ("province", ("tỉnh", "thành ủy", "sở ")),
    ("district", ("huyện", "quận", "thị ủy", "thị xã", "thành phố")),
    ("base", ("xã", "phường", "cơ quan", "đảng ủy", "thị trấn", "công ty", "trường", "giám đốc", "chi bộ", "cơ sở")),
)
_REACHES = {"cơ sở": "base", "tỉnh": "province", "thành phố": "province", "toàn quốc": "government", "bộ": "central"}


def awards(*, page: Page, rows: Sequence[Block]) -> list[Award]:
    """The distinctions a text names, in its order.

    The class belongs to the name («hạng Nhất»), and so does the body behind «của». A prize is an award with its class
    («giải A», «giải Nhất», with the name of the prize when it follows); its name alone is that of an occasion.
    """
    found: list[Award] = []
    for start, end, level in sorted({*_named(page)}, key=lambda row: (row[0], -row[1])):
        if not found or start >= found[-1].end:
            quote = page.quote(start, end)
            name = " ".join(quote.split())
            found.append(Award(start=start, end=end, quote=quote, confidence=SURE, name=name, level=level))
    return found


def _named(page: Page) -> Iterator[tuple[int, int, str | None]]:
    low = page.low
    for piece, known in page.words.naming.distinctions.items():
        place = low.find(piece)
        while place >= 0:
            for one in known:
                start = place - one.offset
                end = start + len(one.phrase)
                if start < 0 or not low.startswith(one.phrase, start):
                    continue
                if low[start - 1 : start].isalnum() or low[end : end + 1].isalnum():
                    continue
                if (stop := _stop(page, start, end, one.form)) > 0:
                    yield start, stop, _level(low, end - len(_OF_BODY) * (one.form == "body"), stop, one.level)
                break
            else:
                if piece == PRIZE and (prize := _prize(page, place)) > 0:
                    yield place, prize, None
            place = low.find(piece, place + len(piece))


def _stop(page: Page, start: int, end: int, follows: str) -> int:
    """Where the name of a distinction ends; 0 when the words are none."""
    low = page.low
    if follows == "order":
        match = _ORDER.match(low, end)
        end = match.end() if match else end
        return _of(page, end)
    if follows == "body":
        return _of(page, end - len(_OF_BODY))
    if follows == "of":
        return _of(page, end)
    if follows == "years":
        match = _YEARS.match(low, end)
        stop = match.end() if match else end
        known = low.startswith("huy hiệu đảng", start) or stop > end
        return stop if known else 0
    match = _REACH.match(low, end)
    stop = match.end() if match else end
    return 0 if page.view[stop : stop + 1] == " " and page.view[stop + 1 : stop + 2].isupper() else stop


def _of(page: Page, end: int) -> int:
    """The body behind «của», and what a commemorative medal is given for."""
    low = page.low
    reason = _FOR.match(low, end)
    if reason is not None and ("“" in reason.group() or '"' in reason.group() or "sự nghiệp" in reason.group()):
        cut = _FOR_END.search(low, end + 5, reason.end()) if reason.group()[-1] not in '”"' else None
        end = cut.start() if cut else reason.end()
    match = _OF.match(low, end)
    if match is None:
        return end
    if match.group(1) is None:
        return match.end()
    stop = phrase_end(page, match.end(), min(match.end() + 90, page.line(end)[1]))
    if (another := _AND_ANOTHER.search(low, match.end(), stop)) is not None:
        stop = another.start()
    return max(stop, match.start())


def _prize(page: Page, place: int) -> int:
    """Where a prize with its class ends; 0 when there is none."""
    match = _PRIZE.match(page.low, place)
    if match is None or page.low[place - 1 : place].isalnum():
        return 0
    letter = page.view[place + len(PRIZE) : place + len(PRIZE) + 1]
    return match.end() if len(match.group("class")) > 1 or letter.isupper() else 0


def _level(low: str, start: int, end: int, level: str | None) -> str | None:
    rest = low[start:end]
    if level in ("state", "party"):
        return level
    if low.startswith("huy hiệu", start - 8):
        return "party" if "đảng" in rest else None
    if rest.strip().startswith("cấp ") or " của " not in rest:
        return _REACHES.get(rest.strip().removeprefix("cấp "), level)
    for name, signs in _LEVELS:
        if any(sign in f"{rest} " for sign in signs):
            return name
    return level
