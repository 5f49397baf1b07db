"""Each controller in a real browser, on a page made for the test and served under the house's security policy."""

from types import SimpleNamespace

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'"
STAGE = """{% extends "web/layout.html" %}{% block title %}Sân khấu{% endblock %}{% block main %}MAIN{% endblock %}"""

QUEUE = """
<ul class="queue">
  <li data-queue-item><a id="first" href="#1">Một</a><button data-key="n" id="take-first">Nhận</button></li>
  <li data-queue-item><a id="second" href="#2">Hai</a><button data-key="n" id="take-second">Nhận</button></li>
</ul>
<details class="menu"><summary id="when">Tuần 34</summary><div class="menu-sheet">Tuần 33</div></details>
"""
FIGURE = '<p>Còn 1</p><a id="why" href="/why/1/" data-drawer>1.192</a>'
FORM = """
<div role="tablist" class="tabs" data-controller="tabs">
  <button role="tab" id="to-prose" aria-controls="prose">Lời văn</button>
  <button role="tab" id="to-form" aria-controls="fill" aria-selected="true">Biểu</button>
</div>
<div class="fill" data-controller="marks">
  <div id="prose" class="fill-prose"><p>Đã có <mark data-fact="held" tabindex="0">1.192 đảng bộ</mark>.</p></div>
  <form id="fill" class="fill-form" action="/stage/" data-main data-controller="form-guard" data-saved="saved">
    <div class="entry" id="entry-held" data-fact="held"><input class="input" id="held" name="held"></div>
    <textarea id="note" name="note" data-controller="autosize"></textarea>
    <span class="save-state" data-word-saved="Đã lưu" data-word-unsaved="Chưa lưu">Đã lưu</span>
    <button name="verb" value="save">Lưu</button><button name="verb" value="submit" data-submit>Nộp</button>
  </form>
</div>
"""
LIVE = """
<section id="total" data-controller="live" data-live-url="/events/" data-fragment-url="/total/">
  <a data-figure="held" href="#">1.192</a><a data-figure="all" href="#">1.312</a>
</section>
"""

PARTS = """
<div data-controller="parts clock" data-live-url="/events/" data-parts-url="/parts/" data-now="1000000">
  <p data-part="sum">Cũ</p>
  <div data-part="words">
    <form id="words" action="/said/" data-keep><input name="words" aria-label="Lời" value=""></form>
  </div>
  <span id="clock" data-clock="900" data-planned="1"></span><span id="length" data-length="3725"></span>
</div>
"""
REPLAY = """
<div data-controller="clock replay" data-now="60000" data-frozen>
  <div data-frame data-now="60000"><b id="moment">1</b><a data-after="/after/?n=2" href="#">sau</a></div>
  <button data-play hidden data-word-play="Phát lại" data-word-pause="Dừng">Phát lại</button>
  <select data-speed hidden aria-label="Tốc độ"><option value="100">100×</option></select>
</div>
"""


def stage(main):
    request = RequestFactory().get("/stage/")
    request.actor = SimpleNamespace(name="Nguyễn Thị Lan")
    request.user = SimpleNamespace(post="Chuyên viên")
    return Template(STAGE.replace("MAIN", main)).render(RequestContext(request))


@pytest.fixture
def play(page):
    """`play(html)` opens a page of the house with this inside."""

    def opened(main, **size):
        html = stage(main)
        headers = {"Content-Security-Policy": POLICY}
        page.route(
            "**/stage/*",
            lambda route: route.fulfill(body=html, headers=headers, content_type="text/html; charset=utf-8"),
        )
        page.set_viewport_size({"width": 1600, "height": 900} | size)
        page.goto("/stage/")
        return page

    return opened


def focused(page):
    return page.evaluate("() => document.activeElement.id || document.activeElement.name")


@pytest.mark.browser
def test_a_queue_is_worked_by_the_keyboard(play):
    page = play(QUEUE)
    page.evaluate("() => document.addEventListener('click', (event) => { window.clicked = event.target.id })")

    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == "second"
    page.keyboard.press("n")
    assert page.evaluate("() => window.clicked") == "take-second"
    page.keyboard.press("/")
    assert focused(page) == "q"


@pytest.mark.browser
def test_the_list_of_keys_is_one_key_away(play):
    page = play(QUEUE)

    page.keyboard.press("?")

    assert page.locator("#keys").is_visible()


@pytest.mark.browser
def test_a_menu_closes_by_escape_and_gives_the_focus_back(play):
    page = play(QUEUE)
    page.click("#when")

    page.keyboard.press("Escape")

    assert page.get_attribute("details.menu:has(#when)", "open") is None
    assert focused(page) == "when"


@pytest.mark.browser
def test_a_figure_opens_beside_the_page_under_its_own_address(play):
    page = play(FIGURE)
    page.route("**/why/1/", lambda route: route.fulfill(body="<p id='rule'>Cộng dồn</p>", content_type="text/html"))

    page.click("#why")
    page.wait_for_selector("#rule")
    page.wait_for_url("**/why/1/")
    page.keyboard.press("Escape")

    assert not page.locator("#drawer").is_visible()
    assert page.url.endswith("/stage/")
    assert focused(page) == "why"


@pytest.mark.browser
def test_what_is_not_saved_says_so(play):
    page = play(FORM)

    page.fill("#held", "1.200")

    assert page.inner_text(".save-state") == "Chưa lưu"
    assert page.get_attribute("#fill", "data-saved") == "unsaved"


@pytest.mark.browser
def test_control_enter_submits_by_the_main_button(play):
    page = play(FORM)
    page.fill("#held", "1.200")

    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    assert "verb=submit" in page.url


@pytest.mark.browser
def test_words_and_their_field_light_up_together(play):
    page = play(FORM)

    page.hover("mark")
    assert "is-marked" in page.get_attribute("#entry-held", "class")
    page.click("mark")
    assert focused(page) == "held"


@pytest.mark.browser
def test_on_a_narrow_screen_prose_and_form_take_turns(play):
    page = play(FORM, width=360)
    assert not page.locator("#prose").is_visible()

    page.click("#to-prose")

    assert page.locator("#prose").is_visible()
    assert not page.locator("#fill").is_visible()


@pytest.mark.browser
def test_a_text_area_grows_with_its_text(play):
    page = play(FORM)
    before = page.locator("#note").bounding_box()["height"]

    page.fill("#note", "dòng\n" * 12)

    assert page.locator("#note").bounding_box()["height"] > before + 100


@pytest.mark.browser
def test_a_live_part_is_asked_for_again_and_marks_what_changed(play, page):
    fresh = (
        '<section id="total"><a data-figure="held" href="#">1.193</a><a data-figure="all" href="#">1.312</a></section>'
    )
    page.route("**/events/", lambda route: route.fulfill(body="data: x\n\n", content_type="text/event-stream"))
    page.route("**/total/", lambda route: route.fulfill(body=fresh, content_type="text/html; charset=utf-8"))
    play_page = play(LIVE)

    play_page.wait_for_selector("text=1.193")

    assert "is-fresh" in play_page.get_attribute('[data-figure="held"]', "class")
    assert play_page.get_attribute('[data-figure="all"]', "class") is None


@pytest.mark.browser
def test_parts_named_by_an_event_are_asked_for_and_what_is_being_written_stays(play, page):
    asked = []

    def answer(route):
        asked.append(route.request.url.split("?")[1])
        fresh = '<p data-part="sum">Mới</p><div data-part="words"><form id="words" action="/said/" data-keep>'
        body = f'{fresh}<input name="words" aria-label="Lời" value=""></form><i>thêm</i></div>'
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route("**/parts/*", answer)
    said = ["retry: 50\n\n"]
    page.route("**/events/", lambda route: route.fulfill(body=said[-1], content_type="text/event-stream"))
    play_page = play(PARTS)
    play_page.fill("input[name=words]", "đang viết dở")
    said.append("retry: 60000\nid: 7\nevent: changed\ndata: sum words\n\n")

    play_page.wait_for_selector("text=thêm")

    assert play_page.inner_text("[data-part=sum]") == "Mới"
    assert play_page.input_value("input[name=words]") == "đang viết dở"
    assert asked[0] == "of=sum+words"


@pytest.mark.browser
def test_a_clock_runs_by_the_houses_time_and_says_when_it_is_over(play, page):
    page.route("**/events/", lambda route: route.fulfill(body="", content_type="text/event-stream"))
    play_page = play(PARTS)

    assert play_page.inner_text("#clock").startswith("1:4")
    assert "is-over" in play_page.get_attribute("#clock", "class")
    assert play_page.inner_text("#length") == "1:02:05"


@pytest.mark.browser
def test_a_closed_meeting_is_played_moment_by_moment_until_its_end(play, page):
    frames = {
        "n=2": '<div data-frame data-now="90000"><b>2</b><a data-after="/after/?n=3" href="#">sau</a></div>',
        "n=3": '<div data-frame data-now="99000"><b id="moment">3</b><a data-after="" href="#">sau</a></div>',
    }
    page.route(
        "**/after/*",
        lambda route: route.fulfill(
            body=frames[route.request.url.split("?")[1]], content_type="text/html; charset=utf-8"
        ),
    )
    play_page = play(REPLAY)
    play_page.click("text=Phát lại")

    play_page.wait_for_selector("#moment:text('3')")
    play_page.wait_for_selector("text=Phát lại")
    assert play_page.get_attribute("[data-frozen]", "data-now") == "99000"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1600])
def test_the_frame_has_no_violation_of_accessibility(play, axe, width):
    axe(
        play(
            FORM.replace("<input", "<input aria-label='Đã đại hội'").replace(
                "<textarea", "<textarea aria-label='Ghi chú'"
            ),
            width=width,
        )
    )
