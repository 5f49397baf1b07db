"""Processes that hand in reports and read totals are killed at any moment: nothing is lost, doubled or half read."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from pathlib import Path
from random import Random
from time import sleep

import pytest
from django.db import connections

from giaoban.apps.reports import services as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries
from giaoban.apps.rollups.queries import keeping
from giaoban.apps.rollups.queries.live import picture
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.verify import verify
from giaoban.core.refusal import Refusal
from giaoban.site.demo.small import usual_figures

pytestmark = pytest.mark.django_db(transaction=True)
fork = multiprocessing.get_context("fork")

KILLS = 120
AT_ONCE = 3


def totals(world):
    """Two fields that are equal in every report handed in here, added up over all of them."""
    with picture([world.round]) as now:
        values = now.matrices[world.round.pk].total(world.centre.pk).values
    return values["summoned"], values["attended"]


def hand_in_for_ever(world, log, seed):
    """Take reports back, fill them anew and hand them in; write down what was answered with success."""
    keeping.let_go()
    random = Random(seed)
    told = os.open(log, os.O_WRONLY | os.O_APPEND)
    ids = list(Report.objects.filter(round=world.round).order_by("id").values_list("id", "unit_id"))
    while True:
        report_id, unit_id = random.choice(ids)
        actor = next(world.actor_at(unit) for unit in world.committees if unit.pk == unit_id)
        found = Report.objects.get(pk=report_id)
        number = random.randrange(1, 1_000_000)
        try:
            if found.state == "submitted":
                reports.withdraw(actor=actor, report_id=report_id, at=world.at)
            done = reports.hand_in(
                actor=actor,
                report_id=report_id,
                revision=found.revision,
                figures=usual_figures(held=True) | {"summoned": number, "attended": number},
                prose=str(number),
                at=world.at,
            )
        except Refusal:
            continue  # somebody else was quicker
        assert done.is_submitted, done.faults
        os.write(told, f"{report_id} {done.report.revision} {number}\n".encode())
        if random.random() < 0.3:
            summoned, attended = totals(world)
            assert summoned == attended


def begin(world, log, seed):
    connections.close_all()  # a child must not speak on its parent's connection
    child = fork.Process(target=hand_in_for_ever, args=(world, log, seed), daemon=True)
    child.start()
    return child


def test_no_report_is_lost_doubled_or_half_read_whoever_is_killed(world, held, tmp_path):
    random, log = Random(8), tmp_path / "answered"
    log.touch()
    for unit in world.committees:
        world.report(unit)
    assert totals(world) == (None, None)

    children = [begin(world, log, seed) for seed in range(AT_ONCE)]
    for number in range(KILLS):
        sleep(random.uniform(0.005, 0.06))
        victim = children.pop(random.randrange(AT_ONCE))
        assert victim.is_alive(), "a process ended by itself: see its traceback"
        victim.kill()
        victim.join()
        summoned, attended = totals(world)
        assert summoned == attended
        children.append(begin(world, log, AT_ONCE + number))
    for child in children:
        child.kill()
        child.join()

    _nothing_is_lost(log)
    _nothing_is_doubled(world)
    assert queries.audit(round_=world.round).is_sound
    assert not verify().broken


def _nothing_is_lost(log: Path) -> None:
    answered: dict[int, tuple[int, int]] = {}
    for line in log.read_text().splitlines():
        report_id, revision, number = map(int, line.split())
        answered[report_id] = max(answered.get(report_id, (0, 0)), (revision, number))
    assert answered, "nobody came so far as to hand anything in"
    for report in Report.objects.filter(pk__in=answered):
        revision, number = answered[report.pk]
        assert report.revision >= revision
        if report.revision == revision:
            assert (report.figures["summoned"], report.figures["attended"], report.prose) == (
                number,
                number,
                str(number),
            )


def _nothing_is_doubled(world) -> None:
    for report in Report.objects.filter(round=world.round):
        entries = list(Entry.objects.about("reports.report", report.pk))
        filled = Counter(entry.facts["revision"] for entry in entries if entry.verb == "reports.filled")
        assert filled == Counter(range(2, report.revision + 1))  # it is opened with revision 1
        assert report.figures.get("summoned") == report.figures.get("attended")
        life = [entry.verb for entry in entries if entry.verb in ("reports.submitted", "reports.withdrawn")]
        assert life == ["reports.submitted", "reports.withdrawn"] * (len(life) // 2) + life[len(life) // 2 * 2 :]
        assert (report.state == "submitted") == (len(life) % 2 == 1)
