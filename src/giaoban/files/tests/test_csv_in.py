import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core import sheets
from giaoban.core.sheets import Row
from giaoban.files import csv_in, limits

TABLE = "mã,tên\n01,Hà Nội\n02,Hà Giang\n"
ROWS = (Row(2, {"mã": "01", "tên": "Hà Nội"}), Row(3, {"mã": "02", "tên": "Hà Giang"}))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_csv_a_spreadsheet_writes_is_read(separator, mark, end):
    data = mark + TABLE.replace(",", separator).replace("\n", end).encode()
    assert csv_in.rows(data=data, name="đơn vị.csv") == ROWS


def test_the_separator_is_the_one_of_the_heading_row_not_of_a_quoted_name():
    data = '"mã; số; loại",tên\n01,"Sở A; B"\n'.encode()
    assert csv_in.rows(data=data, name="a.csv") == (Row(2, {"mã; số; loại": "01", "tên": "Sở A; B"}),)


def test_a_row_is_known_by_the_line_where_it_begins():
    data = 'mã,tên\n\n01,"Hà\nNội"\n,\n02,Hà Giang\n'.encode()
    assert [(row.line, row.cells["mã"]) for row in csv_in.rows(data=data, name="a.csv")] == [(3, "01"), (6, "02")]


def test_text_is_trimmed_and_composed():
    data = "ma\u0303,te\u0302n\n\u00a001 ,Ha\u0300 No\u0323\u0302i\n".encode()
    assert csv_in.rows(data=data, name="a.csv") == ROWS[:1]


def test_short_rows_have_empty_cells():
    assert csv_in.rows(data=b"a,b,c\n1\n", name="a.csv")[0].cells == {"a": "1", "b": "", "c": ""}


@pytest.mark.parametrize(
    ("data", "refusal", "says"),
    [
        (b"", sheets.NoTable, "«a.csv» không có dòng nào"),
        (b"\n , \n", sheets.NoTable, "«a.csv»"),
        ("mã,mã\n1,2\n".encode(), sheets.HeadingTwice, "hai cột cùng tên «mã»"),
        (b"a,b\n1,2,3\n", sheets.CellWithoutHeading, "dòng 2: ô «3»"),
        (b"a,,b\n1,2,3\n", sheets.CellWithoutHeading, "dòng 2: ô «2»"),
        ("mã,tên\n01,Hà Nội\n".encode("utf-16"), csv_in.NotUtf8, "CSV UTF-8"),
        ("mã,tên\n".encode("cp1258", "replace") + b"\xe3\xff\n", csv_in.NotUtf8, "«a.csv»"),
        (b"a,b\n1,\0\n", csv_in.NotUtf8, "«a.csv»"),
        (b'a,b\n1,2\n"3,4\n5,6\n', csv_in.DamagedCsv, "dòng 3"),
        (b'a,b\n"1"x,2\n', csv_in.DamagedCsv, "dòng 2"),
        (b"a,b\n" + b"x" * 200_000 + b",2\n", csv_in.DamagedCsv, "dòng 2"),
    ],
)
def test_a_damaged_file_is_refused_by_name(data, refusal, says):
    with pytest.raises(refusal) as refused:
        csv_in.rows(data=data, name="a.csv")
    assert says in str(refused.value)


def test_a_heading_row_alone_is_a_table_without_rows():
    assert csv_in.rows(data=b"a,b\n", name="a.csv") == ()


def test_a_file_beyond_the_limits_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(limits, "TABLE_ROWS", 2)
    with pytest.raises(csv_in.TooLarge, match=r"«a\.csv» quá lớn"):
        csv_in.rows(data=TABLE.encode(), name="a.csv")
    monkeypatch.setattr(limits, "TABLE_BYTES", 3)
    with pytest.raises(csv_in.TooLarge):
        csv_in.rows(data=TABLE.encode(), name="a.csv")


cells = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cn"]), max_size=8)


@given(st.lists(st.tuples(cells, cells), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_a_spreadsheet_writes_comes_back_composed(table, separator):
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator)
    writer.writerows([("mã", "tên"), *table])
    composed = sheets.with_headings(
        lines=[(1, ["mã", "tên"]), *((line, list(row)) for line, row in enumerate(table, start=2))], name="a.csv"
    )
    assert csv_in.rows(data=written.getvalue().encode(), name="a.csv") == composed
