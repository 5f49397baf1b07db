"""Figures typed wrongly, through the page on which they are typed."""

from __future__ import annotations

import unicodedata

import pytest

from tests.badinput.conftest import send, text, unchanged

pytestmark = pytest.mark.django_db

REFUSED = [
    ("hai trăm", "chữ"),
    ("1,5", "số lẻ"),
    ("250,0", "số lẻ"),
    ("-5", "số âm"),
    ("−5", "số âm"),
    (str(2**63), "quá lớn"),
    ("9" * 400, "quá lớn"),
    ("1.19.2", "dấu chấm sai chỗ"),
    ("12a", "chữ"),
    ("٣", "chữ số của ngôn ngữ khác"),
    ("1e3", "chữ"),
    ("=1+1", "công thức"),
]


@pytest.fixture
def report(world):
    return world.report(world.caugiay)


@pytest.fixture
def save(signed_in, report):
    lan = signed_in("lan")

    def saved(verb: str = "save", **boxes: str):
        typed = {f"f-{code}": value for code, value in boxes.items()}
        report.refresh_from_db()
        return send(lan, f"/reports/{report.pk}/{verb}/", revision=report.revision, **typed)

    return saved


@pytest.mark.parametrize(("typed", "why"), REFUSED, ids=[why for _, why in REFUSED])
@pytest.mark.parametrize("verb", ["save", "submit"])
def test_a_figure_that_is_none_is_refused_by_its_fields_name_and_stays_in_its_box(save, report, verb, typed, why):
    with unchanged():
        response = save(verb, summoned=typed, attended="240")

    shown = text(response)
    assert response.status_code == 422
    assert "triệu tập" in shown.lower()
    assert 'value="240"' in shown
    assert typed.replace("=", "=")[:60] in shown
    report.refresh_from_db()
    assert "summoned" not in report.figures


@pytest.mark.parametrize(
    ("typed", "figure"), [("1.192", 1192), ("1192", 1192), (" 1 192 ", 1192), ("0", 0), ("1.234.567", 1234567)]
)
def test_a_thousands_dot_is_read_as_offices_write_it(save, report, typed, figure):
    save(summoned=typed)

    report.refresh_from_db()
    assert report.figures["summoned"] == figure


def test_the_largest_figure_is_kept_exactly(save, report):
    save(summoned=str(2**63 - 1))

    report.refresh_from_db()
    assert report.figures["summoned"] == 2**63 - 1


@pytest.mark.parametrize(("box", "typed"), [("held_day", "32-8-2020"), ("held_day", "hôm qua"), ("contents", "hết")])
def test_a_day_or_a_choice_that_is_none_is_refused(save, report, box, typed):
    with unchanged():
        response = save(**{box: typed})
    assert response.status_code == 422


def test_decomposed_letters_are_kept_composed(signed_in, world):
    report = world.report(world.hanoi, round=world.weekly_round)
    typed = unicodedata.normalize("NFD", "Kết nạp được hai đảng viên ở Tản Lĩnh")

    send(
        signed_in("binh"),
        f"/reports/{report.pk}/save/",
        revision=report.revision,
        prose=typed,
        **{"f-results": typed},
    )

    report.refresh_from_db()
    assert report.figures["results"] == unicodedata.normalize("NFC", typed)
    assert unicodedata.is_normalized("NFC", report.prose)


def test_a_null_letter_harms_nothing(save):
    assert save(summoned="1\x002").status_code in {302, 422}
