"""How large and how odd a file may be before it is refused. Every limit of this floor stands here."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

UPLOAD_BYTES = 50 * MEGABYTE  # any file, as it arrives
LEXICON_BYTES = 4 * MEGABYTE  # one file of an office's words
ZIP_ENTRIES = 4_000  # members of a docx or xlsx
ZIP_TOTAL_BYTES = 300 * MEGABYTE  # all members inflated
ZIP_ENTRY_BYTES = 120 * MEGABYTE  # one member inflated
ZIP_RATIO = 200  # inflated against stored, for members larger than ZIP_RATIO_FROM
ZIP_RATIO_FROM = MEGABYTE
XML_DEPTH = 200  # elements inside elements
CHUNK_BYTES = 64 * 1024  # how much is inflated at a time while counting
