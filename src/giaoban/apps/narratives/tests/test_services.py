"""What becomes of a report in prose."""

from __future__ import annotations

import io

import docx
import pytest

from giaoban.apps.narratives import rules, services
from giaoban.apps.narratives.models import Narrative, Proposal
from giaoban.apps.reports.rules import SomebodyElseSaved
from giaoban.base.ledger.models import Entry
from giaoban.core.refusal import NotFound, Refusal

TEXT = (
    "Kết quả đại hội đảng bộ quận\n08:00 24/8/2020\n"
    "Đại hội triệu tập 250 đại biểu; có mặt 248 đại biểu được triệu tập. "
    "Đại hội đã bầu 39 cấp ủy viên."
)


@pytest.fixture
def pasted(world):
    """Cầu Giấy's report with a text pasted for it."""
    report = world.report(world.caugiay)
    return services.paste(actor=world.lan, report_id=report.pk, text=TEXT, name="dán", at=world.at)


def test_reading_proposes_figures_and_writes_none(world, pasted):
    pasted.report.refresh_from_db()

    assert pasted.report.figures == {}
    assert {(one.field, one.value) for one in pasted.proposals.all()} >= {("summoned", 250), ("elected", 39)}


def test_a_figure_taken_from_a_text_remembers_its_sentence(world, pasted):
    proposal = pasted.proposals.get(field="elected", value=39)

    report = services.apply(
        actor=world.lan,
        narrative_id=pasted.pk,
        values={proposal.pk: None},
        revision=pasted.report.revision,
        at=world.at,
    )

    assert report.figures["elected"] == 39
    place = report.evidence["elected"]
    assert place["sentence"][place["start"] : place["end"]] == place["quote"]
    assert "39 cấp ủy viên" in place["sentence"]
    assert Entry.objects.filter(verb="narratives.applied").count() == 1


def test_a_corrected_proposal_is_told_from_one_taken_as_it_was(world, pasted):
    proposal = pasted.proposals.get(field="elected", value=39)

    services.apply(
        actor=world.lan, narrative_id=pasted.pk, values={proposal.pk: 38}, revision=pasted.report.revision, at=world.at
    )

    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.CORRECTED


def test_a_proposal_is_decided_once(world, pasted):
    proposal = pasted.proposals.get(field="elected", value=39)
    services.dismiss(actor=world.lan, narrative_id=pasted.pk, proposal_id=proposal.pk, at=world.at)

    with pytest.raises(rules.Decided):
        services.dismiss(actor=world.lan, narrative_id=pasted.pk, proposal_id=proposal.pk, at=world.at)


def test_proposals_meet_the_same_refusal_as_hands_when_somebody_else_saved(world, pasted):
    proposal = pasted.proposals.get(field="elected", value=39)
    world.filled(world.caugiay)

    with pytest.raises(SomebodyElseSaved):
        services.apply(actor=world.lan, narrative_id=pasted.pk, values={proposal.pk: None}, revision=1, at=world.at)

    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.OPEN


def test_a_word_file_is_kept_and_read(world):
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    report = world.report(world.caugiay)

    narrative = services.receive(
        actor=world.lan, report_id=report.pk, data=data.getvalue(), name="bao-cao.docx", at=world.at
    )

    assert narrative.file is not None
    assert narrative.proposals.filter(field="elected", value=39).exists()


def test_bytes_that_are_no_text_are_refused_by_name_and_nothing_is_kept(world):
    report = world.report(world.caugiay)

    with pytest.raises(Refusal, match=r"anh\.docx"):
        services.receive(actor=world.lan, report_id=report.pk, data=b"\x89PNG\r\n", name="anh.docx", at=world.at)

    assert not Narrative.objects.exists()


def test_an_empty_text_is_refused(world):
    report = world.report(world.caugiay)

    with pytest.raises(rules.NoText):
        services.paste(actor=world.lan, report_id=report.pk, text=" \n", name="dán", at=world.at)


def test_another_units_report_takes_no_text(world):
    report = world.report(world.caugiay)

    with pytest.raises(NotFound):
        services.paste(actor=world.dung, report_id=report.pk, text=TEXT, name="dán", at=world.at)


def test_proposals_for_one_field_are_not_written_over_each_other(world):
    report = world.report(world.caugiay)
    text = "Có 250 đại biểu được triệu tập. Danh sách cuối có 251 đại biểu được triệu tập."
    narrative = services.paste(actor=world.lan, report_id=report.pk, text=text, name="dán", at=world.at)
    both = dict.fromkeys(narrative.proposals.filter(field="summoned").values_list("pk", flat=True))
    assert len(both) == 2

    with pytest.raises(rules.TwoForOneField, match="Đại biểu được triệu tập"):
        services.apply(actor=world.lan, narrative_id=narrative.pk, values=both, revision=report.revision, at=world.at)


def test_nothing_chosen_is_refused(world, pasted):
    with pytest.raises(rules.NothingChosen):
        services.apply(actor=world.lan, narrative_id=pasted.pk, values={}, revision=1, at=world.at)


def test_a_proposal_of_another_text_is_not_there(world, pasted):
    with pytest.raises(NotFound):
        services.dismiss(actor=world.lan, narrative_id=pasted.pk, proposal_id=999_999, at=world.at)
