"""Boards across a reorganisation: Tuyên Quang after 1 July 2025 is compared with what it was made of."""

import re
from fractions import Fraction

import pytest
from django.urls import reverse

from giaoban.apps.rollups import queries
from giaoban.apps.rollups.tests import provinces
from giaoban.apps.rollups.tests.provinces import LATER, WEIGHT, reorganise
from giaoban.apps.units.rules.plans import TypedChange
from giaoban.base.web import clock

SUM_BEFORE = "so với tổng của Hà Giang, Tuyên Quang trước 1-7-2025"
RUN = ("2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07")


@pytest.fixture
def later(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def read(client, world, later):
    """`read("/rollups/?unit=08")`: a page as somebody at the centre reads it, by its words."""
    client.force_login(world.accounts["thu"])

    def of(address):
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return of


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def figure_of(world, scene, unit, code="c-nguoi", period="2025-07"):
    round_ = next(one for one in scene.rounds if one.period.code == period)
    return queries.measure_value(actor=world.thu, measure=scene.measure(code), round_=round_, unit=unit)


def test_a_merged_province_is_compared_with_the_sum_of_what_it_was_made_of(world):
    scene = provinces.build(world, months=8)

    value = figure_of(world, scene, "08")

    june, july = (sum(weight + number for weight in WEIGHT.values()) for number in (5, 6))
    assert (value.live.part, value.past.value.part, value.change) == (july, june, 4)
    assert [one.unit.label for one in value.past.ground.sources] == ["Hà Giang", "Tuyên Quang"]
    assert (value.past.value.answered, value.past.value.expected) == (4, 6)


def test_the_sum_of_the_predecessors_says_how_many_of_their_units_had_answered(world, read):
    scene = provinces.build(world, months=8, silent=("02-VX", "08-NH"))

    assert (figure_of(world, scene, "08").past.value.answered) == 2
    said = words(read("/rollups/?unit=08&period=2025-07&measure=c-nguoi"))
    assert f"{SUM_BEFORE} (khi ấy 2/6 đơn vị đã báo cáo)" in said


def test_the_trend_of_a_merged_province_runs_over_the_day_and_marks_it(world, read):
    scene = provinces.build(world, months=8)
    html = read("/rollups/?unit=08&period=2025-07&measure=c-nguoi")

    [table] = re.findall(r'<details class="alternative">.*?</details>', html[html.index('class="trend"') :], re.S)
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td class="num">(.*?)</td>', table)
    expected = [sum(weight + number for weight in WEIGHT.values()) for number in range(1, 7)]
    assert rows == [(f"{int(code[5:])}-2025", str(figure)) for code, figure in zip(RUN, expected, strict=True)]
    assert "Trước 1-7-2025: tổng của Hà Giang, Tuyên Quang" in words(table)
    assert html.count('<path class="trend-break"') == 1
    description = html[html.index("<desc>") : html.index("</desc>")]
    assert "Trước 1-7-2025: tổng của Hà Giang, Tuyên Quang" in description
    assert [one.value.part for one in trend_of(world, scene, "08")] == [
        sum(weight + number for weight in WEIGHT.values()) for number in range(8)
    ]


def trend_of(world, scene, unit, code="c-nguoi"):
    return queries.trend(actor=world.thu, measure=scene.measure(code), unit=unit, rounds=scene.rounds)


def test_why_a_number_is_so_says_what_its_change_is_since(world, read):
    provinces.build(world, months=8)

    assert SUM_BEFORE in words(read(reverse("rollups:figure", args=["c-nguoi", "2025-07", "08"])))


def test_in_the_month_after_a_province_is_compared_with_itself_and_nothing_need_be_said(world, read):
    provinces.build(world, months=8)
    said = words(read("/rollups/?unit=08&period=2025-08&measure=c-nguoi&trend=6"))

    assert "so với" not in said
    assert "Trước 1-7-2025" in said  # the trend still runs over the day


def test_one_who_looks_at_a_period_before_the_day_sees_the_province_of_then(world, read):
    scene = provinces.build(world, months=8)

    value = figure_of(world, scene, "08", period="2025-06")
    assert value.live.part == WEIGHT["08-SD"] + WEIGHT["08-NH"] + 10
    assert value.past.ground.is_itself
    assert "tổng của" not in words(read("/rollups/?unit=08&period=2025-06&measure=c-nguoi"))


def test_a_merged_away_province_ends_where_it_ended(world):
    scene = provinces.build(world, months=8)
    trend = trend_of(world, scene, "02")

    assert [one.value.part for one in trend[:6]] == [80 + 2 * number for number in range(6)]
    assert [one.ground.hindrance for one in trend] == [""] * 6 + ["gone"] * 2
    assert [one.value.part for one in trend[6:]] == [None, None]


SPLIT = (
    TypedChange(kind="found", code="08-LB", other="08", level="tren-co-so", name="Đảng bộ huyện Lâm Bình"),
    TypedChange(kind="split", code="08-NH", other="08-LB", share_ppm=400_000),
    TypedChange(kind="split", code="08-NH", other="08-SD", share_ppm=600_000),
)


def test_a_split_unit_is_compared_by_the_share_that_was_stated_and_says_so(world, read):
    scene = provinces.build(world, months=8, changes=SPLIT)

    value = figure_of(world, scene, "08-SD")
    assert value.past.value.part == 75 + round(Fraction(6, 10) * 115)
    assert value.change == 76 - 144
    said = words(read("/rollups/?unit=08-SD&period=2025-07&measure=c-nguoi"))
    assert "so với tổng của Sơn Dương, 60% của Na Hang trước 1-7-2025 (ước tính theo tỷ lệ đã nêu)" in said


def test_a_number_of_units_is_never_taken_by_a_share(world):
    scene = provinces.build(world, months=8, changes=SPLIT)

    for code in ("c-co", "c-so-co", "c-bao-cao"):
        value = figure_of(world, scene, "08-SD", code)
        assert (value.change, value.past.value.part, value.past.ground.hindrance) == (None, None, "counted")
    assert figure_of(world, scene, "08", "c-co").past.ground.is_itself  # all of it lies within the province


def test_without_a_stated_share_nothing_is_compared_and_the_reason_is_told(world, read):
    handed = (TypedChange(kind="transfer", code="02-DV", other="08-SD"),)
    scene = provinces.build(world, months=8, changes=handed)

    for unit in ("02-DV", "08-SD", "02", "08"):
        value = figure_of(world, scene, unit)
        assert (value.change, value.past.value.part) == (None, None)
    html = read("/rollups/?unit=08&period=2025-07&measure=c-nguoi")
    reason = "không so sánh được: Đồng Văn giao một phần cho Sơn Dương ngày 1-7-2025 mà không nêu tỷ lệ"
    assert reason in words(html)
    assert '<td class="num">không so sánh được</td>' in html
    assert len(re.findall(r'<circle class="trend-dot', html)) == 1
    top = figure_of(world, scene, "TW").past.ground
    assert top.is_itself  # what was handed over stayed within it


def test_a_province_that_lost_a_district_is_compared_without_it_and_the_other_with_it(world, read):
    scene = provinces.build(world, months=8, changes=(TypedChange(kind="move", code="02-VX", other="08"),))

    lost, won = figure_of(world, scene, "02"), figure_of(world, scene, "08")
    assert (lost.past.value.part, lost.change) == (WEIGHT["02-DV"] + 5, 1)
    assert won.change == 3
    moved = figure_of(world, scene, "02-VX")
    assert moved.past.ground.is_itself
    assert "so với Hà Giang (không kể Vị Xuyên) trước 1-7-2025" in words(
        read("/rollups/?unit=02&period=2025-07&measure=c-nguoi")
    )
    assert "so với tổng của Vị Xuyên, Tuyên Quang trước 1-7-2025" in words(
        read("/rollups/?unit=08&period=2025-07&measure=c-nguoi")
    )


def test_a_new_unit_has_no_past_and_says_since_when_it_is(world, read):
    founded = TypedChange(kind="found", code="08-M", other="08", level="tren-co-so", name="Đảng bộ mới")
    scene = provinces.build(world, months=8, changes=(founded,))

    assert figure_of(world, scene, "08-M", period="2025-07").past.ground.hindrance == "new"
    said = words(read("/rollups/?unit=08-M&period=2025-07&measure=c-nguoi"))
    assert "Trước 1-7-2025: không so sánh được: đơn vị mới thành lập ngày 1-7-2025" in said


def test_chains_are_followed_and_units_bear_the_names_they_had_then(world, read):
    scene = provinces.build(world, months=8)
    again = (
        TypedChange(kind="merge", code="40", other="08"),
        TypedChange(kind="rename", code="08", name="Đảng bộ tỉnh Hà Tuyên", short_name="Hà Tuyên"),
    )
    reorganise(world, again, day=provinces.DAY.replace(month=8))

    august = figure_of(world, scene, "08", period="2025-08")
    assert [one.unit.label for one in august.past.ground.sources] == ["Tuyên Quang", "Nghệ An"]
    html = words(read("/rollups/?unit=08&period=2025-08&measure=c-nguoi"))
    assert "Trước 1-7-2025: tổng của Hà Giang, Tuyên Quang, Nghệ An" in html
    assert "Trước 1-8-2025: tổng của Tuyên Quang, Nghệ An" in html


def test_children_are_compared_one_by_one(world):
    scene = provinces.build(world, months=8, changes=SPLIT)

    found = queries.measure_by_child(
        actor=world.thu, measure=scene.measure("c-nguoi"), round_=scene.rounds[-2], unit="08"
    )

    assert {one.unit.code: (one.value.part, one.past.value.part, one.change) for one in found} == {
        "08-SD": (76, 144, -68),
        "08-LB": (None, 46, None),
    }


def test_a_province_whose_districts_were_merged_is_itself_but_counts_fewer_of_them(world, read):
    merged = (TypedChange(kind="merge", code="08-NH", other="08-SD"),)
    scene = provinces.build(world, months=8, changes=merged)

    value = figure_of(world, scene, "08", "c-co")
    assert value.past.ground.is_itself
    assert (value.live.whole, value.past.value.whole) == (2, 3)
    said = words(read("/rollups/?unit=08&period=2025-07&measure=c-nguoi"))
    assert "khi ấy trên tổng số 3" in said
    assert "so với" not in said


@pytest.mark.parametrize("moved", [("01-CG-DV", "01-CG-NT"), ("01-CG-NT",)], ids=["all", "one"])
def test_whether_a_district_was_done_is_not_known_of_one_that_gave_units_away(world, read, moved):
    changes = tuple(TypedChange(kind="move", code=code, other="01-DD") for code in moved)
    scene = provinces.build(world, months=8, changes=changes)

    for unit in ("01-CG", "01-DD"):
        past = figure_of(world, scene, unit, "c-xong").past
        assert past.ground.hindrance == ("broken" if unit == "01-CG" else "")
        assert figure_of(world, scene, unit, "c-bao-cao").past.ground.hindrance == ""
    assert figure_of(world, scene, "01", "c-xong").past.ground.is_itself


def test_of_many_units_the_first_are_told_by_name_and_how_many_others_there_are(world, read):
    merged = [TypedChange(kind="merge", code=code, other="08-SD") for code in ("02-DV", "02-VX", "08-NH")]
    more = [TypedChange(kind="merge", code=code, other="08-SD") for code in ("40-VI", "40-ND")]
    scene = provinces.build(world, months=8, changes=(*merged, *more))

    ground = figure_of(world, scene, "08-SD").past.ground
    assert (len(ground.sources), ground.made_of) == (4, 6)
    said = words(read("/rollups/?unit=08-SD&period=2025-07&measure=c-nguoi"))
    assert re.search(r"so với tổng của [^,]+, [^,]+, [^,]+, [^,]+ và 2 đơn vị khác trước 1-7-2025", said)


# ---------------------------------------------------------------- long trends


@pytest.mark.parametrize(("asked", "drawn"), [("", 6), ("12", 12), ("24", 24), ("60", 60), ("7", 6), ("x", 6)])
def test_a_trend_runs_over_as_many_periods_as_were_asked_for(world, read, asked, drawn):
    provinces.build(world, months=61)
    html = read(f"/rollups/?unit=08&period=2025-08&measure=c-nguoi&trend={asked}")

    assert len(re.findall(r'<circle class="trend-dot', html)) == drawn
    kept = f"&amp;trend={drawn}" if drawn > 6 else ""
    assert f"/rollups/?unit=08&amp;period=2025-08&amp;measure=c-nguoi{kept}&amp;fragment=1" in html.replace("%2D", "-")
    assert f'aria-current="true">{drawn}</a>' in html
    labels = re.findall(r'text-anchor="middle">(\d+-\d{4})</text>', html)
    assert labels[-1] == "8-2025"
    assert 5 <= len(labels) <= 6


def test_a_short_history_offers_no_longer_trends_than_it_has(world, read):
    provinces.build(world, months=8)
    html = read("/rollups/?unit=08&period=2025-08&measure=c-nguoi")

    assert "trend=12" in html
    assert "trend=24" not in html


def test_a_board_asks_the_same_of_the_database_for_six_periods_and_for_sixty(world, read, queries):
    provinces.build(world, months=61)
    for length in (6, 60):
        read(f"/rollups/?unit=08&period=2025-08&measure=c-nguoi&trend={length}")
    for length in (6, 12, 60):
        with queries(23):
            read(f"/rollups/?unit=08&period=2025-08&measure=c-nguoi&trend={length}")
