"""The house's own source, read as syntax trees: what the house tests look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "giaoban"
_EXEMPT = {"migrations", "__pycache__"}


@dataclass(frozen=True)
class Module:
    """One file of the package. `rooms` are the parts of its path below the package, its own name last."""

    file: Path

    @property
    def rooms(self) -> tuple[str, ...]:
        return self.file.relative_to(PACKAGE).with_suffix("").parts

    @property
    def dotted(self) -> str:
        """Its name for `import`."""
        return ".".join(("giaoban", *self.rooms)).removesuffix(".__init__")

    @property
    def is_test(self) -> bool:
        return "tests" in self.rooms

    def __str__(self) -> str:
        return str(self.file.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call as («timezone.now», node)."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node

    def imports(self) -> Iterator[tuple[str, str]]:
        """Every `from a.b import c` as («a.b», «c»), and `import a.b` as («a.b», «»)."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                yield from ((node.module or "", alias.name) for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from ((alias.name, "") for alias in node.names)


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package but migrations."""
    files = (file for file in sorted(PACKAGE.rglob("*.py")) if not _EXEMPT & set(file.parts))
    return tuple(Module(file) for file in files)


@cache
def product() -> tuple[Module, ...]:
    """Every module that is not a test."""
    return tuple(module for module in modules() if not module.is_test)


def features() -> list[str]:
    return sorted(folder.name for folder in (PACKAGE / "apps").iterdir() if (folder / "models.py").exists())
