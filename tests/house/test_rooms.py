"""Floors and rooms: a package nobody declared fails, and features meet in four rooms only."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.house.source import PACKAGE, ROOT, features, product

OPEN_ROOMS = {"models", "queries", "services", "rules"}


def contracts(root):
    """Run the import contracts on a tree; returns (exit status, what was said)."""
    run = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ran = subprocess.run(
        [sys.executable, "-c", run, "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture
def copy(tmp_path):
    """The package as it stands, to build something wrong in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    left_out = shutil.ignore_patterns("__pycache__", "templates", "static", "data", "locale", "tests", "migrations")
    shutil.copytree(PACKAGE, tmp_path / "src" / "giaoban", ignore=left_out)
    return tmp_path


def test_the_house_keeps_its_contracts():
    status, said = contracts(ROOT)
    assert status == 0, said


def test_a_room_nobody_declared_fails(copy):
    for place in ("", "base", "core", "apps", "apps/units"):
        room = copy / "src" / "giaoban" / place / "gadgets"
        room.mkdir()
        (room / "__init__.py").touch()

    status, said = contracts(copy)

    assert status != 0
    for undeclared in ("giaoban", "giaoban.base", "giaoban.core", "giaoban.apps", "giaoban.apps.units"):
        assert f"- {undeclared}.gadgets\n" in said


UPWARD = [
    ("core.refusal", "django"),
    ("core.refusal", "giaoban.files"),
    ("core.refusal", "giaoban.core.periods"),
    ("files", "django"),
    ("base.databases", "giaoban.apps.units.models"),
    ("base.access.actor", "giaoban.base.ledger.work"),
    ("apps.units.models", "giaoban.apps.reports.models"),
    ("apps.units.rules", "giaoban.apps.units.models"),
]


def test_an_import_that_goes_up_fails(copy):
    for room, taken in UPWARD:
        file = copy / "src" / "giaoban" / room.replace(".", "/")
        file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
        file.write_text(f"{file.read_text()}\nimport {taken}\n")

    status, said = contracts(copy)

    assert status != 0
    for room, taken in UPWARD:
        assert f"giaoban.{room} -> {taken} (l." in said, said


def borrowed(module):
    """(feature, room, name) of everything a module takes from another feature."""
    for name, what in module.imports():
        parts = [*name.split("."), what]
        if parts[:2] == ["giaoban", "apps"] and parts[2] != module.rooms[1]:
            yield (*parts, "")[2:5]


def test_features_meet_in_models_queries_services_and_rules_only():
    """The names of another feature's actions may be borrowed from its `access`; its clauses may not."""
    strange = [
        f"{module}: {feature}.{room} {name}"
        for module in product()
        if module.rooms[0] == "apps"
        for feature, room, name in borrowed(module)
        if room not in OPEN_ROOMS and not (room == "access" and (name == "" or name.isupper()))
    ]
    assert not strange, "\n".join(strange)


def test_every_feature_stands_in_the_order_of_features():
    layers = next(
        line for line in (ROOT / "pyproject.toml").read_text().splitlines() if line.startswith('layers = ["briefings"')
    )
    assert [name for name in features() if f'"{name}"' not in layers] == []
