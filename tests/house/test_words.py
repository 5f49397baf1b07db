"""Words: every refusal says something, and says it in English too; every model has its row in the glossary."""

import importlib
import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from django.apps import apps

from giaoban.core.refusal import Refusal
from tests.house.source import PACKAGE, ROOT, product

CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
GLOSSARY = ROOT / "docs" / "glossary.md"


def english():
    with CATALOGUE.open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale="en") if message.id}


def refusals():
    """Every refusal of the house, found by loading every module."""
    for module in product():
        if "class " in module.text and module.rooms[-1] not in {"__main__", "asgi"}:
            importlib.import_module(module.dotted)
    found, waiting = [], [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if kind.__module__.startswith("giaoban.") and ".tests." not in kind.__module__:
            found.append(kind)
    return sorted({kind.says: kind for kind in found}.values(), key=lambda kind: kind.__qualname__)


def fields(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_refusal_is_a_sentence_of_its_own():
    silent = [
        kind.__qualname__
        for kind in refusals()
        if kind is not Refusal and "says" not in vars(kind) and not kind.__subclasses__()
    ]
    unended = [kind.__qualname__ for kind in refusals() if not kind.says.partition("\n")[0].endswith((".", "?"))]
    assert not silent
    assert not unended


def test_every_refusal_can_be_told_in_english():
    catalogue = english()
    if not catalogue:
        pytest.skip("the English catalogue is empty")
    missing = [f"{kind.__qualname__}: {kind.says}" for kind in refusals() if not catalogue.get(kind.says)]
    assert not missing, "\n".join(missing)


def test_a_translation_fills_in_the_same_values():
    different = [
        text for text, told in english().items() if isinstance(text, str) and told and fields(told) - fields(text)
    ]
    assert not different


def rows():
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return {row[0].strip("`"): row[1:] for row in cells}


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("giaoban.")]


def test_the_glossary_has_a_row_for_every_model():
    known = rows()
    missing = [model.__name__ for model in ours() if not (known.get(model.__name__) and all(known[model.__name__]))]
    assert not missing, "\n".join(missing)


def test_the_glossary_and_the_model_use_the_same_vietnamese_word():
    known = rows()
    differing = [
        f"{model.__name__}: «{known[model.__name__][0]}» in the glossary, «{model._meta.verbose_name}» in the model"
        for model in ours()
        if model.__name__ in known and str(model._meta.verbose_name) not in known[model.__name__][0].lower()
    ]
    assert not differing, "\n".join(differing)


def test_a_model_begins_its_docstring_with_its_vietnamese_name():
    bare = [model.__name__ for model in ours() if not re.match(r"\w[^:]*: ", model.__doc__ or "")]
    assert not bare
