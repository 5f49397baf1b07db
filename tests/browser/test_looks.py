"""Every page of the demo, at every width and in print, as a careful reader would look it over."""

from __future__ import annotations

import pytest

from tests.browser import looking, pages
from tests.harness.server import Server

pytestmark = pytest.mark.browser
READ_BY_ALL = (360, 1600)  # widths at which axe reads the page

NOT_YET: dict[str, str] = {}  # page -> what is known to be wrong; a page that is whole again leaves this list


@pytest.fixture
def shown(demo: Server, name: str) -> pages.Shown:
    return next(one for one in pages.pages(demo.folder) if one.name == name)


def each_page() -> list[object]:
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=NOT_YET[name])) if name in NOT_YET else name
        for name in pages.NAMES
    ]


@pytest.mark.parametrize("name", each_page())
def test_a_page_is_whole_at_every_width(shown, visit, axe):
    page = visit(shown.who, shown.address, status=shown.status)
    wrong = []
    for width, height in pages.WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        wrong += [f"{width} px: {told}" for told in looking.faults(page)]
        if width in READ_BY_ALL:
            axe(page)
    wrong += [f"in print: {part}" for part in looking.frame_in_print(page)]
    if (weight := looking.weight(page)) > looking.HEAVIEST:
        wrong.append(f"{weight} bytes")

    assert not wrong, "\n".join([shown.address, *wrong])


def test_every_page_of_the_list_is_looked_at(demo):
    assert tuple(one.name for one in pages.pages(demo.folder)) == pages.NAMES
