"""Template words of forms: the fault of a box."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def at_box(faults: Mapping[str, str], box: str) -> str:
    """What is wrong at a box, nothing when it is right."""
    return faults.get(box, "")


@register.simple_tag
def step_fault(faults: Mapping[str, str], level: str) -> str:
    """What is wrong with the line of a level."""
    return faults.get(f"step-{level}", "")
