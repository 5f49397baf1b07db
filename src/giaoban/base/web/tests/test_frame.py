import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

import giaoban
from giaoban.base.web.frame import Crumb, NavigationPlace, Period, When, current_place, frame_of

PACKAGE = Path(giaoban.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
PLACES = (
    NavigationPlace("desk", "Bàn làm việc", "/", "desk", "d"),
    NavigationPlace("reports", "Báo cáo", "/reports/", "report", "b"),
)


@pytest.fixture
def request_of_lan():
    request = RequestFactory().get("/reports/812/", {"tab": "1"})
    request.actor = SimpleNamespace(name="Nguyễn Thị Lan")
    request.user = SimpleNamespace(post="Chuyên viên")
    return request


def test_the_current_place_is_the_longest_address_that_begins_the_path():
    assert current_place(PLACES, "/reports/812/") == "reports"
    assert current_place(PLACES, "/") == "desk"
    assert current_place(PLACES, "/elsewhere/") == ""
    assert current_place((NavigationPlace("x", "X", "/x/", "unit", also=("/units/",)),), "/units/TW/") == "x"


def test_the_frame_names_who_is_signed_in(request_of_lan):
    frame = frame_of(request_of_lan)

    assert (frame.name, frame.post, frame.initials) == ("Nguyễn Thị Lan", "Chuyên viên", "NL")
    assert frame.current == "reports"
    assert frame.path == "/reports/812/?tab=1"


def test_a_page_marks_its_place_and_repeats_its_title_as_heading(request_of_lan):
    html = render_to_string("web/refusal.html", {"sentence": "Chưa nộp được.", "faults": []}, request_of_lan)

    assert re.search(r'href="/reports/"[^>]*aria-current="page"', html)
    assert "<h1>Chưa thực hiện được</h1>" in html
    assert "<title>Chưa thực hiện được – Giao ban</title>" in html
    assert 'href="#main"' in html


def test_a_refusal_asked_for_as_a_fragment_has_no_frame(request_of_lan):
    told = {"sentence": "Chưa nộp được.", "faults": [("held", "Còn để trống.")], "is_fragment": True}
    html = render_to_string("web/refusal.html", told, request_of_lan)

    assert "<html" not in html
    assert 'href="#entry-held"' in html
    assert "Còn để trống." in html


@pytest.mark.parametrize("template", ["403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_is_drawn_without_a_request(template):
    html = render_to_string(template)

    assert "<h1>" in html
    assert 'href="/"' in html


def test_the_period_switcher_says_where_we_are_and_steps_both_ways(request_of_lan):
    weeks = (Period("Tuần 10–16/8/2020", "?p=33"), Period("Tuần 17–23/8/2020", "?p=34", is_current=True))
    html = render_to_string(
        "web/parts/when.html", {"when": When("Tuần 17–23/8/2020", "?p=33", "", (("Tuần", weeks),))}, request_of_lan
    )

    assert 'rel="prev"' in html
    assert 'rel="next"' not in html
    assert html.count("aria-current") == 1


def test_the_last_step_of_the_breadcrumb_is_where_we_are():
    html = render_to_string("web/parts/where.html", {"crumbs": (Crumb("Toàn Đảng", "/"), Crumb("Hải Dương"))})

    assert '<span aria-current="location" title="Hải Dương">Hải Dương</span>' in html


def test_the_sign_in_page_shows_the_demo_accounts_only_when_there_are_some(rf):
    request = rf.get("/accounts/login/")
    form = {"non_field_errors": [], "login": {}, "password": {}}

    with translation.override("vi"):
        plain = render_to_string("account/login.html", {"form": form}, request)
        demo = render_to_string(
            "account/login.html",
            {"form": form, "demo_accounts": [{"username": "lan", "where": "Huyện", "may": "duyệt"}]},
            request,
        )

    assert "dùng thử" not in plain
    assert "<b>lan</b>" in demo


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_every_form_that_writes_carries_its_two_keys(file):
    for form in re.findall(
        r"<form\b[^>]*method=[\"']post[\"'].*?</form>", file.read_text(encoding="utf-8"), re.S | re.I
    ):
        assert "{% csrf_token %}" in form
        assert "{% write_key %}" in form
