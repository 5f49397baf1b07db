"""What does not agree is told beside the form, and put aside only with a reason."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from giaoban.apps.narratives import queries, rules, services
from giaoban.apps.narratives.models import Proposal, SetAside
from giaoban.apps.reports import services as reports
from giaoban.base.ledger.models import Entry
from giaoban.core.refusal import NotFound

SOUND = "Đại hội có 250 đại biểu được triệu tập. Dự phiên khai mạc có 248 đại biểu có mặt."
FALLEN = SOUND.replace("248", "246")  # 248 were present in the report of the week before
PERCENT = SOUND + " Có 27/39 đồng chí trình độ thạc sĩ trở lên, đạt 72%."


def received(world, text, **figures):
    """Cầu Giấy's report with these figures typed and a text read for it."""
    report = world.report(world.caugiay)
    if figures:
        reports.fill(actor=world.lan, report_id=report.pk, revision=report.revision, figures=figures, at=world.at)
    return services.paste(actor=world.lan, report_id=report.pk, text=text, name="dán", at=world.at)


def told(world, narrative):
    """The findings that wait on the page of a text."""
    found = queries.narrative_page(actor=world.lan, report_id=narrative.report_id, narrative_id=narrative.pk)
    return [row.says for row in found.text.findings]


def standing(narrative):
    narrative.report.refresh_from_db()
    return queries.standing_findings(narrative)


def test_a_text_that_agrees_with_itself_the_form_and_the_week_before_tells_nothing(world):
    assert told(world, received(world, SOUND, summoned=250)) == []


def test_a_percentage_that_does_not_add_up_is_told_with_both_sides(world):
    assert told(world, received(world, PERCENT)) == ["Ghi 72%, nhưng 27/39 là 69,23%."]


def test_a_figure_lower_than_the_week_before_names_the_week(world):
    (says,) = told(world, received(world, FALLEN))

    assert says == f"Thấp hơn kỳ trước: kỳ trước 248 ({world.round_before.period.label}), kỳ này 246."


def test_a_figure_unlike_the_one_typed_is_told_until_the_form_says_the_same(world):
    narrative = received(world, SOUND, summoned=251)
    assert told(world, narrative) == ["Văn bản ghi 250, biểu mẫu đang ghi 251."]

    report = narrative.report
    report.refresh_from_db()
    reports.fill(actor=world.lan, report_id=report.pk, revision=report.revision, figures={"summoned": 250}, at=world.at)

    assert told(world, narrative) == []


def test_a_figure_a_person_corrected_is_their_decision_and_no_contradiction(world):
    narrative = received(world, SOUND)
    proposal = narrative.proposals.get(field="summoned", value=250)
    services.apply(
        actor=world.lan,
        narrative_id=narrative.pk,
        values={proposal.pk: 251},
        revision=narrative.report.revision,
        at=world.at,
    )

    assert told(world, narrative) == []


def test_two_texts_of_a_report_that_differ_are_told_by_name(world):
    received(world, SOUND)
    second = received(world, SOUND.replace("250", "249"))

    assert "Văn bản này ghi 249, văn bản «dán» ghi 250." in told(world, second)


def test_last_weeks_text_given_for_this_week_is_told(world):
    narrative = received(world, "Báo cáo tuần từ ngày 10 đến ngày 16-8-2020\n08:00 17/8/2020\n" + SOUND)

    period = world.round.period.label
    assert told(world, narrative) == [f"Văn bản nói về «từ ngày 10 đến ngày 16-8-2020», kỳ của báo cáo là {period}."]


def test_a_finding_is_put_aside_with_a_reason_and_stays_to_be_read(world):
    narrative = received(world, PERCENT)
    (finding,) = standing(narrative)

    services.set_aside(
        actor=world.lan, narrative_id=narrative.pk, key=finding.key, reason=" Mẫu số là 38. ", at=world.at
    )

    text = queries.narrative_page(actor=world.lan, report_id=narrative.report_id, narrative_id=None).text
    assert text.findings == []
    (row,) = text.aside
    assert (row.says, row.reason, row.by_name, row.at) == (
        "Ghi 72%, nhưng 27/39 là 69,23%.",
        "Mẫu số là 38.",
        world.lan.name,
        world.at,
    )
    entry = Entry.objects.get(verb="narratives.finding_dismissed")
    assert (entry.facts["reason"], entry.place) == ("Mẫu số là 38.", narrative.report.unit.path)


@pytest.mark.parametrize(("reason", "refusal"), [(" \n", rules.NoReason), ("a" * 501, rules.ReasonTooLong)])
def test_without_a_fitting_reason_nothing_is_put_aside(world, reason, refusal):
    narrative = received(world, PERCENT)
    (finding,) = standing(narrative)

    with pytest.raises(refusal):
        services.set_aside(actor=world.lan, narrative_id=narrative.pk, key=finding.key, reason=reason, at=world.at)

    assert not SetAside.objects.exists()


def test_a_finding_that_is_gone_or_put_aside_before_is_refused(world):
    narrative = received(world, PERCENT)
    (finding,) = standing(narrative)
    services.set_aside(actor=world.lan, narrative_id=narrative.pk, key=finding.key, reason="Đã xem.", at=world.at)

    for key in (finding.key, "percent||0|1%||2%", ""):
        with pytest.raises(rules.NoSuchFinding):
            services.set_aside(actor=world.lan, narrative_id=narrative.pk, key=key, reason="Đã xem.", at=world.at)


def test_a_finding_put_aside_comes_back_when_its_figure_changes(world):
    narrative = received(world, SOUND, summoned=251)
    (finding,) = standing(narrative)
    services.set_aside(actor=world.lan, narrative_id=narrative.pk, key=finding.key, reason="Đã xem.", at=world.at)
    assert told(world, narrative) == []

    report = narrative.report
    report.refresh_from_db()
    reports.fill(actor=world.lan, report_id=report.pk, revision=report.revision, figures={"summoned": 252}, at=world.at)

    assert told(world, narrative) == ["Văn bản ghi 250, biểu mẫu đang ghi 252."]


def test_whoever_only_reads_puts_nothing_aside(world):
    narrative = received(world, PERCENT)
    (finding,) = standing(narrative)

    with pytest.raises(NotFound):
        services.set_aside(actor=world.binh, narrative_id=narrative.pk, key=finding.key, reason="Đã xem.", at=world.at)


def test_no_reason_is_told_on_the_page_in_one_sentence(world, client, at):
    narrative = received(world, PERCENT)
    (finding,) = standing(narrative)
    client.force_login(world.accounts["lan"])

    answer = client.post(
        reverse("narratives:set_aside", args=[narrative.report_id, narrative.pk]),
        {"write_key": uuid.uuid4().hex, "key": finding.key, "why": ""},
    )

    assert answer.status_code == 422
    assert rules.NoReason.says in answer.content.decode()


def test_the_report_tells_how_many_findings_wait(world, client, at):
    narrative = received(world, PERCENT)
    client.force_login(world.accounts["binh"])
    url = reverse("narratives:count", args=[narrative.report_id])

    assert "1 phát hiện" in client.get(url).content.decode()

    (finding,) = standing(narrative)
    services.set_aside(actor=world.lan, narrative_id=narrative.pk, key=finding.key, reason="Đã xem.", at=world.at)
    assert client.get(url).content.decode().strip() == ""


def test_what_is_dismissed_speaks_no_longer_for_the_text(world):
    narrative = received(world, FALLEN)
    proposal = narrative.proposals.get(field="attended", value=246)

    services.dismiss(actor=world.lan, narrative_id=narrative.pk, proposal_id=proposal.pk, at=world.at)

    assert told(world, narrative) == []
    assert narrative.proposals.get(pk=proposal.pk).state == Proposal.State.DISMISSED
