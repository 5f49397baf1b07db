import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory

import giaoban
from giaoban.base.web import charts, writing
from giaoban.base.web.figures import Bar, Cell, Choice, Column, Entry, Figure, Pager, Point, Row, Tile, TileMap, Trend


def drawn(source, **data):
    return Template(source).render(Context(data))


def words(html):
    """What is on the page, without marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_figure_is_one_link_with_value_base_share_and_change():
    html = drawn("{% figure f %}", f=Figure(1192, 1312, change=84, href="/why/1", noun="đại hội"))

    assert html.count("<a ") == 1
    assert 'href="/why/1"' in html
    for part in ("1.192", "/1.312", "90,85%", "+84"):
        assert f">{part}<" in html


def test_a_figure_is_read_aloud_as_one_sentence():
    figure = Figure(1192, 1312, change=-3, mark="signed", noun="đảng bộ", label="Đã đại hội")

    assert writing.spoken(figure) == "Đã đại hội: 1.192 trên 1.312 đảng bộ, 90,85%, giảm 3, đã ký"


def test_missing_is_not_zero():
    html = drawn("{% figure f %}{{ none|whole }}", f=Figure(None, 67, href="/why/1"), none=None)

    assert words(html).count("chưa có số liệu") == 3  # drawn, spoken, and written alone
    assert ">0<" not in html
    assert "%" not in words(html)


def test_nought_is_a_value():
    assert "0" in words(drawn("{% figure f %}", f=Figure(0, 67)))
    assert "chưa có số liệu" not in drawn("{% figure f %}", f=Figure(0, 67))


@pytest.mark.parametrize(
    ("held", "total", "share"),
    [(2309, 2310, "99,96%"), (99_999, 100_000, "99,99%"), (67, 67, "100%"), (1, 1_000_000, "0,01%")],
)
def test_only_the_whole_is_a_hundred_percent(held, total, share):
    assert writing.share(Figure(held, total)) == share


def test_a_base_of_nought_has_no_share():
    assert writing.share(Figure(0, 0)) == ""
    assert Figure(0, 0).share_ppm is None


def test_a_bar_is_as_long_as_its_share():
    html = drawn("{% bars rows %}", rows=(Bar("Cơ sở", Figure(3, 4)), Bar("Chi bộ", Figure(None, 4))))

    assert '<rect class="bars-part" width="750000"' in html
    assert '<rect class="bars-part" width="0"' in html


def tile(name, column, row, share=None, late=False):
    return Tile(name, name, column, row, share, "–" if share is None else "90%", f"/{name}", late)


def test_tiles_stand_where_the_country_lies_and_are_read_in_the_order_given():
    units = TileMap((tile("An", 2, 1, 900_000), tile("Bình", 0, 0, None, late=True)), caption="Bản đồ")
    html = drawn("{% tile_map m %}", m=units)

    assert html.index("/An") < html.index("/Bình")
    assert 'class="at-c2 at-r1"' in html
    assert 'class="tile c4"' in html
    assert 'class="tile none is-late"' in html
    assert "muộn" in words(html)


def test_units_without_territory_never_lie_on_a_tile():
    land = tuple(tile(f"t{column}{row}", column, row) for column in range(4) for row in range(6))
    plan = charts.plan(TileMap(land, beside=(tile("K", 0, 0),)))

    assert plan.beside_row >= 6


def test_a_gap_in_a_trend_lifts_the_pen():
    drawn_trend = charts.draw_trend(Trend((Point("1", 5), Point("2", None), Point("3", 9))))

    assert drawn_trend.path.count("M") == 2
    assert len(drawn_trend.dots) == 2


def test_a_trend_has_its_numbers_as_a_table_and_says_what_is_estimated():
    chart = Trend((Point("1-8", 5, 10), Point("8-8", 7, 10, made_up=True)), deadline_index=1, caption="Tiến độ")
    html = drawn("{% trend c %}", c=chart)

    assert "<table" in html
    assert "<title>Tiến độ</title>" in html
    assert "ước tính" in words(html)
    assert "hạn" in words(html)


def test_a_trend_writes_decimals_as_its_figures_do():
    chart = Trend((Point("1", 1250), Point("2", 480)), places=2)
    html = drawn("{% trend c %}", c=chart)

    assert "12,50" in html
    assert "4,80" in html
    assert "1.250" not in html
    assert [level.label for level in charts.draw_trend(chart).levels] == ["5,00", "10,00"]


def test_a_trend_of_nothing_is_drawn_without_points():
    assert "<circle" not in drawn("{% trend c %}", c=Trend(()))


def test_a_cell_says_its_state_in_words():
    cell = Cell("N", "submitted", True, "/r/1", "Ninh Giang, tuần 34: đã nộp, muộn")
    row = Row("Ninh Giang", (cell,), figure=Figure(1, 1))
    html = drawn("{% completeness rows columns %}", rows=(row,), columns=(Column("34"),))

    assert 'aria-label="Ninh Giang, tuần 34: đã nộp, muộn"' in html
    assert "cell-submitted is-late" in html


def test_a_wrong_value_is_told_at_its_field_and_kept():
    field = Entry("held", "Đã đại hội", value="1.4o2", fault="«1.4o2» không phải là số.")
    html = drawn("{% entry f %}", f=field)

    assert 'value="1.4o2"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="held-told"' in html
    assert "«1.4o2» không phải là số." in html


def test_what_is_written_is_never_read_as_markup():
    html = drawn("{% figure f %}{% entry e %}", f=Figure(1, label="<b>"), e=Entry("a", "<i>", value='"><script>'))

    assert "<b>" not in html
    assert "<i>" not in html
    assert "<script>" not in html


def test_a_long_list_is_paged_by_rows_or_by_number():
    request = RequestFactory().get("/units/", {"q": "Hải", "page": "2"})

    by_number = drawn("{% pager 2 5 %}", request=request)
    by_rows = drawn("{% pager p %}", p=Pager(51, 100, 312, after_href="?page=3"))

    assert "page=3" in by_number
    assert "q=H" in by_number
    assert "51–100/312" in words(by_rows)
    assert "Trước" not in by_rows


def test_an_empty_place_says_how_to_begin():
    html = drawn("{% empty 'Chưa có báo cáo' 'Mở lượt thu để bắt đầu.' go %}", go=Choice("Mở lượt thu", "/rounds/new"))

    assert "Mở lượt thu để bắt đầu." in html
    assert 'href="/rounds/new"' in html


def test_a_state_is_a_word_and_late_is_a_word_too():
    html = drawn("{% state_chip 'submitted' 'Đã nộp' late %}", late=True)

    assert words(html) == "Đã nộp muộn"


def test_every_icon_named_in_a_template_is_in_the_sprite():
    package = Path(giaoban.__file__).parent
    sprite = (package / "base/web/static/web/icons.svg").read_text(encoding="utf-8")
    there = set(re.findall(r'<symbol id="([a-z-]+)"', sprite))
    named = {
        name
        for file in package.rglob("templates/**/*.html")
        for name in re.findall(r"{% icon [\"']([a-z-]+)[\"']", file.read_text(encoding="utf-8"))
    }

    assert named <= there
    assert set(writing.MARKS) <= there
