"""`giaoban read` for people and for programs."""

import io
import json

import docx
from click.testing import CliRunner

from giaoban.site.reading.command import read

TEXT = "Kết quả tuần\n08:00 20/8/2020\n\nĐã có 30/40 chi bộ sinh hoạt, đạt 85%. Gửi báo cáo trước ngày 25/8/2020.\n"


def run(*arguments, given=None):
    return CliRunner().invoke(read, [str(argument) for argument in arguments], input=given)


def test_each_document_is_one_line_of_json_with_its_name_as_given(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("Có 12 chi bộ.")
    document.save(str(tmp_path / "b.docx"))

    result = run(tmp_path, "--json")

    assert result.exit_code == 0
    assert result.stdout.endswith("\n")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["document"]["file"] for row in rows] == [str(tmp_path / "a.txt"), str(tmp_path / "b.docx")]
    for row in rows:
        assert all(fact["quote"] == row["text"][fact["start"] : fact["end"]] for fact in row["facts"])
    assert rows[0]["document"]["published"] == "2020-08-20"


def test_the_summary_says_what_does_not_add_up_and_what_is_due(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    result = run(tmp_path / "a.txt")

    assert "không khớp" in result.stdout
    assert "25-8-2020" in result.stdout
    assert result.stderr == ""


def test_a_file_that_cannot_be_read_is_one_line_and_the_others_are_read(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"not a zip")

    result = run(tmp_path / "b.docx", tmp_path / "missing.txt", tmp_path / "a.txt", "--json")

    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 2
    assert "b.docx" in result.stderr
    assert "missing.txt" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_standard_input_is_read_as_text_or_as_word():
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Có 7 đảng bộ.")
    document.save(stream)

    text = run("-", "--json", given="Có 7 đảng bộ.".encode())
    word = run("-", "--json", given=stream.getvalue())

    assert json.loads(text.stdout)["facts"][0]["value"] == json.loads(word.stdout)["facts"][0]["value"] == 7


def test_the_reference_day_serves_a_text_without_a_dateline():
    result = run("-", "--json", "--reference-day", "4/1/2021", given="Ngày 30-12, Ban họp.".encode())

    assert [fact["iso"] for fact in json.loads(result.stdout)["facts"]] == ["2020-12-30"]


def test_a_day_that_is_none_is_refused_with_an_example():
    result = run("-", "--reference-day", "hôm qua", given=b"")

    assert result.exit_code == 2
    assert "25/8/2020" in result.stderr


def test_an_empty_folder_is_said_so(tmp_path):
    result = run(tmp_path)

    assert result.exit_code == 2
    assert str(tmp_path.name) in result.stderr
