"""Bytes of a report in prose into its text, whatever the medium."""

from __future__ import annotations

from giaoban.files import docx_in, text_in

READABLE = (".txt", ".md", ".docx", ".pdf", ".html", ".htm")


def text(*, data: bytes, name: str) -> str:
    """The text of a document; the refusals of docx_in and text_in name the file."""
    if name.lower().endswith(".docx") or (name == "-" and data.startswith(b"PK\x03\x04")):
        return "\n".join(docx_in.paragraphs(data=data, name=name))
    return text_in.decode(data=data, name=name)
