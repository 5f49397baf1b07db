"""Which papers reports cite, and who sees that."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from giaoban.apps.narratives import services
from giaoban.apps.narratives.models import CitedPaper, Narrative, PaperMention
from giaoban.apps.narratives.queries import papers as queries
from giaoban.apps.narratives.queries.papers import PAGE, PaperFilters
from giaoban.apps.narratives.rules import papers as rules
from giaoban.apps.narratives.services import papers as register
from giaoban.base.ledger.guards import writing
from giaoban.base.ledger.models import Entry
from giaoban.core import reading
from giaoban.core.reading.facts import Citation
from giaoban.core.refusal import NotFound

HEAD = "Báo cáo kết quả đại hội\n08:00 {day}\n"
OLD, NEW = date(2019, 5, 30), date(2024, 6, 14)


def told(world, unit, sentence, day="24/8/2020"):
    """A text received for this week's report of a unit."""
    report = world.report(unit)
    text = HEAD.format(day=day) + sentence
    return services.paste(actor=world.actor_at(unit), report_id=report.pk, text=text, name="dán", at=world.at)


def names(actor, **filters):
    return [one.name for one in queries.paper_list(actor=actor, filters=PaperFilters(**filters)).rows]


def only(narrative):
    return narrative.mentions.select_related("paper").get().paper


def test_two_papers_of_one_number_are_told_apart_by_their_day(world):
    told(world, world.caugiay, "Thực hiện Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị.")
    told(world, world.dongda, "Thực hiện Chỉ thị số 35-CT/TW, ngày 14/6/2024 của Bộ Chính trị.", "1/7/2024")

    assert sorted(CitedPaper.objects.values_list("day", flat=True)) == [OLD, NEW]


@pytest.mark.parametrize("spelt", ["05-CT/TW", "5-CT/TƯ", "05 - CT/TW", "05-CT/T.Ư"])
def test_zeros_blanks_and_the_horn_of_the_centre_make_no_other_paper(world, spelt):
    told(world, world.caugiay, "Học tập theo Chỉ thị số 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị.")

    narrative = told(world, world.dongda, f"Học tập theo Chỉ thị số {spelt}, ngày 15/5/2016 của Bộ Chính trị.")

    assert only(narrative).key == "05-CT/TW@2016-05-15"
    assert CitedPaper.objects.count() == 1


def test_the_centre_and_a_province_are_two_bodies(world):
    told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 và Chỉ thị số 35-CT/TU, ngày 30/5/2019.")

    assert set(CitedPaper.objects.values_list("symbol", flat=True)) == {"CT/TW", "CT/TU"}


def test_the_same_number_in_two_provinces_is_two_papers(world):
    told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TU, ngày 30/5/2019 của Thành ủy.")
    told(world, world.vinh, "Theo Chỉ thị số 35-CT/TU, ngày 30/5/2019 của Tỉnh ủy.")

    assert CitedPaper.objects.count() == 2


def test_a_citation_without_a_day_is_the_only_paper_of_its_number_and_term(world):
    told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị.")

    narrative = told(world, world.vinh, "Tiếp tục thực hiện Chỉ thị số 35-CT/TW.")

    assert only(narrative).day == OLD


@pytest.mark.parametrize(
    ("known", "day"),
    [
        ([], "24/8/2020"),  # nobody gave the day yet
        (["30/5/2019"], "24/8/2022"),  # another term of congress
        (["1/9/2020"], "24/8/2020"),  # later than the text itself
        (["30/5/2019", "2/6/2019"], "24/8/2020"),  # two could be meant
    ],
)
def test_a_citation_that_may_mean_no_paper_or_several_waits_without_a_day(world, known, day):
    for number, at in enumerate(known):
        told(world, (world.caugiay, world.dongda)[number], f"Theo Chỉ thị số 35-CT/TW, ngày {at}.")

    narrative = told(world, world.vinh, "Tiếp tục thực hiện Chỉ thị số 35-CT/TW.", day)

    assert only(narrative).day is None


def test_a_day_given_once_in_a_text_holds_for_the_whole_text(world):
    sentence = "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019. Sau một năm thực hiện Chỉ thị 35 đã có chuyển biến."

    narrative = told(world, world.caugiay, sentence, "24/8/2022")

    assert {one.paper.key for one in narrative.mentions.select_related("paper")} == {"35-CT/TW@2019-05-30"}
    assert narrative.mentions.count() == 2


def test_a_kind_that_was_guessed_gives_way_to_one_that_is_written(world):
    told(world, world.caugiay, "Thực hiện số 205-QĐ/TW, ngày 23/9/2019 về kiểm soát quyền lực.")
    assert CitedPaper.objects.get().kind == "quyết định"

    told(world, world.vinh, "Thực hiện Quy định số 205-QĐ/TW, ngày 23/9/2019 về kiểm soát quyền lực.")

    assert CitedPaper.objects.get().kind == "quy định"


def test_papers_without_a_number_are_known_by_kind_and_body(world):
    told(world, world.caugiay, "Triển khai Nghị quyết Trung ương 4 khóa XII và thi hành Điều lệ Đảng.")
    told(world, world.vinh, "Học tập Nghị quyết Trung ương 4, khóa XII.")

    assert sorted(names(world.an)) == ["Nghị quyết Trung ương 4 khóa XII", "Điều lệ Đảng"]


def test_the_number_a_text_gives_itself_is_no_citation(world):
    report = world.report(world.caugiay)
    text = "ĐẢNG BỘ QUẬN CẦU GIẤY\nSố 12-BC/QU\nBáo cáo theo Chỉ thị số 35-CT/TW, ngày 30/5/2019."

    services.paste(actor=world.lan, report_id=report.pk, text=text, name="dán", at=world.at)

    assert list(CitedPaper.objects.values_list("key", flat=True)) == ["35-CT/TW@2019-05-30"]


def test_the_register_is_written_with_the_text_and_told_to_the_ledger(world):
    narrative = told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị.")

    mention = narrative.mentions.get()
    assert narrative.text[mention.start : mention.end] == "Chỉ thị số 35-CT/TW"
    assert Entry.objects.get(verb="narratives.papers_indexed").facts["papers"] == ["35-CT/TW@2019-05-30"]


def test_a_text_that_is_refused_leaves_nothing_in_the_register(world):
    report = world.report(world.caugiay)

    with pytest.raises(NotFound):
        services.paste(actor=world.dung, report_id=report.pk, text="Theo Chỉ thị số 35-CT/TW.", name="dán", at=world.at)

    assert not CitedPaper.objects.exists()


def test_a_text_read_again_is_entered_once_and_knows_what_is_known_by_now(world):
    early = told(world, world.vinh, "Sau một năm thực hiện Chỉ thị 35 của Bộ Chính trị đã có chuyển biến.")
    assert only(early).day is None
    told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị.")

    again = Narrative.objects.select_related("report__unit").get(pk=early.pk)
    register.index_papers(actor=world.system, narrative=again, found=reading.read(text=again.text), at=world.at)

    assert only(early).day == OLD
    assert names(world.an) == ["Chỉ thị 35-CT/TW"]


def test_papers_titles_and_counts_are_those_of_readable_texts_alone(world):
    told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị về “Đại hội các cấp”.")
    told(world, world.vinh, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 và Kết luận số 79-KL/TW, ngày 16/6/2020.")

    def seen(actor):
        rows = queries.paper_list(actor=actor, filters=PaperFilters()).rows
        return {one.name: (one.reports, one.title) for one in rows}

    assert seen(world.an)["Chỉ thị 35-CT/TW"] == (2, "Đại hội các cấp")
    assert seen(world.hoa) == {"Chỉ thị 35-CT/TW": (1, ""), "Kết luận 79-KL/TW": (1, "")}
    assert seen(world.lan) == {"Chỉ thị 35-CT/TW": (1, "Đại hội các cấp")}
    assert seen(world.dung) == {}
    assert names(world.hoa, words="đại hội các cấp") == []


def test_a_paper_that_only_others_cite_is_not_there(world):
    told(world, world.vinh, "Theo Kết luận số 79-KL/TW, ngày 16/6/2020.")
    paper = CitedPaper.objects.get()

    assert queries.paper_page(actor=world.hoa, paper_id=paper.pk).total == 1
    with pytest.raises(NotFound):
        queries.paper_page(actor=world.lan, paper_id=paper.pk)


@pytest.mark.parametrize("words", ["35-ct/tw", "35 - CT/TƯ", "035", "dai hoi dang", "Bộ Chính trị", "30-5-2019"])
def test_a_paper_is_found_by_number_symbol_day_issuer_or_title(world, words):
    told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị về “Đại hội Đảng bộ”.")
    told(world, world.caugiay, "Theo Kết luận số 79-KL/TW, ngày 16/6/2020.")

    assert names(world.lan, words=words) == ["Chỉ thị 35-CT/TW"]


def test_the_kind_narrows_the_register(world):
    told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 và Kết luận số 79-KL/TW, ngày 16/6/2020.")

    assert names(world.lan, kind="kết luận") == ["Kết luận 79-KL/TW"]


def test_the_page_of_a_paper_shows_the_sentence_and_leads_to_its_place(world, client, at):
    narrative = told(world, world.caugiay, "Cấp ủy thực hiện Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị.")
    client.force_login(world.accounts["binh"])

    page = client.get(reverse("narratives:paper", args=[CitedPaper.objects.get().pk])).content.decode()

    assert '<mark class="fact">Chỉ thị số 35-CT/TW</mark>' in page
    assert f"/narratives/{narrative.report_id}/?text={narrative.pk}#:~:text=" in page


def test_the_register_costs_the_same_at_ten_and_at_a_thousand_papers(world, client, at, queries):
    client.force_login(world.accounts["lan"])
    address = reverse("narratives:papers") + "?q=ct"
    narrative = told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019.")
    many(narrative, range(1, 10))
    client.get(address)
    with queries(6):
        client.get(address)
    many(narrative, range(10, 1_000))
    with queries(6):
        client.get(address)


def test_the_page_of_a_paper_costs_the_same_at_ten_and_at_a_thousand_places(world, client, at, queries):
    client.force_login(world.accounts["lan"])
    narrative = told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019.")
    paper = CitedPaper.objects.get()
    mention = narrative.mentions.get()
    address = reverse("narratives:paper", args=[paper.pk])
    client.get(address)
    with queries(7):
        client.get(address)
    with writing():
        PaperMention.objects.bulk_create(
            PaperMention(
                paper=paper,
                narrative=narrative,
                start=place,
                end=place + 1,
                sentence_start=0,
                sentence_end=place + 1,
            )
            for place in range(1_000)
            if place != mention.start
        )
    with queries(7):
        page = client.get(address).content.decode()
    assert page.count("<mark") == PAGE


def many(narrative, numbers):
    """More papers cited by one text."""
    with writing():
        rows = CitedPaper.objects.bulk_create(
            CitedPaper(
                key=f"{number}-CT/TW@",
                kind="chỉ thị",
                is_kind_read=True,
                number=str(number),
                symbol="CT/TW",
                folded=f"{number}-ct/tw",
            )
            for number in numbers
        )
        PaperMention.objects.bulk_create(
            PaperMention(
                paper=row,
                narrative=narrative,
                start=100_000 + int(row.number),
                end=100_001,
                sentence_start=0,
                sentence_end=1,
            )
            for row in rows
        )


@pytest.mark.parametrize("closing", rules.CLOSINGS)
def test_a_term_begins_the_day_after_a_congress_closes(closing):
    assert rules.term_of(closing + timedelta(days=1)) == rules.term_of(closing) + 1


def test_a_regulation_is_not_taken_for_the_decision_of_the_same_symbol():
    decision = rules.Paper("quyết định", "244", "QĐ/TW", day=date(2014, 6, 9))
    cited = rules.paper(
        Citation(start=0, end=21, quote="Quy định số 244-QĐ/TW", type="quy định", number="244", symbol="QĐ/TW"),
        branch="/1/7/",
    )

    assert rules.placed([cited], [decision], on=date(2015, 1, 1)) == [cited]


def test_a_decree_needs_no_term(world):
    decree = rules.Paper("nghị định", "30/2020", "NĐ-CP", day=date(2020, 3, 5))
    cited = rules.Paper("nghị định", "30/2020", "NĐ-CP")

    assert rules.placed([cited], [decree], on=date(2024, 1, 1)) == [decree]


def test_what_waited_without_a_day_is_settled_by_the_first_text_that_gives_it(world):
    early = told(world, world.vinh, "Tiếp tục thực hiện Chỉ thị số 35-CT/TW.")
    later = told(world, world.namdan, "Tiếp tục thực hiện Chỉ thị số 35-CT/TW.", "24/8/2022")

    told(world, world.caugiay, "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị.")

    assert only(early).day == OLD
    assert only(later).day is None
    assert Entry.objects.filter(verb="narratives.papers_indexed").latest("id").facts["settled"] == 1
