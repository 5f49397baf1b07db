"""Verbs of the organisation: each a service, each told to the ledger in the same words."""

import ast
import importlib
import inspect
import re

import pytest

from giaoban.base.jobs import declaring
from tests.house.source import product

SERVICES = [module for module in product() if "services" in module.rooms]
PARTICIPLE = re.compile(r"(?:\w+_)?(?:\w+ed|begun|brought_in|chosen|drawn|given|held|laid|made|met|put|read|sent|sent_back|set|taken|taken_off|taken_over|told|withdrawn|written|drafted)(?:_(?:back|in|off|on|out|over|up))?")  # fmt: skip  # noqa: E501


def test_there_are_services_to_hold_to_the_rules():
    assert SERVICES


@pytest.mark.parametrize("module", SERVICES, ids=str)
def test_every_public_function_of_services_is_a_service(module):
    loaded = importlib.import_module(module.dotted)

    bare = [
        name
        for name, function in inspect.getmembers(loaded, inspect.isfunction)
        if function.__module__ == loaded.__name__ and not name.startswith("_") and not hasattr(function, "is_service")
    ]

    assert not bare


@pytest.mark.parametrize("module", SERVICES, ids=str)
def test_a_service_takes_its_words_by_name(module):
    positional = [
        node.name
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if node.args.args or node.args.posonlyargs
    ]
    assert not positional


@pytest.mark.parametrize("module", SERVICES, ids=str)
def test_a_service_is_told_who_acts_and_when(module):
    untold = [
        node.name
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if not {"actor", "at"} <= {word.arg for word in node.args.kwonlyargs}
    ]
    assert not untold


def verbs(module):
    """Literal verbs given to record(), or handed on to it as `told=`."""
    for name, call in module.calls():
        for word in call.keywords:
            is_verb = (name == "record" and word.arg == "verb") or word.arg == "told"
            if is_verb and isinstance(word.value, ast.Constant):
                yield word.value.value


@pytest.mark.parametrize("module", SERVICES, ids=str)
def test_a_ledger_verb_is_the_feature_and_a_past_participle(module):
    found = list(verbs(module))
    strange = [verb for verb in found if not re.fullmatch(rf"{module.rooms[1]}\.{PARTICIPLE.pattern}", verb)]

    assert found
    assert not strange


def test_only_services_and_the_plumbing_record():
    found = [
        str(module)
        for module in product()
        if module.rooms[0] == "apps" and not {"services", "jobs"} & set(module.rooms)
        for name, _ in module.calls()
        if name == "record"
    ]
    assert not found


def test_every_job_that_is_asked_for_by_name_is_declared():
    declaring.discover()
    unknown = [
        f"{module}: {call.args[0].value}"
        for module in product()
        for name, call in module.calls()
        if name.split(".")[-1] == "enqueue" and call.args and isinstance(call.args[0], ast.Constant)
        if call.args[0].value not in declaring.KINDS
    ]
    assert not unknown
