"""The pages of the live room: what each person is shown, what a part costs, and what a program of the page hears."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from giaoban.apps.briefings import rules, services
from giaoban.apps.briefings.models import Briefing, Presence
from giaoban.apps.briefings.tests import scenes
from giaoban.apps.tasks import rules as task_rules
from giaoban.apps.tasks.tests.scenes import person, send
from giaoban.apps.units.models import Unit
from giaoban.base.ledger import guards
from giaoban.files.tests import made

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def briefing(world) -> Briefing:
    return scenes.in_session(world)


def parts(client: Client, briefing: Briefing, of: str) -> str:
    return client.get(f"/briefings/{briefing.pk}/room/parts/?of={of}").content.decode()


def test_a_page_asks_for_the_parts_that_changed_and_for_nothing_else(client, world, at, briefing):
    told = parts(person(client, world, "binh"), briefing, "sites+nonsense+speeches")

    assert [part for part in rules.PARTS if f'data-part="{part}"' in told] == ["sites", "speeches"]


def test_each_person_has_the_verbs_that_are_theirs(client, world, at, briefing):
    leads = parts(person(client, world, "binh"), briefing, "bar+writing+agenda")
    attends = parts(person(client, world, "lan"), briefing, "bar+writing+agenda")
    looks = parts(person(client, world, "an"), briefing, "bar+writing+agenda")

    assert "Bế mạc" in leads
    assert "Ghi kết luận" in leads
    assert "Đăng ký phát biểu" in attends
    assert "Bế mạc" not in attends
    assert "Ghi kết luận" not in attends
    assert "<form" not in looks


@pytest.mark.parametrize("of", ["speeches+sites", "question+sites", "conclusions", "now", "notes"])
def test_a_part_costs_the_same_at_three_sites_and_at_sixty(client, world, at, briefing, queries, of):
    with guards.writing():
        sites = Briefing.objects.get(pk=briefing.pk).sites
        for number, unit in enumerate(Unit.objects.exclude(pk__in=sites.values("unit"))):
            site = sites.create(unit=unit, name=unit.code, ordinal=10 + number, joined_at=at)
            Presence.objects.create(site=site, last_seen_at=at)
    binh = person(client, world, "binh")

    with queries(24):
        parts(binh, briefing, of)


def test_the_whole_room_has_a_budget(client, world, at, briefing, queries):
    binh = person(client, world, "binh")

    with queries(36):
        binh.get(f"/briefings/{briefing.pk}/room/")


def test_a_verb_answers_a_page_with_nothing_and_a_reader_without_script_with_the_room(client, world, at, briefing):
    lan = person(client, world, "lan")
    site = scenes.site_of(briefing, world.caugiay)
    address = f"/briefings/{briefing.pk}/speeches/"

    heard = lan.post(address, {"site": site.pk, "subject": "Tiến độ", "write_key": "a" * 8}, **HX)
    assert (heard.status_code, heard.content) == (204, b"")
    refused = lan.post(address, {"site": site.pk, "write_key": "b" * 8}, **HX)
    assert refused.status_code == 409
    assert "đã đăng ký phát biểu" in refused.content.decode()

    speech = briefing.speeches.get()
    assert send(lan, f"/briefings/speeches/{speech.pk}/withdraw/").url == f"/briefings/{briefing.pk}/room/"


def test_a_verb_nobody_knows_is_not_there(client, world, at, briefing):
    binh = person(client, world, "binh")
    item = briefing.agenda.first()

    assert send(binh, f"/briefings/items/{item.pk}/dance/").status_code == 404


def test_a_sign_of_life_needs_no_key_and_may_be_given_again(client, world, at, briefing):
    lan = person(client, world, "lan")

    answers = [lan.post(f"/briefings/{briefing.pk}/room/here/").status_code for _ in range(3)]

    assert answers == [204, 204, 204]
    assert briefing.sites.present().count() == 1


def test_a_page_of_a_document_is_shown_as_a_picture_to_whoever_is_in_the_room(client, world, at):
    briefing = scenes.called(world)
    file = task_rules.Evidence("số liệu.pdf", made.pdf("Một #pagebreak() Hai"), "application/pdf")
    document = services.attach(actor=world.binh, briefing_id=briefing.pk, title="Số liệu", evidence=file, at=world.at)
    services.open_session(actor=world.binh, briefing_id=briefing.pk, at=world.at)
    services.share_document(actor=world.binh, document_id=document.pk, page=2, at=world.at)
    lan = person(client, world, "lan")

    assert f"/briefings/documents/{document.pk}/pages/2/" in parts(lan, briefing, "screen")
    picture = lan.get(f"/briefings/documents/{document.pk}/pages/2/")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert lan.get(f"/briefings/documents/{document.pk}/pages/3/").status_code == 404
    assert person(client, world, "hoa").get(f"/briefings/documents/{document.pk}/pages/2/").status_code == 404


def test_a_section_of_the_pack_is_shown_as_it_was_sent(client, world, at):
    briefing = scenes.called(world)
    section = {"code": "figures", "title": "Số liệu", "head": ["Chỉ tiêu"], "rows": [[{"text": "Đại hội 638/638"}]]}
    services.send_pack(actor=world.binh, briefing_id=briefing.pk, sections=[section], at=world.at)
    document = services.attach(
        actor=world.binh, briefing_id=briefing.pk, title="Số liệu", section="figures", at=world.at
    )
    services.open_session(actor=world.binh, briefing_id=briefing.pk, at=world.at)
    services.share_document(actor=world.binh, document_id=document.pk, page=1, at=world.at)

    assert "Đại hội 638/638" in parts(person(client, world, "lan"), briefing, "screen")


def test_the_wall_shows_what_is_on_and_nothing_to_be_pressed(client, world, at, briefing):
    services.begin_item(actor=world.binh, item_id=briefing.agenda.first().pk, at=world.at)
    services.conclude(
        actor=world.binh, briefing_id=briefing.pk, said=scenes.directive(world.caugiay), at=scenes.afternoon(world)
    )

    wall = person(client, world, "lan").get(f"/briefings/{briefing.pk}/wall/").content.decode()

    assert "Kết quả công tác tuần" in wall
    assert "Hoàn thành báo cáo kết quả đại hội của quận." in wall
    assert "<form" not in wall


def test_sound_and_picture_follow_the_session_and_know_nothing_of_it(world, run_jobs, settings, tmp_path):
    from tests.harness import media

    from giaoban.base.media import provider

    settings.MEDIA_PROVIDER, settings.VAR = "tests.harness.media.Recording", tmp_path
    provider.cache_clear()
    try:
        briefing = scenes.called(world)
        run_jobs(at=world.at)
        services.open_session(actor=world.binh, briefing_id=briefing.pk, at=scenes.afternoon(world))
        site = scenes.site_of(briefing, world.caugiay)
        speech = services.ask_to_speak(actor=world.lan, site_id=site.pk, subject="", at=scenes.afternoon(world))
        services.begin_speech(actor=world.binh, speech_id=speech.pk, at=scenes.afternoon(world))
        services.close(actor=world.binh, briefing_id=briefing.pk, at=scenes.afternoon(world) + timedelta(minutes=5))
        run_jobs(at=scenes.afternoon(world) + timedelta(minutes=6))
    finally:
        provider.cache_clear()

    room, who = str(briefing.pk), f"site-{site.pk}"
    assert media.said(tmp_path) == [["open", room], ["let_publish", room, who], ["close", room]]
