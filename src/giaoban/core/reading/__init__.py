"""Reading the reports people already write: prose into facts with evidence.

    text -> blocks -> tokens -> calendar -> facts -> links -> checks -> proposals

`read` is the door; `proposals.propose` turns a reading into suggestions for the fields of a form. What it promises
and how well it does is in docs/algorithms/reading.md.
"""

from giaoban.core.reading.lexicon import DEFAULT, FieldTerm, Lexicon
from giaoban.core.reading.reader import Reading, read

__all__ = ["DEFAULT", "FieldTerm", "Lexicon", "Reading", "read"]
