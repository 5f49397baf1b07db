"""Every night, and whenever asked, what is kept for totals is held against the reports."""

from datetime import timedelta

import pytest

from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries, rules
from giaoban.apps.rollups.jobs import audit as nightly
from giaoban.apps.rollups.queries import keeping
from giaoban.apps.rollups.queries.live import picture
from giaoban.base.jobs.models import Job
from giaoban.base.ledger.guards import writing
from giaoban.base.ledger.models import Entry


@pytest.fixture
def kept(world):
    """The matrix of the round, with two reports in it."""
    world.accepted(world.caugiay)
    world.submitted(world.vinh, held=False)
    with picture([world.round]) as now:
        return now.kept[world.round.pk]


def total(world):
    with picture([world.round]) as now:
        return now.matrices[world.round.pk].total(world.centre.pk)


def spoil(kept):
    """A bit that fell over on the disk."""
    slot = kept.matrix.slots.slot(kept.matrix.slots.units[2])
    kept.matrix.values[1, slot] += 1


def test_what_agrees_is_sound(world, kept):
    found = queries.audit(round_=world.round)

    assert found.is_sound
    assert found.compared == 6


def test_one_wrong_cell_is_found_with_its_unit_and_field(world, kept):
    spoil(kept)

    found = queries.audit(round_=world.round)

    assert found.units == (int(kept.matrix.slots.units[2]),)
    assert found.fields == (kept.matrix.layout.columns[1].field,)


def test_a_wrong_sum_of_many_units_is_found_with_its_field(world, kept):
    kept.matrix.cells.partials[0, 1, 0] += 1

    found = queries.audit(round_=world.round)

    assert kept.matrix.slots.units[2] in found.units
    assert found.fields == (kept.matrix.layout.columns[1].field,)


def test_the_nightly_audit_alarms_and_builds_anew(world, kept, run_jobs):
    before = total(world)
    spoil(kept)
    kept.mapped.write(kept.mapped.status().sequence, lambda: True)
    run_jobs(at=world.at)  # the schedule becomes known
    assert total(world) != before

    done = run_jobs(at=world.at + timedelta(days=1), may_fail=True)

    assert "rollups.audit" in done
    entry = Entry.objects.get(verb="rollups.doubted")
    assert (entry.subject_id, entry.facts["count"]) == (world.round.pk, 1)
    assert Job.objects.get(name="rollups.audit").state == "failed"
    assert "DH-TCS 2020-W34" in Job.objects.get(name="rollups.audit").trouble
    assert total(world) == before
    nightly(at=world.at, actor=world.system)
    assert Entry.objects.filter(verb="rollups.doubted").count() == 1


def test_a_report_that_cannot_be_read_is_told_in_the_ledger(world, kept):
    report = Report.objects.get(round=world.round, unit=world.vinh)
    with writing():
        Report.objects.filter(pk=report.pk).update(figures={"held": 3})
    total(world)

    with pytest.raises(rules.TotalsInDoubt, match="DH-TCS"):
        nightly(at=world.at, actor=world.system)

    assert Entry.objects.get(verb="rollups.refused").facts == {"report": report.pk, "field": "held"}


def test_rebuilding_sees_every_report_go_by(world, kept):
    spoil(kept)
    seen = []

    queries.rebuild(world.round, watched=lambda told: (seen.append(one.id) or one for one in told))

    assert len(seen) == Report.objects.filter(round=world.round).count()
    assert queries.audit(round_=world.round).is_sound
    assert [one.pk for one in queries.rounds_on_shelf()] == [world.round.pk]
    assert keeping.shelf().names() == [f"round-{world.round.pk}"]
