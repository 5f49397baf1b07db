"""Signs that Word writes as places of a picture font instead of letters."""

from __future__ import annotations

from typing import Final

_PRIVATE: Final = 0xF000  # Word moves the places of picture fonts here
_UNSHIFT: Final = {_PRIVATE + place: place for place in range(0x20, 0x100)}
_SYMBOL: Final = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB0: "°", 0xAE: "→",
    0xDE: "⇒", 0x2D: "-", 0xE5: "∑", 0xD6: "√",
}  # fmt: skip
_PICTURES: Final = {0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0x78: "☒", 0xFB: "✗", 0xE0: "→", 0xE8: "→"}


def symbol(*, font: str, code: str) -> str:
    """The sign at a place of a picture font; a bullet for a picture without a letter of its own.

    Places of a text font (the old Vietnamese fonts are met here) are letters, as that font has them.

    >>> symbol(font="Symbol", code="F0B3"), symbol(font="Wingdings", code="F0A7"), symbol(font=".VnTime", code="F0B8")
    ('≥', '•', '¸')
    """
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    if _PRIVATE <= place <= _PRIVATE + 0xFF:
        place -= _PRIVATE
    if font == "Symbol":
        return _SYMBOL.get(place, "•")
    if font.startswith(("Wingdings", "Webdings")):
        return _PICTURES.get(place, "•")
    return chr(place) if 0x20 <= place < 0xD800 or 0xE000 <= place < 0x110000 else ""


def unshifted(text: str) -> str:
    """Letters of an old font that Word keeps at the places of picture fonts, back at their own.

    >>> unshifted("®\\uf0b8")
    '®¸'
    """
    return text.translate(_UNSHIFT) if any("\uf020" <= letter <= "\uf0ff" for letter in text) else text
