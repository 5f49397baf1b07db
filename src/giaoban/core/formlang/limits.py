"""What a form may hold at most. Every limit is far above a real form and far below what hurts the server."""

from __future__ import annotations

LARGEST = 2**63 - 1  # a figure, scaled, fits the signed 64-bit column of the roll-up; the smallest is -LARGEST

FIELDS = 500
CHECKS = 200
SECTIONS = 60
CHOICES = 60
ALIASES = 40
PLACES = 6

CODE_LENGTH = 60
LABEL_LENGTH = 300
SHORT_TEXT = 250
LONG_TEXT = 20_000
RAW_NUMBER = 60  # letters a person may type into a number box before we stop reading

FORMULA_LENGTH = 2_000
FORMULA_NESTING = 40  # brackets inside brackets
FORMULA_DEPTH = 100  # steps from the result down to the deepest operand, chains of «+» included
LITERAL_DIGITS = 18
