"""Every message the screen can show, gathered from templates and from syntax trees; and the catalogue they stand in.

`scripts/messages` writes the catalogue anew: translations stay, what is gone goes, what is new stands there empty.
"""

from __future__ import annotations

import ast
import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages import Message as Kept
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tests.house.source import PACKAGE, Module, product

CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
TRANSLATED = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"), (1,)),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
FAULTS = {"Fault", "_fault", "_add", "fault"}  # these take a sentence as it will be said
TABLES = ("LABELS", "MARKS", "DEEDS", "_YES_NO", "verb_labels", "state_labels")
IN_FRONT = "«{label}»: "  # core.formlang names the field before the refusal of a number or a day
READ_BOXES = {("core", "text_vi", "dates"), ("core", "text_vi", "numbers")}
HEADER = "English for what the screen says in Vietnamese; the Vietnamese sentence is the message id."


@dataclass(frozen=True)
class Message:
    """A message id: one form or two; `context` tells apart what Vietnamese says with one word."""

    forms: tuple[str, ...]
    context: str | None = None

    @property
    def id(self) -> str | tuple[str, ...]:
        return self.forms[0] if len(self.forms) == 1 else self.forms


def collected() -> dict[Message, list[str]]:
    """Every message with the files it stands in."""
    found: dict[Message, set[str]] = defaultdict(set)
    for file in sorted(PACKAGE.rglob("templates/**/*.html")):
        for message in of_template(file):
            found[message].add(str(file.relative_to(PACKAGE.parent)))
    for module in product():
        for message in of_module(module):
            found[message].add(str(module.file.relative_to(PACKAGE.parent)))
    return {message: sorted(files) for message, files in found.items()}


def of_template(file: Path) -> Iterator[Message]:
    """What {% translate %}, {% blocktranslate %} and _("…") ask for."""
    python = templatize(file.read_text(encoding="utf-8"), origin=str(file))
    level = "\n".join(line.strip() for line in python.splitlines())  # only its indentation is not Python
    for _line, forms, _comments, context in extract("python", io.BytesIO(level.encode()), keywords=TRANSLATED):
        yield Message((forms,) if isinstance(forms, str) else tuple(forms), context)


def of_module(module: Module) -> Iterator[Message]:
    """What Python says: gettext, the sentence of each refusal and fault, and tables of labels."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield from _of_call(name, list(_texts(node.args)))
            case (
                ast.Assign(targets=[ast.Name(id=name)])
                | ast.AnnAssign(target=ast.Name(id=name))
                | ast.keyword(arg=str(name))
            ):
                yield from (Message((text,)) for text in _of_name(module, name, node.value))
            case ast.ClassDef(bases=bases) if any(ast.unparse(base).endswith("Choices") for base in bases):
                yield from (Message((text,)) for text in _of_choices(node))


def _of_call(name: str, texts: list[str]) -> Iterator[Message]:
    if name == "pgettext" and len(texts) == 2:
        yield Message((texts[1],), texts[0])
    elif name in TRANSLATED and texts:
        yield Message(tuple(texts[:2]))
    elif name in FAULTS:
        yield from (Message((text,)) for text in texts if text.endswith("."))


def _of_name(module: Module, name: str, value: ast.expr | None) -> Iterator[str]:
    """What a name says by convention: the sentence `says`, a …_LABEL, a table of labels."""
    if name == "says" or name.endswith("_LABEL"):
        for text in _texts([value]):
            yield text
            if module.rooms in READ_BOXES:
                yield IN_FRONT + text
    elif name in TABLES or name.endswith("_LABELS"):
        yield from _labels(value)


def _of_choices(kind: ast.ClassDef) -> Iterator[str]:
    for line in kind.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
            yield from _texts(line.value.elts[1:])


def _labels(value: ast.expr | None) -> Iterator[str]:
    """The values of a table, or the second of each pair."""
    match value:
        case ast.Dict(values=values):
            yield from _texts(values)
        case ast.Tuple(elts=pairs):
            yield from _texts(pair.elts[1] for pair in pairs if isinstance(pair, ast.Tuple))


def _texts(nodes: Iterable[ast.expr | None]) -> Iterator[str]:
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def catalogue() -> Catalog:
    """The English catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def renewed(old: Catalog) -> Catalog:
    """The catalogue of today's messages, with every translation the old one had."""
    new = Catalog(locale="en", project="giaoban", header_comment=f"# {HEADER}")
    for message, files in sorted(collected().items(), key=lambda one: (one[1][0], one[0].forms, one[0].context or "")):
        known = old.get(message.forms[0], message.context)
        kept = known.string if known and known.pluralizable == (len(message.forms) > 1) else None
        new.add(message.id, kept, locations=[(file, 0) for file in files], context=message.context)
    return new


def written(kept: Catalog) -> bytes:
    """The catalogue as a file: files without line numbers, and no date that changes by itself."""
    body = io.BytesIO()
    write_po(body, kept, width=120, omit_header=True, include_lineno=False)
    head = [
        f"# {HEADER}",
        'msgid ""',
        'msgstr ""',
        '"Project-Id-Version: giaoban\\n"',
        '"Language: en\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"',
        "",
        "",
    ]
    return "\n".join(head).encode() + body.getvalue()


def said(message: Kept) -> tuple[str, ...]:
    """What the catalogue says for it in English; one empty word when it says nothing."""
    return message.string if isinstance(message.string, tuple) else (message.string or "",)


def unsaid(kept: Catalog) -> list[str]:
    """The messages that say nothing in English."""
    return [str(one.id) for one in kept if one.id and not all(said(one))]


def main() -> None:
    kept = renewed(catalogue())
    CATALOGUE.write_bytes(written(kept))
    waiting = unsaid(kept)
    print(f"{len(kept)} messages, {len(waiting)} without English")
    print("\n".join(waiting))
    sys.exit(bool(waiting))


if __name__ == "__main__":
    main()
