"""One number, written and read as Vietnamese offices do: 1.192; 12,50; 90,85%; 1.192/1.312; +84.

A dot groups thousands, a comma starts the decimals. Figures are whole numbers or integers scaled
by 10**places, never floats. Reading is strict: what could mean two things is refused, because a
form field must not guess. Numbers inside running prose are the business of `core.reading`.
"""

from __future__ import annotations

import re
from typing import Final

from giaoban.core.refusal import Refusal

LARGEST: Final = 2**63 - 1  # figures are stored in signed 64-bit columns
MINUS: Final = "−"
NO_BASE: Final = "–"  # a share of nothing has no value

_SPACES = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]")
_DIGITS_OF_WIDE_KEYBOARDS = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")
_WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+")
_DOTTED = re.compile(r"[0-9][0-9.]*")
_DECIMAL = re.compile(r"[0-9. ]+,[0-9]+")


class NotANumber(Refusal):
    """What was typed cannot be read as a number."""

    says = "«{typed}» không phải là số; hãy chỉ viết chữ số, ví dụ 1.192."


class NotWhole(NotANumber):
    """A decimal comma in a field that takes whole numbers."""

    says = "«{typed}» có phần thập phân, ô này chỉ nhận số nguyên; dấu chấm dùng để tách hàng nghìn, ví dụ 1.192."


class MisplacedDot(NotANumber):
    """A dot that does not group thousands."""

    says = (
        "«{typed}» có dấu chấm không đúng chỗ: dấu chấm tách từng nhóm ba chữ số (1.192), "
        "dấu phẩy đứng trước phần thập phân (12,5)."
    )


class TooManyDecimals(NotANumber):
    """More decimals than the field keeps; rounding is the reporter's decision, not ours."""

    says = "«{typed}» có {decimals} chữ số thập phân, ô này nhận nhiều nhất {places}; hãy làm tròn rồi nhập lại."


class Negative(NotANumber):
    """A minus where only zero and above make sense."""

    says = "«{typed}» là số âm, ô này chỉ nhận từ 0 trở lên; hãy bỏ dấu trừ."


class TooBig(NotANumber):
    """Beyond what a figure can hold, so surely a slip of the hand."""

    says = "«{typed}» quá lớn; hãy kiểm tra lại số chữ số."


def write_whole(n: int) -> str:
    """Write a whole number with dots between thousands.

    >>> write_whole(1192), write_whole(-1192), write_whole(0)
    ('1.192', '−1.192', '0')
    """
    return f"{MINUS if n < 0 else ''}{abs(n):,}".replace(",", ".")


def write_scaled(value: int, *, places: int) -> str:
    """Write an integer scaled by 10**places, always with all its decimals.

    >>> write_scaled(119250, places=2), write_scaled(-5, places=1), write_scaled(12, places=0)
    ('1.192,50', '−0,5', '12')
    """
    whole, decimals = divmod(abs(value), 10**places)
    written = write_whole(whole) + (f",{decimals:0{places}d}" if places else "")
    return MINUS + written if value < 0 else written


def write_percent(part: int, whole: int, *, places: int = 2) -> str:
    """Write the share `part` is of `whole`, rounded half up, decimals dropped when the share is exact.

    Rounding never claims what is not so: 100% means nothing is missing and 0% means nothing is
    there, so a share just short of either is held one last digit away. A base of 0 gives «–».
    Raises ValueError for a negative base.

    >>> write_percent(1192, 1312), write_percent(2309, 2310), write_percent(12, 100)
    ('90,85%', '99,96%', '12%')
    >>> write_percent(99999, 100000), write_percent(1, 100000), write_percent(0, 0)
    ('99,99%', '0,01%', '–')
    """
    if whole < 0:
        raise ValueError("the base of a share cannot be negative")
    if whole == 0:
        return NO_BASE
    exact, rest = divmod(abs(part) * 100, whole)
    sign = MINUS if part < 0 else ""
    if rest == 0:
        return f"{sign}{write_whole(exact)}%"
    unit = 10**places
    rounded = (2 * abs(part) * 100 * unit + whole) // (2 * whole)
    if abs(part) < whole:
        rounded = min(rounded, 100 * unit - 1)
    return f"{sign}{write_scaled(max(rounded, 1), places=places)}%"


def write_ratio(part: int, whole: int) -> str:
    """Write how many of how many.

    >>> write_ratio(1192, 1312)
    '1.192/1.312'
    """
    return f"{write_whole(part)}/{write_whole(whole)}"


def write_change(n: int) -> str:
    """Write a change with its sign, so that no change is seen to be no change.

    >>> write_change(84), write_change(-3), write_change(0), write_change(1192)
    ('+84', '−3', '±0', '+1.192')
    """
    if n == 0:
        return "±0"
    return f"+{write_whole(n)}" if n > 0 else write_whole(n)


def read_whole(text: str, *, allow_negative: bool = False) -> int:
    """Read a whole number as a clerk types it: «1.192», «1192», «1 192», «06».

    Spaces of any width around it are ignored and may group thousands, as dots may.
    Raises NotANumber or one of its kinds; an empty field is the caller's business.

    >>> read_whole(" 1.192 "), read_whole("06"), read_whole("-3", allow_negative=True)
    (1192, 6, -3)
    >>> read_whole("1,5")
    Traceback (most recent call last):
    giaoban.core.text_vi.numbers.NotWhole: «1,5» có phần thập phân, ô này chỉ nhận số nguyên; ...
    """
    sign, digits = _signed(text, allow_negative=allow_negative)
    if _DECIMAL.fullmatch(digits):
        raise NotWhole(typed=_quoted(text))
    return sign * _magnitude(digits, "", text=text)


def read_scaled(text: str, *, places: int, allow_negative: bool = False) -> int:
    """Read a number with up to `places` decimals into an integer scaled by 10**places.

    Raises NotANumber or one of its kinds; nothing is rounded.

    >>> read_scaled("12,5", places=2), read_scaled("1.192,50", places=2), read_scaled("7", places=2)
    (1250, 119250, 700)
    """
    sign, digits = _signed(text, allow_negative=allow_negative)
    decimals = ""
    if _DECIMAL.fullmatch(digits):
        digits, decimals = digits.split(",")
    if len(decimals) > places:
        raise TooManyDecimals(typed=_quoted(text), decimals=len(decimals), places=places)
    return sign * _magnitude(digits, decimals.ljust(places, "0"), text=text)


def _signed(text: str, *, allow_negative: bool) -> tuple[int, str]:
    typed = _SPACES.sub(" ", text.translate(_DIGITS_OF_WIDE_KEYBOARDS)).strip()
    if typed[:1] not in ("-", MINUS):
        return 1, typed
    digits = typed[1:].lstrip()
    if not allow_negative and digits[:1].isdigit():
        raise Negative(typed=_quoted(text))
    return -1, digits


def _magnitude(digits: str, decimals: str, *, text: str) -> int:
    if not _WHOLE.fullmatch(digits):
        raise (MisplacedDot if _DOTTED.fullmatch(digits) else NotANumber)(typed=_quoted(text))
    bare = (digits.replace(".", "").replace(" ", "") + decimals).lstrip("0") or "0"
    if len(bare) > len(str(LARGEST)) or int(bare) > LARGEST:
        raise TooBig(typed=_quoted(text))
    return int(bare)


def _quoted(text: str) -> str:
    typed = " ".join(text.split())
    return typed if len(typed) <= 40 else typed[:39] + "…"
