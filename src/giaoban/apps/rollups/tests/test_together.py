"""Several processes share the matrices; what one of them may still undo, the others never see."""

import multiprocessing

import pytest
from django.db import connections, transaction

from giaoban.apps.reports import services as reports
from giaoban.apps.rollups import queries
from giaoban.apps.rollups.queries import keeping
from giaoban.apps.rollups.queries.live import picture

pytestmark = pytest.mark.django_db(transaction=True)
fork = multiprocessing.get_context("fork")


def said(world):
    """How many have reported."""
    with picture([world.round]) as now:
        total = now.matrices[world.round.pk].total(world.centre.pk)
    return total.counted


def elsewhere(world):
    """The same from a process of its own, which goes on to write what it found into the shared file."""

    def ask(told):
        keeping.let_go()
        told.send(said(world))

    heard, told = fork.Pipe(duplex=False)
    connections.close_all()
    child = fork.Process(target=ask, args=(told,))
    child.start()
    found = heard.recv()
    child.join()
    return found


def test_what_one_process_brings_in_is_there_for_all(world, held):
    assert said(world) == 0
    world.submitted(world.caugiay)

    assert elsewhere(world) == 1
    with picture([world.round]) as now:
        assert now.kept[world.round.pk].mapped.status().durable.number < now.head
    assert said(world) == 1


def test_what_may_be_undone_is_seen_inside_its_transaction_and_nowhere_else(world, held):
    report = world.filled(world.vinh)
    assert said(world) == 0

    with transaction.atomic():
        reports.submit(actor=world.actor_at(world.vinh), report_id=report.pk, at=world.at)
        assert said(world) == 1
        assert keeping.store.kept[world.round.pk].mapped.cells.values.sum() == 0
        transaction.set_rollback(True)

    assert said(world) == elsewhere(world) == 0
    assert queries.audit(round_=world.round).is_sound
