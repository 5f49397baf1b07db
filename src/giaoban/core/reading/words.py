"""Words of the language itself: numerals, measures of time and money. Small letters, as `text_vi.canonical` spells.

What offices may want to add to stands in the tables of `lexicon`.
"""

from __future__ import annotations

NUMERALS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
ORDINALS = {
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18,
}  # fmt: skip

DURATIONS = (
    "năm",
    "tháng",
    "ngày",
    "giờ",
    "phút",
    "tuần",
    "tuổi",
    "giây",
    "quý",
    "nhiệm kỳ",
    "thập kỷ",
    "thế kỷ",
    "h",
    "sao",
)

APPROXIMATIONS = (
    "gần", "trên", "hơn", "khoảng", "chừng", "xấp xỉ", "ước", "ước đạt", "tối đa", "tối thiểu", "ít nhất", "không quá",
    "trên dưới", "dưới",
)  # fmt: skip

MULTIPLIERS = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
CURRENCIES = {"đồng": "VND", "vnđ": "VND", "vnd": "VND", "usd": "USD", "đô la mỹ": "USD", "euro": "EUR"}
