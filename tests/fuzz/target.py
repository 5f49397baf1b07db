"""`python -m tests.fuzz.target [SECONDS]`: atheris drives the pipeline with bytes chosen by what code they reach.

libFuzzer's own arguments may be given instead: `-runs=500`. PDFs are left to the property tests: each starts a
process, and the code that would be reached is not Python.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

DOCUMENT = "word/document.xml"
KINDS = ("a.txt", "a.html", "a.docx", "inside.docx")


def main(arguments: list[str]) -> None:
    import atheris  # here, because it is not built for every machine and slows down whatever it watches

    with atheris.instrument_imports(include=["giaoban.files", "giaoban.core"]):
        from tests.fuzz.pipeline import walk
        from tests.fuzz.seeds import inside_of, seeds, with_inside

    word = seeds()["a.docx"]

    def once(data: bytes) -> None:
        """The first byte says what the others are: a text, a page, an archive, the XML inside a sound archive."""
        if not data or b"%PDF-" in data:
            return
        name, rest = KINDS[data[0] % len(KINDS)], data[1:]
        walk(data=with_inside(word, DOCUMENT, rest) if name == "inside.docx" else rest, name=name)

    if len(arguments) == 1 and arguments[0].isdigit():
        arguments = [f"-max_total_time={arguments[0]}"]
    bounds = [*(arguments or ["-max_total_time=30"]), "-max_len=16384", "-timeout=20"]
    with tempfile.TemporaryDirectory(prefix="giaoban-fuzz-") as folder:
        for kind, name in enumerate(KINDS):
            sound = inside_of(word, DOCUMENT) if name == "inside.docx" else seeds()[name]
            (Path(folder) / str(kind)).write_bytes(bytes([kind]) + sound)
        atheris.Setup([sys.argv[0], *bounds, folder], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
