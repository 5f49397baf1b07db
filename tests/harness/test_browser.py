"""The real server answers a real browser, and neither may fail unheard."""

import pytest

from tests.harness import server


@pytest.mark.browser
def test_the_server_answers_the_browser(page):
    answer = page.goto("/health/")

    assert answer.status == 200
    assert page.content().count("ok") == 1


@pytest.mark.browser
def test_a_mistake_in_the_page_is_heard(open_page, shared_server, expected_errors):
    page = open_page(shared_server.url)
    page.goto("/health/")
    with page.expect_event("pageerror") as heard:
        page.evaluate("() => { setTimeout(() => { throw new Error('a mistake') }) }")
    expected_errors.append("a mistake")

    assert "a mistake" in str(heard.value)


@pytest.mark.browser
def test_the_line_can_be_cut_and_mended(own_server, open_page):
    page = open_page(own_server.url)
    page.goto("/health/")
    own_server.stop()
    mended = server.start(own_server.folder, port=int(own_server.url.rpartition(":")[2]))

    answer = page.goto("/health/")
    mended.stop()

    assert answer.status == 200


@pytest.mark.browser
def test_what_the_server_complains_about_is_told_once(own_server):
    with (own_server.folder / "server.log").open("a") as log:
        log.write("Traceback (most recent call last)\n")

    assert "Traceback" in own_server.trouble()
    assert own_server.trouble() == ""


@pytest.mark.browser
def test_a_page_that_cannot_be_used_by_all_is_named(page, axe):
    page.set_content("<html lang='vi'><title>t</title><main><h1>Ô không tên</h1><input type='text'></main></html>")

    with pytest.raises(AssertionError, match="label"):
        axe(page)


@pytest.mark.browser
def test_a_clerk_signs_in_and_finds_the_desk(page, sign_in):
    sign_in(page, "lan")

    assert page.locator("main").count() == 1
    assert "Tạ Ngọc Lan" in page.content()
