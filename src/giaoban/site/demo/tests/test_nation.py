"""What was published comes out of the units' own rows, added up here by hand."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict

import pytest

from giaoban.apps.forms import queries as forms
from giaoban.apps.forms.models import Round
from giaoban.apps.people.models import Account
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups.models import Measure, Publication
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import MapPlace, Placement, Unit

pytestmark = pytest.mark.django_db
COUNTED = {"submitted", "accepted"}
NAMED_IN_ARTICLES = {
    "Nguyễn Thanh Bình", "Phạm Minh Chính", "Mai Văn Chính", "Phạm Văn Thuần", "Vũ Đức Bảo", "Trần Đình Cảnh",
    "Trương Thị Mai",
}  # fmt: skip


def rows(form: str, period: str) -> list[tuple[str, str, dict]]:
    """(unit code, state, figures) of every report of a round."""
    found = Report.objects.filter(round__form_version__form__code=form, period__code=period)
    return list(found.values_list("unit__code", "state", "figures"))


def said_yes(form: str, period: str, field: str = "held") -> set[str]:
    return {code for code, state, figures in rows(form, period) if state in COUNTED and figures.get(field) is True}


def expected(form: str, period: str) -> int:
    asked = Round.objects.select_related("form_version").get(form_version__form__code=form, period__code=period)
    return len(forms.owing_units(form_id=asked.form_version.form_id, day=asked.day, tree=units.tree_on(asked.day)))


def level_count(level: str, below: str = "") -> int:
    return Placement.objects.filter(level__code=level, unit__code__startswith=below).count()


def test_the_tree_has_the_published_number_of_units(nation):
    assert [level_count(level) for level in ("tw", "tt", "tren-co-so", "co-so", "chi-bo")] == [1, 67, 1312, 2310, 17118]
    published = {"01": 50, "42": 17, "30": 15, "68": 18, "49": 22, "92": 15}
    assert {code: level_count("tren-co-so", f"{code}-") for code in published} == published
    assert MapPlace.objects.count() == 63


@pytest.mark.parametrize(
    ("form", "period", "field", "held", "whole"),
    [
        ("DH-TCS", "2020-W34", "held", 1192, 1312),
        ("KQ-TUAN", "2020-W34", "drafts_commented", 15, 67),
        ("DH-CB", "@2020-05-15", "held", 17118, 17118),
        ("DH-CS", "@2020-05-15", "model_held", 89, 89),
        ("DH-CS", "@2020-06-29", "held", 2309, 2310),
        ("DH-TCS-N", "@2020-06-29", "held", 6, 50),
    ],
)
def test_a_published_share_comes_out(nation, form, period, field, held, whole):
    assert (len(said_yes(form, period, field)), expected(form, period)) == (held, whole)


def test_exactly_forty_five_committees_have_all_their_congresses_held(nation):
    held, below = said_yes("DH-TCS", "2020-W34"), defaultdict(set)
    for code in Unit.objects.filter(placements__level__code="tren-co-so").values_list("code", flat=True):
        below[code.partition("-")[0]].add(code)

    complete = [code for code, units_below in below.items() if units_below <= held]

    assert len(below) == 67
    assert len(complete) == 45


def test_the_sums_of_january_come_out(nation):
    told = [figures for _, _, figures in rows("KQ-THANG", "2020-01")]

    assert len(told) == 67
    assert sum(one["personnel_vetted"] for one in told) == 39
    assert sum(one["standards_checked"] for one in told) == 78


def test_no_congress_is_ever_taken_back(nation):
    weeks = [said_yes("DH-TCS", f"2020-W{number}") for number in range(29, 35)]

    assert all(earlier <= later for earlier, later in itertools.pairwise(weeks))
    assert [len(week) for week in weeks] == sorted(len(week) for week in weeks)


def test_weeks_without_a_published_figure_are_marked_as_made_up(nation):
    made_up = dict(Round.objects.filter(form_version__form__code="DH-TCS").values_list("period__code", "is_made_up"))

    assert made_up == {f"2020-W{number}": number != 34 for number in range(29, 35)}


def test_this_week_has_something_in_every_state(nation):
    states = Counter(state for _, state, _ in rows("DH-TCS", "2020-W34"))

    assert states == {"accepted": 1245, "submitted": 40, "draft": 7, "returned": 6}
    assert expected("DH-TCS", "2020-W34") - states.total() == 14


def test_every_published_figure_was_found_in_a_text_and_agrees(nation):
    own = {
        (one.measure.code, one.round.period.code): (one.part, one.whole)
        for one in Publication.objects.select_related("measure", "round__period")
    }

    assert own == {
        ("dai-hoi-cap-tren-co-so", "2020-W34"): (1192, 1312),
        ("hoan-thanh-truc-thuoc", "2020-W34"): (45, 67),
        ("gop-y-du-thao", "2020-W34"): (15, 67),
        ("dai-hoi-co-so-ha-noi", "@2020-06-29"): (2309, 2310),
        ("dai-hoi-chi-bo-ha-noi", "@2020-05-15"): (17118, 17118),
        ("dai-hoi-diem-ha-noi", "@2020-05-15"): (89, 89),
        ("dai-hoi-tren-co-so-ha-noi", "@2020-06-29"): (6, 50),
        ("luot-nhan-su", "2020-01"): (39, None),
        ("tham-dinh-tieu-chuan", "2020-01"): (78, None),
    }
    assert Measure.objects.count() == 9


def test_the_quoted_words_stand_in_their_sentence(nation):
    for one in Publication.objects.all():
        assert one.sentence[one.start : one.end] == one.quote


def test_nobody_in_the_demo_bears_the_name_of_an_official(nation):
    assert not NAMED_IN_ARTICLES & set(Account.objects.values_list("name", flat=True))
