"""One document from its bytes to what is printed of it. Runs in the command's process or in one beside it.

What only some calls need (forms, scores, rich) is imported where it is used: together it costs as much as the start
of the reader itself.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from giaoban.core.reading import DEFAULT, Lexicon, Reading, read
from giaoban.core.refusal import Refusal
from giaoban.site.reading.asked import Asked, Outcome, Shape, Task
from giaoban.site.reading.plain import shown
from giaoban.site.reading.sources import Source

if TYPE_CHECKING:
    from giaoban.core.formlang import FormSpec


class ReadingFailed(Refusal):
    """A fault of the reader itself; the other documents are still read."""

    says = "Đọc «{name}» gặp lỗi của chương trình ({kind}); hãy gửi tệp này cho người giữ hệ thống."


class Desk:
    """Reads documents the way one call of the command asked for."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    def outcome(self, task: Task) -> Outcome:
        """What came of one document. Never raises: whatever goes wrong is a sentence about this document."""
        name = task.source.name
        if task.known is not None:
            return task.known
        try:
            return self._outcome(task)
        except Refusal as refusal:
            return Outcome(name=name, refused=str(refusal))
        except Exception as fault:  # noqa: BLE001  the outermost edge of one document: the others are still read
            return Outcome(name=name, refused=str(ReadingFailed(name=shown(name), kind=type(fault).__name__)))

    def _outcome(self, task: Task) -> Outcome:
        source, asked = task.source, self.asked
        text = source.text()
        reading = read(text=text, reference_day=asked.reference_day, lexicon=self._lexicon)
        if asked.shape is Shape.SCORE:
            from giaoban.core.reading.scoring import judge

            gold = task.gold
            assert gold is not None
            judged = judge(reading=reading, source=text, gold=gold.facts, boilerplate=gold.boilerplate)
            return Outcome(name=source.name, comparison=judged)
        if asked.shape is Shape.JSON:
            return Outcome(name=source.name, out=self._line(source, reading))
        return Outcome(name=source.name, out=self._printed(source, reading))

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon.of(*self.asked.lexicons) if self.asked.lexicons else DEFAULT

    @cached_property
    def _spec(self) -> FormSpec | None:
        if self.asked.form is None:
            return None
        from giaoban.core.formlang import FormSpec

        return FormSpec.parse(self.asked.form.data)

    def _line(self, source: Source, reading: Reading) -> str:
        row = reading.as_json()
        document = row["document"]
        assert isinstance(document, dict)
        row["document"] = {"file": source.name, **document}
        if self._spec is not None:
            from giaoban.site.reading import forming

            row["proposals"] = [offer.as_json() for offer in forming.offers(reading=reading, spec=self._spec)]
        return json.dumps(row, ensure_ascii=False) + "\n"

    def _printed(self, source: Source, reading: Reading) -> str:
        from giaoban.site.reading import printing

        return printing.printed(asked=self.asked, spec=self._spec, name=shown(source.name), reading=reading)
