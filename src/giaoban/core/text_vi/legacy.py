"""Vietnamese from before Unicode: TCVN3 (the .Vn fonts), VNI (the VNI- fonts) and VIQR, recognised and converted.

The first two are fonts that draw Vietnamese letters at the places of Western ones, so a text without its font shows
«Céng hßa» (TCVN3) or «Coäng hoøa» (VNI); VIQR writes marks as punctuation, «Co^.ng ho`a».
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from giaoban.core.text_vi import viqr
from giaoban.core.text_vi.lookalikes import FOREIGN, latin
from giaoban.core.text_vi.syllables import is_syllable

TCVN3: Final = "tcvn3"
TCVN3_CAPITALS: Final = "tcvn3-capitals"  # the fonts whose name ends in H draw small letters as capitals
VNI: Final = "vni"
VIQR: Final = "viqr"

# TCVN 5712:1993, third character set, as the .Vn fonts have it. Capitals with a tone have no place.
_TCVN3: Final = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
# VNI: a letter and, behind it, its mark; five letters stand alone.
_VNI_MARKS: Final = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "u": ("ùøûõï", "úùủũụ"),
    "y": ("ùøûõ", "ýỳỷỹ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "ö": ("ùøûõï", "ứừửữự"),
}
_VNI_ALONE: Final = dict(zip("ñôöæóòîÑÔÖÆÓÒÎ", "đơưỉĩịỵĐƠƯỈĨỊỴ", strict=True))
_VNI: Final = _VNI_ALONE | {
    cased + mark: letter if cased == base else letter.upper()
    for base, (marks, letters) in _VNI_MARKS.items()
    for small, letter in zip(marks, letters, strict=True)
    for cased, mark in ((base, small), (base.upper(), small.upper()), (base.upper(), small))
}
_TCVN3_TABLE: Final = str.maketrans(_TCVN3)
_VNI_LETTER: Final = re.compile("[aeAEoO][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[uyôöUYÔÖ][ùøûõïÙØÛÕÏ]|[ñôöæóòîÑÔÖÆÓÒÎ]")

# What no text in Unicode Vietnamese has, and every longer text in an old encoding does. Signs that are at home in
# clean texts («», §, ·, ×, ©, ½, Eth, the soft hyphen) are left out: they would only cost a second look.
_ODD: Final = re.compile(f"[µ¶¸¹ª¬ÆÇËÎÏÑÖØÜÞßäåæçëîïñö÷øûüþÄÅÛ{FOREIGN}]")
_UNICODE: Final = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_EDGES: Final = ".,;:!?()[]{}<>\"'`/\\|*+-=_~^%&#@$…–—“”‘’«»•0123456789"
_LOOKED_AT: Final = 4_000  # letters of a line; what it is written in shows long before
_SHARED: Final = dict.fromkeys(map(ord, "íìÍÌ"), "i")
_LETTER: Final = re.compile("[a-zA-Z]")

# ư sits at the place of the soft hyphen, which many programs drop; a rime that cannot be without it tells.
_LOST: Final = re.compile(
    r"(?<![ưƯ])([ơờởỡớợ])(ng|c)(?!\w)|(?<!\w)([nN]h|[tT]h)(ng)?(?!\w)|(?<!\w)([nN]g(?=ời)|[dD](?=ới))([ờớ]i)(?!\w)"
)


def modern(text: str) -> str:
    """A text in Unicode Vietnamese, whatever each of its lines was written in; the same object when all is well.

    Letters of other alphabets that pass for Latin ones become Latin. A clean text costs one look.

    >>> modern("Kính gửi:\\nñaïi hoäi caùc chi boä")
    'Kính gửi:\\nđại hội các chi bộ'
    """
    if text.isascii():
        return _by_line(text) if viqr.looks_so(text) else text
    if _ODD.search(text) is None and _UNICODE.search(text) is not None and not viqr.looks_so(text):
        return text
    read = latin(_by_line(text))
    return text if read == text else read


def recognise(text: str) -> str | None:
    """The old encoding of a paragraph, None when it is Unicode, another language or too short to tell.

    An encoding is recognised when conversion makes most of the marked words well-formed syllables that were none.

    >>> recognise("Uû ban nh©n d©n"), recognise("ñaïi hoäi"), recognise("to^? chu+'c dda.i ho^.i")
    ('tcvn3', 'vni', 'viqr')
    >>> recognise("Đại hội đã bầu 39 đồng chí"), recognise("Müller, café © 2020")
    (None, None)
    """
    if text.isascii():
        return VIQR if viqr.looks_so(text) and _is_sure(*_gain(text, VIQR)) else None
    if _UNICODE.search(text):
        return None
    best, most = None, 0
    for encoding in (TCVN3, VNI):
        marked, before, after = _gain(text, encoding)
        if after > most and (
            _is_sure(marked, before, after) or ((marked, before, after) == (1, 0, 1) and _is_plain(text))
        ):
            best, most = encoding, after
    return best


def to_unicode(text: str, encoding: str) -> str:
    """Convert a text known to be in an old encoding.

    >>> to_unicode("céng hßa", TCVN3_CAPITALS), to_unicode("Coäng hoøa", VNI), to_unicode("ddo^`ng chi'", VIQR)
    ('CỘNG HÒA', 'Cộng hòa', 'đồng chí')
    """
    match encoding:
        case "tcvn3":
            converted = text.translate(_TCVN3_TABLE)
            return converted if "\u00ad" in text else _LOST.sub(_found, converted)
        case "tcvn3-capitals":
            return text.translate(_TCVN3_TABLE).upper()
        case "vni":
            return _VNI_LETTER.sub(_vni_letter, text)
        case "viqr":
            return viqr.to_unicode(text)
    raise ValueError(encoding)


def by_font(font_name: str) -> str | None:
    """The encoding a font draws, None for a font that draws Unicode.

    >>> by_font(".VnTime"), by_font(".VnArial NarrowH"), by_font("VNI-Times"), by_font("Times New Roman")
    ('tcvn3', 'tcvn3-capitals', 'vni', None)
    """
    name = font_name.strip()
    if name.lower().startswith(".vn"):
        return TCVN3_CAPITALS if name.endswith("H") else TCVN3
    return VNI if name.lower().startswith(("vni-", "vni ")) else None


def is_unicode_vietnamese(text: str) -> bool:
    """Whether a text has letters that only Unicode Vietnamese has; no text in TCVN3 or VNI does.

    >>> is_unicode_vietnamese("Đảng bộ"), is_unicode_vietnamese("§¶ng bé")
    (True, False)
    """
    return _UNICODE.search(text) is not None


def _by_line(text: str) -> str:
    """Recognise line by line; a line too short to tell follows the rest of its text."""
    lines = text.split("\n")
    encodings = [recognise(line) for line in lines]
    known = Counter(encoding for encoding in encodings if encoding)
    if not known:
        return text
    main, has_modern_lines = known.most_common(1)[0][0], _UNICODE.search(text) is not None
    return "\n".join(
        to_unicode(line, _fitting(line, encoding, main))
        if encoding
        else _following(line, main, may_tie=not has_modern_lines)
        for line, encoding in zip(lines, encodings, strict=True)
    )


def _fitting(line: str, encoding: str, main: str) -> str:
    """The encoding of a line: that of most lines when it makes as many syllables as the one recognised."""
    return main if encoding == main or _gain(line, main)[2] >= _gain(line, encoding)[2] else encoding


def _following(line: str, main: str, *, may_tie: bool) -> str:
    """A line that does not tell: converted when that is better or, in a text without a modern line, no worse."""
    if line.isascii() != (main == VIQR) or _UNICODE.search(line):
        return line
    marked, before, after = _gain(line, main)
    is_fit = after > before or (may_tie and after == before)
    return to_unicode(line, main) if marked and is_fit and 2 * after >= marked else line


def _gain(text: str, encoding: str) -> tuple[int, int, int]:
    """How many words carry marks of the encoding; how many of these are syllables before and after conversion."""
    marked = before = after = 0
    text = text[:_LOOKED_AT]
    for word, converted in zip(text.split(), to_unicode(text, encoding).split(), strict=True):
        if converted == word and (encoding == VIQR or _is_bare(word)):
            continue
        bare = converted.strip(_EDGES)
        if len(bare) < 2 and not _LETTER.search(word):  # ©, ½, § alone are signs
            continue
        marked += 1
        before += is_syllable(word.strip(_EDGES))
        after += is_syllable(bare)
    return marked, before, after


def _is_sure(marked: int, before: int, after: int) -> bool:
    return after - before >= 2 and 4 * after >= 3 * marked and 3 * (after - before) >= marked


def _is_plain(text: str) -> bool:
    """Whether all words without marks, and there are some, are Vietnamese syllables."""
    words = [bare for word in text[:_LOOKED_AT].split() if _is_bare(word) and (bare := word.strip(_EDGES))]
    return bool(words) and all(map(is_syllable, words))


def _is_bare(word: str) -> bool:
    """Whether a word has no marks, or only those that VNI writes as Unicode does."""
    return word.isascii() or word.translate(_SHARED).isascii()


def _vni_letter(match: re.Match[str]) -> str:
    return _VNI.get(match.group()) or "".join(_VNI_ALONE.get(letter, letter) for letter in match.group())


def _found(match: re.Match[str]) -> str:
    vowel, final, onset, tail, open_onset, rest = match.groups()
    if vowel:
        return f"ư{vowel}{final}"
    return f"{onset}ư{tail or ''}" if onset else f"{open_onset}ư{rest}"
