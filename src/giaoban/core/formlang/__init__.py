"""The language of report forms: fields, kinds, formulas, checks. Start at `FormSpec`."""

from giaoban.core.formlang.column import Column
from giaoban.core.formlang.expression import Expression
from giaoban.core.formlang.fields import Check, Choice, Field, FieldKind, Level, Measure, Part, Ratio, Rollup
from giaoban.core.formlang.inputs import Figure, Inputs
from giaoban.core.formlang.refusals import BadForm, BadFormula, BrokenSuccession
from giaoban.core.formlang.spec import FormSpec, Problem
from giaoban.core.formlang.versions import check_succession, diff, merge_columns

__all__ = [
    "BadForm",
    "BadFormula",
    "BrokenSuccession",
    "Check",
    "Choice",
    "Column",
    "Expression",
    "Field",
    "FieldKind",
    "Figure",
    "FormSpec",
    "Inputs",
    "Level",
    "Measure",
    "Part",
    "Problem",
    "Ratio",
    "Rollup",
    "check_succession",
    "diff",
    "merge_columns",
]
