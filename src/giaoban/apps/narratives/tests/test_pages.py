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
