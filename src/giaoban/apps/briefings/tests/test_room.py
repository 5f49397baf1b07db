"""The session as it goes: who is there, what is on the table, who speaks, what is asked and written down."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from giaoban.apps.briefings import queries, rules, services
from giaoban.apps.briefings.models import Briefing, Presence, SpeechRequest
from giaoban.apps.briefings.tests import scenes
from giaoban.base.access import Actor
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.work import head
from giaoban.core.moves import WrongMoment
from giaoban.core.refusal import NotFound
from giaoban.site.demo.small import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing(world: World) -> Briefing:
    return scenes.in_session(world)


def later(world: World, **after: float) -> datetime:
    return scenes.afternoon(world) + timedelta(**after)


def verbs_since(number: int) -> list[str]:
    return list(Entry.objects.after(number).values_list("verb", flat=True))


def tiles(world: World, briefing: Briefing, at: datetime) -> dict[str, queries.Tile]:
    found = queries.room(actor=world.binh, briefing_id=briefing.pk, at=at, parts=("sites",))
    return {tile.name: tile for tile in found.sites or ()}


def asks(world: World, briefing: Briefing, actor: Actor, at: datetime) -> SpeechRequest:
    unit = {"lan": world.caugiay, "dung": world.dongda}[next(n for n in ("lan", "dung") if getattr(world, n) == actor)]
    site = scenes.site_of(briefing, unit)
    return services.ask_to_speak(actor=actor, site_id=site.pk, subject="Tiến độ", at=at)


# ---------------------------------------------------------------- who is there


def test_a_site_is_there_from_its_first_sign_of_life_and_the_ledger_hears_of_it_once(world, briefing):
    before = head()
    for seconds in (0, 20, 40):
        services.show_life(actor=world.lan, briefing_id=briefing.pk, at=later(world, seconds=seconds))

    assert verbs_since(before) == ["briefings.site_joined"]
    site = tiles(world, briefing, later(world, seconds=50))["Cầu Giấy"]
    assert (site.presence, site.seen_at) == ("here", later(world, seconds=40))


def test_a_site_whose_screen_falls_silent_is_shown_as_cut_off_and_comes_back_by_itself(world, briefing):
    services.show_life(actor=world.lan, briefing_id=briefing.pk, at=later(world))

    assert tiles(world, briefing, later(world, minutes=5))["Cầu Giấy"].presence == "lost"
    services.show_life(actor=world.lan, briefing_id=briefing.pk, at=later(world, minutes=6))
    assert tiles(world, briefing, later(world, minutes=6))["Cầu Giấy"].presence == "here"


def test_a_site_without_a_screen_is_marked_by_hand_and_is_never_cut_off(world, briefing):
    site = scenes.site_of(briefing, world.bavi)
    services.mark_present(actor=world.binh, site_id=site.pk, at=later(world))
    assert tiles(world, briefing, later(world, hours=1))["Ba Vì"].presence == "here"

    services.mark_departed(actor=world.binh, site_id=site.pk, at=later(world, hours=1))
    assert tiles(world, briefing, later(world, hours=1))["Ba Vì"].presence == "gone"


def test_nobody_is_there_before_the_session(world):
    briefing = scenes.called(world)

    assert services.show_life(actor=world.lan, briefing_id=briefing.pk, at=world.at) == 0
    assert not Presence.objects.exists()


def test_a_site_does_not_mark_others(world, briefing):
    with pytest.raises(NotFound):
        services.mark_present(actor=world.lan, site_id=scenes.site_of(briefing, world.bavi).pk, at=later(world))


# ---------------------------------------------------------------- the floor


def test_a_site_asks_is_called_speaks_and_is_done(world, briefing):
    speech = asks(world, briefing, world.lan, later(world))
    services.call_speaker(actor=world.binh, speech_id=speech.pk, at=later(world, seconds=10))
    services.begin_speech(actor=world.binh, speech_id=speech.pk, at=later(world, seconds=20))
    services.end_speech(actor=world.lan, speech_id=speech.pk, at=later(world, seconds=140))

    speech.refresh_from_db()
    assert speech.state == rules.Speech.DONE
    assert tiles(world, briefing, later(world, minutes=3))["Cầu Giấy"].spoken == 120


def test_sites_wait_in_the_order_they_asked(world, briefing):
    asks(world, briefing, world.dung, later(world, seconds=1))
    asks(world, briefing, world.lan, later(world, seconds=2))

    line = queries.room(actor=world.binh, briefing_id=briefing.pk, at=later(world, minutes=1), parts=("speeches",)).line
    assert [turn.site for turn in line.waiting] == ["Đống Đa", "Cầu Giấy"]


def test_one_speaks_at_a_time_the_speaker_before_is_done(world, briefing):
    first, second = (asks(world, briefing, actor, later(world)) for actor in (world.lan, world.dung))
    services.begin_speech(actor=world.binh, speech_id=first.pk, at=later(world, seconds=10))
    before = head()
    services.begin_speech(actor=world.binh, speech_id=second.pk, at=later(world, seconds=70))

    first.refresh_from_db()
    assert (first.state, first.ended_at) == (rules.Speech.DONE, later(world, seconds=70))
    assert verbs_since(before) == ["briefings.speech_ended", "briefings.speech_begun"]


def test_a_site_that_waits_already_is_refused_by_name(world, briefing):
    asks(world, briefing, world.lan, later(world))

    with pytest.raises(rules.AlreadyInLine, match="Cầu Giấy đã đăng ký"):
        asks(world, briefing, world.lan, later(world, seconds=5))


def test_a_site_that_has_left_the_line_asks_anew(world, briefing):
    speech = asks(world, briefing, world.lan, later(world))
    services.withdraw_request(actor=world.lan, speech_id=speech.pk, at=later(world, seconds=5))

    assert asks(world, briefing, world.lan, later(world, seconds=9)).pk != speech.pk
    with pytest.raises(WrongMoment):
        services.withdraw_request(actor=world.lan, speech_id=speech.pk, at=later(world, seconds=9))


def test_a_site_does_not_take_the_floor_itself_nor_speaks_for_others(world, briefing):
    speech = asks(world, briefing, world.lan, later(world))

    with pytest.raises(NotFound):
        services.begin_speech(actor=world.lan, speech_id=speech.pk, at=later(world))
    with pytest.raises(NotFound):
        services.withdraw_request(actor=world.dung, speech_id=speech.pk, at=later(world))
    with pytest.raises(NotFound):
        services.ask_to_speak(
            actor=world.lan, site_id=scenes.site_of(briefing, world.dongda).pk, subject="", at=later(world)
        )


def test_nobody_asks_to_speak_before_the_session_or_after_it(world):
    briefing = scenes.called(world)
    with pytest.raises(rules.NotInSession):
        asks(world, briefing, world.lan, world.at)
    services.open_session(actor=world.binh, briefing_id=briefing.pk, at=later(world))
    services.close(actor=world.binh, briefing_id=briefing.pk, at=later(world, minutes=1))
    with pytest.raises(rules.ClosedBriefing):
        asks(world, briefing, world.lan, later(world, minutes=2))


# ---------------------------------------------------------------- the agenda and the screen


def test_turning_to_an_item_ends_the_one_before_and_adds_up_its_turns(world, briefing):
    first, second, _ = briefing.agenda.all()
    services.begin_item(actor=world.binh, item_id=first.pk, at=later(world))
    services.begin_item(actor=world.binh, item_id=second.pk, at=later(world, minutes=2))
    services.begin_item(actor=world.binh, item_id=first.pk, at=later(world, minutes=5))
    services.put_back_item(actor=world.binh, item_id=first.pk, at=later(world, minutes=6))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.seconds_spent) == (rules.ItemState.WAITING, 180)
    assert (second.state, second.seconds_spent) == (rules.ItemState.DONE, 180)
    with pytest.raises(WrongMoment):
        services.finish_item(actor=world.binh, item_id=second.pk, at=later(world, minutes=7))


def test_one_document_is_on_every_screen_until_it_is_put_away(world):
    briefing = scenes.called(world)
    one, other = (
        services.attach(
            actor=world.binh, briefing_id=briefing.pk, title=name, address=f"https://{name}.vn", at=world.at
        )
        for name in ("a", "b")
    )
    services.open_session(actor=world.binh, briefing_id=briefing.pk, at=later(world))
    services.share_document(actor=world.binh, document_id=one.pk, page=1, at=later(world))
    services.share_document(actor=world.binh, document_id=other.pk, page=3, at=later(world))

    def shown() -> tuple[str, int]:
        screen = queries.room(actor=world.lan, briefing_id=briefing.pk, at=later(world), parts=("screen",)).screen
        return (screen.document.title if screen.document else "", screen.page)

    assert shown() == ("b", 3)
    services.close_document(actor=world.binh, briefing_id=briefing.pk, at=later(world))
    assert shown() == ("", 0)
    with pytest.raises(NotFound):
        services.share_document(actor=world.lan, document_id=one.pk, page=1, at=later(world))


@pytest.mark.parametrize("typed", ["0", "-1", "²", "x", "99999", ""])
def test_what_is_no_number_of_a_page_is_refused(typed):
    with pytest.raises(rules.NotAPage):
        rules.read_page(typed)


# ---------------------------------------------------------------- questions


def present(world: World, briefing: Briefing) -> None:
    for actor in (world.lan, world.dung):
        services.show_life(actor=actor, briefing_id=briefing.pk, at=later(world))


def asked(world: World, briefing: Briefing):
    return services.ask_question(actor=world.binh, briefing_id=briefing.pk, text="Đồng ý mốc số liệu?", at=later(world))


def says(world: World, briefing: Briefing, question, actor: Actor, choice: str):
    unit = world.caugiay if actor == world.lan else world.dongda
    return services.answer(
        actor=actor,
        question_id=question.pk,
        site_id=scenes.site_of(briefing, unit).pk,
        choice=choice,
        at=later(world, minutes=1),
    )


def test_a_question_counts_once_enough_of_those_entitled_have_answered(world, briefing):
    present(world, briefing)
    question = asked(world, briefing)
    assert (len(question.entitled), question.quorum) == (3, 2)
    says(world, briefing, question, world.lan, "yes")
    with pytest.raises(rules.NoQuorum, match="1/3 điểm cầu trả lời, chưa đủ 2"):
        services.close_question(actor=world.binh, question_id=question.pk, at=later(world, minutes=2))

    says(world, briefing, question, world.dung, "abstain")
    services.close_question(actor=world.binh, question_id=question.pk, at=later(world, minutes=2))

    row = queries.room(actor=world.binh, briefing_id=briefing.pk, at=later(world), parts=("question",)).question
    assert (row.yes, row.no, row.abstain, row.counts) == (1, 0, 1, True)
    with pytest.raises(rules.QuestionClosed):
        says(world, briefing, question, world.lan, "no")


def test_a_site_may_think_again_until_the_question_is_closed(world, briefing):
    present(world, briefing)
    question = asked(world, briefing)
    says(world, briefing, question, world.lan, "yes")
    says(world, briefing, question, world.lan, "no")

    assert list(question.answers.values_list("choice", flat=True)) == ["no"]


def test_no_question_is_asked_while_too_few_are_there_to_answer(world, briefing):
    services.show_life(actor=world.lan, briefing_id=briefing.pk, at=later(world))

    with pytest.raises(rules.TooFewPresent, match="1/3 điểm cầu có mặt, chưa đủ 2"):
        asked(world, briefing)


def test_a_site_that_was_not_entitled_does_not_answer(world, briefing):
    present(world, briefing)
    question = asked(world, briefing)
    centre = briefing.sites.get(is_centre=True)

    with pytest.raises(rules.NotEntitled):
        services.answer(
            actor=world.binh, question_id=question.pk, site_id=centre.pk, choice="yes", at=later(world, minutes=1)
        )


def test_a_question_taken_back_counts_for_nothing_and_does_not_hold_the_session_up(world, briefing):
    present(world, briefing)
    question = asked(world, briefing)
    says(world, briefing, question, world.lan, "yes")
    says(world, briefing, question, world.dung, "yes")
    with pytest.raises(rules.QuestionOpen):
        services.close(actor=world.binh, briefing_id=briefing.pk, at=later(world, minutes=5))
    services.take_back_question(actor=world.binh, question_id=question.pk, at=later(world, minutes=6))

    row = queries.room(actor=world.binh, briefing_id=briefing.pk, at=later(world), parts=("question",)).question
    assert (row.answered, row.counts) == (2, False)
    services.close(actor=world.binh, briefing_id=briefing.pk, at=later(world, minutes=7))


@pytest.mark.parametrize(("text", "refusal"), [("  ", rules.NoQuestionText), ("x" * 501, rules.WordsTooLong)])
def test_a_question_is_one_sentence(world, briefing, text, refusal):
    present(world, briefing)
    with pytest.raises(refusal):
        services.ask_question(actor=world.binh, briefing_id=briefing.pk, text=text, at=later(world))


# ---------------------------------------------------------------- notes


def test_two_secretaries_write_at_once_and_nobodys_words_are_lost(world, briefing):
    note = services.write_note(
        actor=world.binh, briefing_id=briefing.pk, item_id=None, words="Bản đầu", at=later(world)
    )
    services.revise_note(actor=world.binh, note_id=note.pk, words="Bản của Bình", revision=1, at=later(world))
    with pytest.raises(rules.ChangedSinceRead):
        services.revise_note(actor=world.binh, note_id=note.pk, words="Bản khác", revision=1, at=later(world))

    row = queries.room(actor=world.binh, briefing_id=briefing.pk, at=later(world), parts=("notes",)).notes[0]
    assert (row.words, [words for words, _, _ in row.before]) == ("Bản của Bình", ["Bản đầu"])


def test_notes_are_not_for_the_sites(world, briefing):
    services.write_note(actor=world.binh, briefing_id=briefing.pk, item_id=None, words="Nháp", at=later(world))

    assert queries.room(actor=world.lan, briefing_id=briefing.pk, at=later(world)).notes is None
    with pytest.raises(NotFound):
        services.write_note(actor=world.lan, briefing_id=briefing.pk, item_id=None, words="Nháp", at=later(world))


def test_an_empty_note_is_refused_and_a_closed_briefing_takes_none(world, briefing):
    with pytest.raises(rules.NoNote):
        services.write_note(actor=world.binh, briefing_id=briefing.pk, item_id=None, words=" ", at=later(world))
    services.close(actor=world.binh, briefing_id=briefing.pk, at=later(world, minutes=1))
    with pytest.raises(rules.ClosedBriefing):
        services.write_note(
            actor=world.binh, briefing_id=briefing.pk, item_id=None, words="Thêm", at=later(world, minutes=2)
        )


# ---------------------------------------------------------------- what is told of it


def test_everything_that_happens_in_the_session_changes_a_part_of_the_room():
    heard = {verb for verb in rules.room._CHANGES if rules.parts_of(verb)}
    assert all(set(rules.parts_of(verb).split()) <= set(rules.PARTS) for verb in heard)
    assert {"briefings.concluded", "briefings.opened", "briefings.answer_given"} <= heard


def test_the_wall_of_a_closed_briefing_is_looked_at_again_moment_by_moment(world, briefing):
    item = briefing.agenda.first()
    services.begin_item(actor=world.binh, item_id=item.pk, at=later(world, minutes=1))
    speech = asks(world, briefing, world.lan, later(world, minutes=2))
    services.begin_speech(actor=world.binh, speech_id=speech.pk, at=later(world, minutes=3))
    services.end_speech(actor=world.binh, speech_id=speech.pk, at=later(world, minutes=5))
    said = scenes.directive(world.caugiay, item_id=item.pk)
    services.conclude(actor=world.binh, briefing_id=briefing.pk, said=said, at=later(world, minutes=6))
    with pytest.raises(NotFound):
        queries.replay(actor=world.lan, briefing_id=briefing.pk, place=1, at=later(world, minutes=7))
    services.close(actor=world.binh, briefing_id=briefing.pk, at=later(world, minutes=8))

    seen = [
        queries.replay(actor=world.lan, briefing_id=briefing.pk, place=n, at=later(world, hours=1)) for n in range(1, 6)
    ]
    frames = [one.frame for one in seen]
    assert [frame.at for frame in frames] == [later(world, minutes=n) for n in (0, 1, 3, 6, 8)]
    assert [frame.item.title if frame.item else "" for frame in frames] == ["", *["Kết quả công tác tuần"] * 4]
    assert [frame.speaker for frame in frames] == ["", "", "Cầu Giấy", "", ""]
    assert [len(frame.conclusions) for frame in frames] == [0, 0, 0, 1, 1]
