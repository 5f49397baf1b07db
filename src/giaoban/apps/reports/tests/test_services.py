"""The life of a report, rule by rule."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from giaoban.apps.reports import rules, services
from giaoban.apps.reports.models import Report
from giaoban.base.ledger.models import Entry
from giaoban.core.moves import WrongMoment
from giaoban.core.refusal import NotFound
from giaoban.site.demo.small import World, usual_figures

pytestmark = pytest.mark.django_db
PLACE = {"document": 3, "start": 10, "end": 13, "quote": "250", "sentence": "Triệu tập 250 đại biểu."}


def told(report: Report) -> list[str]:
    return list(Entry.objects.about("reports.report", report.pk).values_list("verb", flat=True))


def test_opening_twice_gives_back_the_same_report(world: World):
    assert world.report(world.caugiay).pk == world.report(world.caugiay).pk


def test_nobody_opens_a_report_of_a_unit_they_do_not_speak_for(world: World):
    with pytest.raises(NotFound):
        services.open_report(actor=world.dung, round_id=world.round.pk, unit_id=world.caugiay.pk, at=world.at)


def test_a_unit_that_owes_nothing_cannot_open_a_report(world: World):
    with pytest.raises(rules.NotOwed, match="DH-TCS"):
        services.open_report(actor=world.minh, round_id=world.round.pk, unit_id=world.dichvong.pk, at=world.at)


def test_a_round_that_is_not_there_is_refused_as_not_found(world: World):
    with pytest.raises(NotFound):
        services.open_report(actor=world.lan, round_id=10**9, unit_id=world.caugiay.pk, at=world.at)


def test_an_incomplete_report_is_refused_and_nothing_changes(world: World):
    report = world.report(world.caugiay)

    with pytest.raises(rules.NotReady, match="Đã tổ chức đại hội"):
        services.submit(actor=world.lan, report_id=report.pk, at=world.at)

    report.refresh_from_db()
    assert report.state == rules.State.DRAFT


def test_a_blocking_check_names_itself_and_keeps_the_report_in_hand(world: World):
    report = world.filled(world.caugiay, attended=251)

    with pytest.raises(rules.NotReady, match="nhiều hơn số được triệu tập"):
        services.submit(actor=world.lan, report_id=report.pk, at=world.at)


def test_a_warning_keeps_nobody_from_submitting(world: World):
    assert world.submitted(world.caugiay, women=1).state == rules.State.SUBMITTED


def test_computed_figures_are_stored_with_the_typed_ones(world: World):
    report = world.filled(world.caugiay, to_elect=39, elected=37)

    assert report.figures["unfilled"] == 2
    assert report.figures["attendance"] == 9920


def test_a_computed_figure_handed_over_is_worked_out_anew(world: World):
    assert world.filled(world.caugiay, unfilled=17).figures["unfilled"] == 0


@pytest.mark.parametrize("figures", [{"summoned": "250"}, {"summoned": 2**63}, {"nowhere": 1}, {"held": 1}])
def test_figures_that_are_not_of_the_form_are_refused(world: World, figures: dict):
    report = world.report(world.caugiay)

    with pytest.raises(rules.NotFigures):
        services.fill(actor=world.lan, report_id=report.pk, revision=1, figures=figures, at=world.at)


def test_saving_what_stands_there_already_is_not_an_event(world: World):
    report = world.filled(world.caugiay)
    before = told(report)

    again = services.fill(
        actor=world.lan, report_id=report.pk, revision=report.revision, figures=report.figures, at=world.at
    )

    assert (told(report), again.revision) == (before, report.revision)


def test_a_save_from_an_older_revision_is_refused_with_both_values(world: World):
    report = world.filled(world.caugiay)

    with pytest.raises(rules.SomebodyElseSaved) as refused:
        services.fill(
            actor=world.lan,
            report_id=report.pk,
            revision=1,
            figures=usual_figures(held=True) | {"women": 8},
            prose="Khác",
            at=world.at,
        )

    found = {one.field: (one.theirs, one.yours) for one in refused.value.differences}
    assert found["women"] == (9, 8)
    assert found[rules.PROSE] == ("", "Khác")
    report.refresh_from_db()
    assert report.figures["women"] == 9


def test_a_figure_changed_by_hand_loses_the_sentence_it_was_read_from(world: World):
    report = world.report(world.caugiay)
    figures = {"held": True, "summoned": 250, "women": 9}
    report = services.fill(
        actor=world.lan,
        report_id=report.pk,
        revision=1,
        figures=figures,
        evidence={"summoned": PLACE, "women": PLACE},
        at=world.at,
    )

    report = services.fill(
        actor=world.lan, report_id=report.pk, revision=2, figures=figures | {"summoned": 251}, at=world.at
    )

    assert report.evidence == {"women": PLACE}


def test_handing_in_saves_and_submits_at_once(world: World):
    report = world.report(world.caugiay)

    done = services.hand_in(
        actor=world.lan, report_id=report.pk, revision=1, figures=usual_figures(held=True), prose="Xong.", at=world.at
    )

    assert done.is_submitted
    assert told(report)[-2:] == ["reports.filled", "reports.submitted"]


def test_what_cannot_be_handed_in_yet_stays_saved_as_a_draft(world: World):
    report = world.report(world.caugiay)

    done = services.hand_in(
        actor=world.lan, report_id=report.pk, revision=1, figures={"summoned": 250}, prose=None, at=world.at
    )

    report.refresh_from_db()
    assert [fault.place for fault in done.faults] == ["held"]
    assert (report.state, report.figures) == (rules.State.DRAFT, {"summoned": 250})


@pytest.mark.parametrize(("minutes", "late"), [(-1, False), (0, False), (1, True)])
def test_late_is_after_the_deadline_of_the_units_own_level(world: World, minutes: int, late: bool):
    report = world.filled(world.caugiay)
    due_at = datetime.fromisoformat(world.round.deadlines["tren-co-so"])

    services.submit(actor=world.lan, report_id=report.pk, at=due_at + timedelta(minutes=minutes))

    assert Entry.objects.about("reports.report", report.pk).last().facts["late"] is late


def test_a_submitted_report_cannot_be_written(world: World):
    report = world.submitted(world.caugiay)

    with pytest.raises(WrongMoment):
        services.fill(actor=world.lan, report_id=report.pk, revision=report.revision, figures={}, at=world.at)


def test_a_report_taken_back_can_be_written_again(world: World):
    report = world.submitted(world.caugiay)

    services.withdraw(actor=world.lan, report_id=report.pk, at=world.at)
    report = services.fill(actor=world.lan, report_id=report.pk, revision=report.revision, figures={}, at=world.at)

    assert (report.state, report.submitted_at, report.figures) == (rules.State.DRAFT, None, {})


def test_a_report_once_accepted_cannot_be_taken_back(world: World):
    with pytest.raises(WrongMoment):
        services.withdraw(actor=world.lan, report_id=world.accepted(world.caugiay).pk, at=world.at)


def test_the_reporter_of_a_unit_does_not_accept_its_own_report(world: World):
    with pytest.raises(NotFound):
        services.accept(actor=world.lan, report_id=world.submitted(world.caugiay).pk, at=world.at)


def test_a_reviewer_beside_the_unit_cannot_accept_it(world: World):
    with pytest.raises(NotFound):
        services.accept(actor=world.hoa, report_id=world.submitted(world.caugiay).pk, at=world.at)


def test_a_report_changed_since_it_was_read_is_not_accepted(world: World):
    report = world.submitted(world.caugiay)
    read = report.revision
    services.withdraw(actor=world.lan, report_id=report.pk, at=world.at)
    services.hand_in(
        actor=world.lan,
        report_id=report.pk,
        revision=read,
        figures=usual_figures(held=True) | {"women": 8},
        prose=None,
        at=world.at,
    )

    with pytest.raises(rules.ChangedSinceRead, match="Cầu Giấy"):
        services.accept(actor=world.binh, report_id=report.pk, revision=read, at=world.at)


def test_a_report_comes_back_with_the_reason_and_goes_up_again_without_it(world: World):
    report = world.submitted(world.caugiay)
    services.send_back(actor=world.binh, report_id=report.pk, reason="  Thiếu biên bản ", at=world.at)
    report.refresh_from_db()
    assert (report.state, report.reason) == (rules.State.RETURNED, "Thiếu biên bản")

    report = services.submit(actor=world.lan, report_id=report.pk, at=world.at)

    assert (report.state, report.reason) == (rules.State.SUBMITTED, "")


@pytest.mark.parametrize(("reason", "refusal"), [(" \n ", rules.NoReason), ("a" * 501, rules.ReasonTooLong)])
def test_a_report_is_returned_only_with_a_reason_that_fits(world: World, reason: str, refusal: type[Exception]):
    report = world.submitted(world.caugiay)

    with pytest.raises(refusal):
        services.send_back(actor=world.binh, report_id=report.pk, reason=reason, at=world.at)


def test_an_accepted_report_is_reopened_amended_and_accepted_again(world: World):
    report = world.accepted(world.caugiay)

    services.reopen(actor=world.binh, report_id=report.pk, reason="Sửa số nữ", at=world.at)
    services.hand_in(
        actor=world.lan,
        report_id=report.pk,
        revision=report.revision,
        figures=usual_figures(held=True) | {"women": 8},
        prose=None,
        at=world.at,
    )
    report = services.accept(actor=world.binh, report_id=report.pk, at=world.at)

    assert (report.state, report.figures["women"]) == (rules.State.ACCEPTED, 8)
    assert told(report)[-4:] == ["reports.reopened", "reports.filled", "reports.submitted", "reports.accepted"]


def test_nothing_to_report_is_an_answer_that_can_be_handed_in(world: World):
    report = world.report(world.caugiay)

    services.declare_nothing(actor=world.lan, report_id=report.pk, revision=1, at=world.at)

    assert services.submit(actor=world.lan, report_id=report.pk, at=world.at).is_nothing


def test_nothing_cannot_be_declared_over_figures(world: World):
    report = world.filled(world.caugiay)

    with pytest.raises(rules.HasFigures):
        services.declare_nothing(actor=world.lan, report_id=report.pk, revision=report.revision, at=world.at)


def test_a_figure_takes_back_that_there_was_nothing(world: World):
    report = world.report(world.caugiay)
    report = services.declare_nothing(actor=world.lan, report_id=report.pk, revision=1, at=world.at)

    report = services.fill(actor=world.lan, report_id=report.pk, revision=2, figures={"held": False}, at=world.at)

    assert not report.is_nothing


def test_many_are_accepted_with_an_entry_each_and_the_odd_ones_are_left(world: World):
    plain, odd = world.submitted(world.caugiay), world.submitted(world.dongda, women=1)
    changed = world.submitted(world.bavi)
    seen = {plain.pk: plain.revision, odd.pk: odd.revision, changed.pk: changed.revision - 1}

    accepted = services.accept_many(actor=world.binh, seen=seen, at=world.at)

    assert [report.pk for report in accepted] == [plain.pk]
    assert told(plain)[-1] == "reports.accepted"
    assert {report.state for report in Report.objects.filter(pk__in=[odd.pk, changed.pk])} == {"submitted"}


def test_many_are_accepted_only_below_the_reviewer(world: World):
    report = world.submitted(world.caugiay)

    assert services.accept_many(actor=world.hoa, seen={report.pk: report.revision}, at=world.at) == []


def test_the_same_file_given_twice_is_one_attachment(world: World):
    report = world.report(world.caugiay)
    given = {"actor": world.lan, "report_id": report.pk, "data": b"x", "media_type": "text/plain", "at": world.at}

    first, second = services.attach(name="a.txt", **given), services.attach(name="b.txt", **given)

    assert first.pk == second.pk


def test_an_empty_file_is_refused(world: World):
    report = world.report(world.caugiay)

    with pytest.raises(rules.EmptyFile):
        services.attach(
            actor=world.lan, report_id=report.pk, data=b"", name="a.txt", media_type="text/plain", at=world.at
        )


def test_a_file_is_taken_off_once(world: World):
    report = world.report(world.caugiay)
    attachment = services.attach(
        actor=world.lan, report_id=report.pk, data=b"x", name="a.txt", media_type="text/plain", at=world.at
    )
    services.take_off(actor=world.lan, attachment_id=attachment.pk, at=world.at)

    with pytest.raises(NotFound):
        services.take_off(actor=world.lan, attachment_id=attachment.pk, at=world.at)


def test_prose_keeps_its_paragraphs_and_loses_what_no_one_can_read(world: World):
    report = world.report(world.caugiay)

    report = services.fill(
        actor=world.lan, report_id=report.pk, revision=1, figures={}, prose="Một\r\n\r\nHai\x00", at=world.at
    )

    assert report.prose == "Một\n\nHai"
