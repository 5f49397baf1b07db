"""Who is asked before the tree changes, and before a change is taken back: features that stand above units."""

from __future__ import annotations

from giaoban.apps.forms import queries as forms
from giaoban.apps.people import queries as people
from giaoban.apps.reports.queries import ties as reports
from giaoban.apps.tasks import services as task_services
from giaoban.apps.tasks.queries import ties as tasks
from giaoban.apps.units.rules.plans import Ties

TIES = (
    Ties(before=people.ties_before, since=people.ties_since),
    Ties(before=forms.ties_before, since=forms.ties_since),
    Ties(before=reports.before, since=reports.since),
    Ties(before=tasks.before, since=tasks.since, back=task_services.give_back),
)
