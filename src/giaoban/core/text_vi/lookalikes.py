"""Letters of other alphabets that stand in Vietnamese words because they look like Latin ones."""

from __future__ import annotations

import re

# One for one, so that places in a text stay what they are.
_TWINS = dict(
    zip(
        "аеорсхуѕіјԁһԛԝӏАВЕКМНОРСТХУЅІЈԚԜοανΑΒΕΖΗΙΚΜΝΟΡΤΥΧᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱɡɑıℓ",
        "aeopcxysijdhqwlABEKMHOPCTXYSIJQWoavABEZHIKMNOPTYXacdejkmoptuvwzsgail",
        strict=True,
    )
)
_TABLE = str.maketrans(_TWINS)
FOREIGN = "\u0370-\u03ff\u0400-\u052f\u1d00-\u1d25\ua731\u0251\u0261\u0131\u2113"  # where they are found
_WORD = re.compile(rf"\w*[{FOREIGN}]\w*")
_LEFT = re.compile(rf"[{FOREIGN}]")


def latin(text: str) -> str:
    """The text with look-alikes as the Latin letters they pass for; length and places stay the same.

    A word with a letter that looks like no Latin one is truly foreign and stays as it is.

    >>> latin("ᴠăn bản ѕố 5, Россия")
    'văn bản số 5, Россия'
    """
    return _WORD.sub(_word, text) if _LEFT.search(text) else text


def _word(match: re.Match[str]) -> str:
    folded = match.group().translate(_TABLE)
    return match.group() if _LEFT.search(folded) else folded
