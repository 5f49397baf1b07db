"""How code reads here, as far as a machine can tell."""

import ast
import re
import subprocess

import pytest

from tests.house.source import PACKAGE, ROOT, modules, product

MAX_FILE, MAX_FUNCTION = 400, 40
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
CLOCKS = {
    "timezone.now", "timezone.localdate", "datetime.now", "datetime.today", "datetime.utcnow",
    "date.today", "time.time", "datetime.datetime.now", "datetime.date.today",
}  # fmt: skip
READS_THE_CLOCK = {"views", "api", "jobs", "commands", "clock", "command", "site", "live"}
EDGES = {"jobs", "command", "commands", "asgi", "site"}
VERBS_TO_AVOID = ("process_", "handle_", "manage_", "update_")


def told(found):
    return "\n".join(["", *found])


def is_data(node):
    """A function whose body is one literal (a table, a form) is data, whatever its length."""
    last = node.body[-1]
    return isinstance(last, ast.Return) and isinstance(last.value, ast.Dict | ast.List | ast.Tuple)


def test_no_file_is_longer_than_can_be_read_at_once():
    found = [f"{module}: {count}" for module in modules() if (count := len(module.text.splitlines())) > MAX_FILE]
    assert not found, told(found)


def test_no_function_is_longer_than_a_screen():
    """Counted is what it does: neither its words for the caller nor the list of what it is given."""
    found = [
        f"{module}:{node.lineno} {node.name}: {length}"
        for module in product()
        for node in module.functions()
        if (length := lines_of_work(node)) > MAX_FUNCTION and not is_data(node)
    ]
    assert not found, told(found)


def lines_of_work(node):
    first = node.body[1:2] if ast.get_docstring(node) else node.body[:1]
    return node.end_lineno - first[0].lineno + 1 if first else 0


def test_no_room_is_named_for_what_has_no_place():
    found = [str(module) for module in modules() if FORBIDDEN_NAMES & set(module.rooms)]
    assert not found, told(found)


def test_only_the_edges_look_at_the_clock():
    found = [
        f"{module}:{node.lineno} {name}"
        for module in product()
        if not READS_THE_CLOCK & set(module.rooms)
        for name, node in module.calls()
        if name in CLOCKS
    ]
    assert not found, told(found)


def test_nothing_happens_by_signal():
    found = [
        f"{module}: {name}"
        for module in product()
        for name, _ in module.imports()
        if name.startswith("django.dispatch") or name.endswith(".signals")
    ]
    assert not found, told(found)


def catches_everything(node):
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(one is None or ast.unparse(one) in {"Exception", "BaseException"} for one in caught)


def raises_again(node):
    return any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))


def test_bugs_are_caught_at_the_outermost_edge_alone():
    found = [
        f"{module}:{node.lineno}"
        for module in product()
        if not EDGES & set(module.rooms)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node) and not raises_again(node)
    ]
    assert not found, told(found)


def test_a_row_is_saved_by_the_names_of_its_changed_columns():
    """Whole-row saves lose what somebody else wrote meanwhile."""
    found = [
        f"{module}:{node.lineno}"
        for module in product()
        if "services" in module.rooms
        for name, node in module.calls()
        if name.endswith(".save") and not any(word.arg == "update_fields" for word in node.keywords)
        if name.split(".")[0] not in created_here(module)
    ]
    assert not found, told(found)


def created_here(module):
    """Names bound to a new model instance: `account = Account(...)` may be saved whole."""
    return {
        target.id
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and re.fullmatch(r"[A-Z]\w+", ast.unparse(node.value.func))
    }


def test_verbs_say_what_the_organisation_does():
    found = [
        f"{module}:{node.lineno} {node.name}"
        for module in product()
        if "services" in module.rooms
        for node in module.functions()
        if node.name.startswith(VERBS_TO_AVOID)
    ]
    assert not found, told(found)


def test_templates_carry_neither_style_nor_script():
    """The content security policy would refuse them, and the reader would never see why."""
    inline = re.compile(r"""<style|\sstyle\s*=\s*["']|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|javascript:""", re.I)
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in sorted(PACKAGE.rglob("templates/**/*.html"))
        for match in inline.finditer(file.read_text(encoding="utf-8"))
    ]
    assert not found, told(found)


def tracked(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a clone: nothing tells which files are the project's")
    return [ROOT / name for name in listed.stdout.split("\n") if name]


def texts():
    for file in tracked():
        if file.is_file() and file.suffix not in {".png", ".woff2", ".docx", ".xlsx", ".pdf", ".jpg", ".ico"}:
            try:
                yield file, file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_nothing_names_a_place_on_one_machine():
    place = re.compile(r"(?<![\w./<-])/(?:work|farm|root|home|Users)/\w+")
    found = [f"{file.relative_to(ROOT)}: {match[0]}" for file, text in texts() for match in place.finditer(text)]
    assert not found, told(found)


def test_no_lock_or_setting_names_an_index():
    index = re.compile(r"--(?:extra-)?index-url|find-links|index-url\s*=|\[\[tool\.uv\.index|registry\s*=\s*\"", re.I)
    named = [*tracked("requirements/*"), ROOT / "pyproject.toml"]
    found = [file.name for file in named if index.search(file.read_text(encoding="utf-8")) or "://" in file.read_text()]
    assert not found, told(found)


def test_the_source_promises_nothing_it_does_not_do():
    left = re.compile(r"\b(?:TODO|FIXME|XXX)\b|raise NotImplementedError")
    found = [f"{module}: {match[0]}" for module in modules() for match in left.finditer(module.text)]
    assert not found, told(found)
