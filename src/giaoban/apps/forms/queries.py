"""The read side of forms: who owes what, which rounds there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max, Q

from giaoban.apps.forms.models import Duty, DutyException, Form, Round
from giaoban.base.ledger.models import Entry
from giaoban.core.orgtree import OrgTree

DUTY_VERBS = ("forms.duty_laid", "forms.unit_excepted", "forms.duty_ended")


def duty_stamp() -> int:
    """The last ledger number that changed who owes what: the key under which duty may be kept."""
    return Entry.objects.filter(verb__in=DUTY_VERBS).aggregate(last=Max("id"))["last"] or 0


def owing_units(*, form_id: int, day: date, tree: OrgTree) -> Sequence[int]:
    """Ids of the units that owe the form on that day, in the tree's order. Two queries."""
    in_force = Q(until_day__isnull=True) | Q(until_day__gt=day)
    levels = set(
        Duty.objects.filter(in_force, form_id=form_id, from_day__lte=day).values_list("level__code", flat=True)
    )
    exceptions = dict(
        DutyException.objects.filter(in_force, form_id=form_id, from_day__lte=day).values_list("unit_id", "owes")
    )
    return [unit for unit, level in zip(tree.units, tree.levels, strict=True) if exceptions.get(unit, level in levels)]


def rounds_of(form: Form) -> Sequence[Round]:
    """Every round of a form, newest period first."""
    return list(
        Round.objects.filter(form_version__form=form)
        .select_related("period", "form_version")
        .order_by("-period__until_day", "-period__from_day")
    )
