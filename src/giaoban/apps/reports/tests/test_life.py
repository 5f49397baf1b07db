"""Whatever people do in whatever order, a report is where its table of moves says, and the ledger tells all of it."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from giaoban.apps.reports import rules, services
from giaoban.apps.reports.models import Report
from giaoban.base.ledger.models import Entry
from giaoban.core.refusal import Refusal
from giaoban.site.demo.small import World, usual_figures

DEEDS = ("fill", "empty", "nothing", "submit", "hand_in", "withdraw", "accept", "accept_seen", "send_back", "reopen")
LEADS = {  # deed -> where it may begin, where it ends; what keeps the state is left out
    "submit": ({"draft", "returned"}, "submitted"),
    "withdraw": ({"submitted"}, "draft"),
    "accept": ({"submitted"}, "accepted"),
    "accept_seen": ({"submitted"}, "accepted"),
    "send_back": ({"submitted"}, "returned"),
    "reopen": ({"accepted"}, "returned"),
}


def do(world: World, report: Report, deed: str, women: int) -> None:
    by_reporter = {"actor": world.lan, "report_id": report.pk, "at": world.at}
    by_reviewer = {"actor": world.binh, "report_id": report.pk, "at": world.at}
    figures = usual_figures(held=True) | {"women": women}
    match deed:
        case "fill":
            services.fill(**by_reporter, revision=report.revision, figures=figures)
        case "empty":
            services.fill(**by_reporter, revision=report.revision, figures={})
        case "nothing":
            services.declare_nothing(**by_reporter, revision=report.revision)
        case "submit":
            services.submit(**by_reporter)
        case "hand_in":
            services.hand_in(**by_reporter, revision=report.revision, figures=figures, prose=None)
        case "withdraw":
            services.withdraw(**by_reporter)
        case "accept":
            services.accept(**by_reviewer)
        case "accept_seen":
            services.accept(**by_reviewer, revision=report.revision)
        case "send_back":
            services.send_back(**by_reviewer, reason="xem lại")
        case "reopen":
            services.reopen(**by_reviewer, reason="xem lại")


def is_sound(report: Report) -> bool:
    """What is true of every report at every moment."""
    return (
        (report.state == "accepted") == (report.accepted_at is not None)
        and (report.state not in rules.COUNTED or report.submitted_at is not None)
        and (report.state != "returned" or bool(report.reason))
        and not (report.is_nothing and report.figures)
        and (report.state not in rules.COUNTED or report.is_nothing or "held" in report.figures)
        and report.evidence.keys() <= report.figures.keys()
    )


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(6, 12)), max_size=14))
def test_a_report_is_always_where_its_moves_lead(world: World, deeds: list[tuple[str, int]]):
    with transaction.atomic():
        report = world.report(world.caugiay)
        for deed, women in deeds:
            before, entries = report.state, Entry.objects.about("reports.report", report.pk).count()
            was = (report.revision, report.figures)
            try:
                do(world, report, deed, women)
            except Refusal:
                report.refresh_from_db()
                assert (report.state, (report.revision, report.figures)) == (before, was)
                assert Entry.objects.about("reports.report", report.pk).count() == entries
                continue
            report.refresh_from_db()
            if deed in LEADS:
                begins, ends = LEADS[deed]
                assert before in begins
                assert report.state == ends
            assert before in rules.IN_HAND or (report.revision, report.figures) == was
            assert is_sound(report)
        transaction.set_rollback(True)
