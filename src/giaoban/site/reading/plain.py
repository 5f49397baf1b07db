"""Words of strangers made fit for a terminal: nothing in a text or in a file's name may steer it."""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(name: str) -> str:
    r"""A file's name on one line, what steers a terminal written as an escape.

    >>> shown("a\nb\x1b[2J.txt")
    'a\\nb\\x1b[2J.txt'
    """
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in name.replace("\u202e", "\x1a")
    )


def flat(text: str) -> str:
    r"""Words of a document on one line.

    >>> flat("Đã họp\n 12/15\x1b xã")
    'Đã họp 12/15 xã'
    """
    return " ".join(_STEERING.sub("", text).split())


def tail(text: str, width: int) -> str:
    """The end of a line, whole words as far as they go.

    >>> tail("Đã họp 12/15 xã", 10)
    '…12/15 xã'
    """
    if len(text) <= width:
        return text
    end = text[-max(width - 1, 1) :]
    return "…" + (end.partition(" ")[2] or end)


def cut(text: str, width: int) -> str:
    """The beginning of a line, whole words as far as they go.

    >>> cut("Đã họp 12/15 xã", 12)
    'Đã họp…'
    """
    if len(text) <= width:
        return text
    head = text[: width - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:.-") + "…"
