"""The page of prose left and form right."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

from giaoban.apps.narratives import services
from giaoban.apps.narratives.tests.test_services import TEXT


@pytest.fixture
def signed_in(client, world, at):
    client.force_login(world.accounts["lan"])
    return client


def send(client, url, **data):
    return client.post(url, {"write_key": uuid.uuid4().hex, **data})


def test_a_pasted_text_stands_beside_the_form_with_its_facts_marked(world, signed_in):
    report = world.report(world.caugiay)

    answer = send(signed_in, reverse("narratives:receive", args=[report.pk]), text=TEXT)
    page = signed_in.get(answer["Location"]).content.decode()

    assert re.search(r'<mark[^>]* data-field="elected[^"]*">39</mark>', page)
    assert "Ghi tất cả đề xuất chắc chắn" in page


def test_chosen_proposals_land_in_the_report(world, signed_in):
    report = world.report(world.caugiay)
    narrative = services.paste(actor=world.lan, report_id=report.pk, text=TEXT, name="dán", at=world.at)
    chosen = narrative.proposals.get(field="elected", value=39)

    send(
        signed_in,
        reverse("narratives:apply", args=[report.pk, narrative.pk]),
        revision=report.revision,
        proposal=chosen.pk,
    )

    report.refresh_from_db()
    assert report.figures["elected"] == 39


def test_a_wrong_correction_is_refused_in_words(world, signed_in):
    report = world.report(world.caugiay)
    narrative = services.paste(actor=world.lan, report_id=report.pk, text=TEXT, name="dán", at=world.at)
    chosen = narrative.proposals.get(field="elected", value=39)

    answer = send(
        signed_in,
        reverse("narratives:apply", args=[report.pk, narrative.pk]),
        revision=report.revision,
        proposal=chosen.pk,
        **{f"value-{chosen.pk}": "ba chín"},
    )

    assert answer.status_code == 422
    assert "ba chín" in answer.content.decode()
    report.refresh_from_db()
    assert report.figures == {}


def test_a_reviewer_reads_the_page_but_decides_nothing(world, client, at):
    report = world.report(world.caugiay)
    services.paste(actor=world.lan, report_id=report.pk, text=TEXT, name="dán", at=world.at)
    client.force_login(world.accounts["binh"])

    page = client.get(reverse("narratives:show", args=[report.pk])).content.decode()

    assert "39" in page
    assert "Ghi tất cả đề xuất chắc chắn" not in page


def test_the_page_costs_the_same_with_one_text_and_with_ten(world, signed_in, queries):
    report = world.report(world.caugiay)
    url = reverse("narratives:show", args=[report.pk])
    services.paste(actor=world.lan, report_id=report.pk, text=TEXT, name="dán", at=world.at)
    signed_in.get(url)
    with queries(9):
        signed_in.get(url)
    for number in range(9):
        services.paste(actor=world.lan, report_id=report.pk, text=TEXT, name=f"dán {number}", at=world.at)
    with queries(9):
        signed_in.get(url)


def text_of(facts):
    """A report of so many figures, findings and unread sentences."""
    return TEXT + "".join(
        f"\nĐã có {n}/{n + 9} tổ chức cơ sở đảng tổ chức xong đại hội, đạt 3%. Mã hồ sơ ĐH{n}A đã gửi."
        for n in range(1, facts + 1)
    )


def test_the_page_costs_the_same_with_five_and_with_two_hundred_facts(world, signed_in, queries):
    report = world.report(world.caugiay)
    url = reverse("narratives:show", args=[report.pk])
    for facts in (5, 200):
        services.paste(actor=world.lan, report_id=report.pk, text=text_of(facts), name="dán", at=world.at)
        signed_in.get(url)
        with queries(9):
            page = signed_in.get(url).content.decode()
        assert page.count('class="odd odd--mismatch"') == facts


def test_the_count_at_the_report_costs_the_same_with_five_and_with_two_hundred_facts(world, signed_in, queries):
    report = world.report(world.caugiay)
    url = reverse("narratives:count", args=[report.pk])
    for facts in (5, 200):
        services.paste(actor=world.lan, report_id=report.pk, text=text_of(facts), name="dán", at=world.at)
        signed_in.get(url)
        with queries(9):
            assert f"{facts} phát hiện" in signed_in.get(url).content.decode()


def test_sentences_with_numbers_nobody_read_are_listed(world, signed_in):
    report = world.report(world.caugiay)
    services.paste(actor=world.lan, report_id=report.pk, text=text_of(1), name="dán", at=world.at)

    page = signed_in.get(reverse("narratives:show", args=[report.pk])).content.decode()

    assert "1 câu có số chưa đọc được" in page
    place = text_of(1).index("Mã hồ sơ")
    assert f'id="s-{place}"' in page
    assert f'href="#s-{place}">Mã hồ sơ ĐH1A đã gửi.</a>' in page


def test_a_field_shows_what_stands_there_last_weeks_figure_and_how_its_name_was_found(world, signed_in):
    report = world.filled(world.caugiay, summoned=249, attended=249)
    services.paste(actor=world.lan, report_id=report.pk, text=TEXT, name="dán", at=world.at)

    page = signed_in.get(reverse("narratives:show", args=[report.pk])).content.decode()

    line = page[page.index('id="fact-summoned"') :].partition("</li>")[0]
    assert "249" in line
    assert re.search(r'class="offered-before">.*250 <b>−1</b>', line)
    assert "đúng tên" in line
    assert "<mark>250</mark>" in line


def test_one_press_takes_one_proposal_and_goes_on_to_the_next(world, signed_in):
    report = world.report(world.caugiay)
    narrative = services.paste(actor=world.lan, report_id=report.pk, text=TEXT, name="dán", at=world.at)
    chosen = narrative.proposals.get(field="elected", value=39)

    answer = send(
        signed_in,
        reverse("narratives:apply", args=[report.pk, narrative.pk]),
        revision=report.revision,
        take=chosen.pk,
        proposal=[one.pk for one in narrative.proposals.all()],
    )

    report.refresh_from_db()
    assert set(report.figures) == {"elected"}
    assert "autofocus" in signed_in.get(answer["Location"]).content.decode()


def test_a_correction_typed_beside_the_sure_ones_is_written_with_them(world, signed_in):
    report = world.report(world.caugiay)
    narrative = services.paste(actor=world.lan, report_id=report.pk, text=TEXT, name="dán", at=world.at)
    elected = narrative.proposals.get(field="elected", value=39)
    summoned = narrative.proposals.get(field="summoned", value=250)

    send(
        signed_in,
        reverse("narratives:apply", args=[report.pk, narrative.pk]),
        revision=report.revision,
        proposal=[elected.pk, summoned.pk],
        **{f"value-{elected.pk}": "38"},
    )

    report.refresh_from_db()
    assert (report.figures["elected"], report.figures["summoned"]) == (38, 250)


def test_proposals_of_another_report_are_left_alone(world, signed_in):
    mine, theirs = world.report(world.caugiay), world.report(world.dongda)
    narrative = services.paste(actor=world.lan, report_id=mine.pk, text=TEXT, name="dán", at=world.at)
    other = services.paste(actor=world.dung, report_id=theirs.pk, text=TEXT, name="dán", at=world.at)

    answer = send(
        signed_in,
        reverse("narratives:apply", args=[mine.pk, narrative.pk]),
        revision=mine.revision,
        proposal=other.proposals.all()[0].pk,
    )

    assert answer.status_code == 422
    mine.refresh_from_db()
    assert mine.figures == {}


def test_a_text_is_shown_as_text_whatever_stands_in_it(world, signed_in):
    report = world.report(world.caugiay)
    text = TEXT + " <script>alert(1)</script> có 12 <b>chi bộ</b>"
    services.paste(actor=world.lan, report_id=report.pk, text=text, name="<i>dán</i>", at=world.at)

    page = signed_in.get(reverse("narratives:show", args=[report.pk])).content.decode()

    assert "<script>alert(1)" not in page
    assert "<i>dán" not in page
