"""Handing work over to tasks from elsewhere: the form of a new task filled in, and what has become of a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from giaoban.apps.tasks import access
from giaoban.apps.tasks.models import Task
from giaoban.base.access import Actor

_SIGNER = Signer(salt="tasks.origin")


def form_address(*, boxes: Mapping[str, str], origin: str) -> str:
    """The address of the form of a new task with its boxes filled in; the task it makes will bear the origin.

    The origin is signed, so that nobody can use up that of another row.
    """
    given = {name: text for name, text in boxes.items() if text}
    return f"{reverse('tasks:new')}?{urlencode({**given, 'origin': _SIGNER.sign(origin)})}"


def origin_of(signed: str) -> str:
    """The origin a form was opened with, empty when the words are not ours."""
    try:
        return _SIGNER.unsign(signed)
    except BadSignature:
        return ""


def tasks_of(*, actor: Actor, origins: Iterable[str]) -> dict[str, int]:
    """Origin -> the task made from it, where the actor may read it. One query."""
    made = Task.objects.allowed(actor, access.READ).filter(origin__in=list(origins))
    return dict(made.values_list("origin", "pk"))
