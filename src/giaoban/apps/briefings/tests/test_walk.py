"""The thin walk: a briefing is prepared, called, opened, concluded and closed, and its conclusion is a task."""

from __future__ import annotations

import pytest

from giaoban.apps.briefings import queries, rules, services
from giaoban.apps.briefings.models import Briefing, Conclusion
from giaoban.apps.briefings.tests import scenes
from giaoban.apps.tasks import rules as task_rules
from giaoban.apps.tasks.models import Task

pytestmark = pytest.mark.django_db


def test_a_briefing_walks_from_preparing_to_its_seal(world):
    briefing = scenes.in_session(world)
    conclusion = scenes.concluded(world, briefing, scenes.directive(world.caugiay))
    services.close(actor=world.binh, briefing_id=briefing.pk, at=scenes.afternoon(world))

    briefing.refresh_from_db()
    task = Task.objects.get(origin=f"briefings.conclusion:{conclusion.pk}")
    assert (briefing.state, len(briefing.seal)) == ("closed", 64)
    assert (task.lead_unit, task.assigning_unit, task.assigner.code) == (world.caugiay, world.hanoi, "btv")
    assert briefing.seal == rules.sealed(queries.sealed_record(Briefing.objects.get(pk=briefing.pk)))


@pytest.mark.parametrize(
    ("lacks", "no"), [({"lead_unit_id": None}, task_rules.NoLead), ({"due": None}, task_rules.NoDeadline)]
)
def test_a_directive_without_lead_or_deadline_is_refused_and_neither_exists(world, lacks, no):
    briefing = scenes.in_session(world)

    with pytest.raises(no):
        scenes.concluded(world, briefing, scenes.directive(world.caugiay, **lacks))

    assert not Conclusion.objects.exists()
    assert not Task.objects.exists()
