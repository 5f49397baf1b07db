"""Whether a word has the shape of a Vietnamese syllable: what tells the language from an old encoding of it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSETS = ("ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", *"bcdđghklmnpqrstvx", "")
_SPELT = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong "
    "op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêt uơ uôc uôi uôm uôn uông uôt uy uya uych uyên uyêt "
    "uyn uynh uyp uyt uyu ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
    "y yêm yên yêng yêt yêu ych ynh yt"
)
_RIMES = frozenset(_SPELT.split())
_BEFORE_NARROW = frozenset({"k", "gh", "ngh"})  # written before e, ê, i, y alone
_NOT_BEFORE_NARROW = frozenset({"c", "ng"})
_MISPLACED = re.compile("[bcdđghklmnpqrstvx][\u0300\u0301\u0303\u0309\u0323]")  # a tone on a consonant: ñ, ś
_STOPPED = re.compile(r"(?:c|ch|p|t)$")


@lru_cache(maxsize=16_384)
def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable, by its letters and its tone; small or capital letters.

    >>> [word for word in ("Đảng", "nghiêng", "quốc", "giếng", "ñaïi", "ChÊp", "company") if is_syllable(word)]
    ['Đảng', 'nghiêng', 'quốc', 'giếng']
    """
    if not 0 < len(word) <= 14:
        return False
    low = word.lower()
    if word not in (low, low.capitalize(), word.upper()):  # chÝ: a capital inside is a sign of an old encoding
        return False
    taken_apart = unicodedata.normalize("NFD", low)
    bare = taken_apart.translate(_TONES)
    tones = len(taken_apart) - len(bare)
    if tones > 1 or _MISPLACED.search(taken_apart):
        return False
    if _STOPPED.search(bare) and "\u0301" not in taken_apart and "\u0323" not in taken_apart:
        return False
    letters = unicodedata.normalize("NFC", bare)
    return any(letters.startswith(onset) and _goes(onset, letters[len(onset) :]) for onset in _ONSETS)


def _goes(onset: str, rime: str) -> bool:
    if rime not in _RIMES:
        return False
    narrow = rime[0] in "eêiy"
    return not (onset in _BEFORE_NARROW and not narrow) and not (onset in _NOT_BEFORE_NARROW and narrow)
