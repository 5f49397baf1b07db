"""`giaoban read` for people and for programs."""

import io
import json
import os
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from giaoban.apps.forms.models import FormVersion
from giaoban.core.refusal import Refusal
from giaoban.site.commands import start
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


def test_the_page_says_who_is_due_what_and_which_numbers_nobody_read(tmp_path):
    text = "Kết quả tuần\n08:00 20/8/2020\n\nSố bản tin: Quốc lộ 8A. Đề nghị các chi bộ nộp phí trước ngày 25/8/2020.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    result = run(tmp_path / "a.txt")

    assert "chưa đọc được" in result.stdout
    assert "Quốc lộ 8" in result.stdout
    assert "nộp phí trước ngày 25/8/2020." in result.stdout


def test_the_summary_of_a_long_report_stays_on_one_page(tmp_path):
    sentences = (
        f"Xã Đông {n} có {n + 100}/{n + 200} chi bộ họp, đạt 1%. Gửi Kế hoạch {n}-KH/TU trước ngày {n % 28 + 1}/9."
        for n in range(1, 90)
    )
    (tmp_path / "a.txt").write_text("Báo cáo tuần\n08:00 20/8/2020\n\n" + "\n".join(sentences), encoding="utf-8")

    result = run(tmp_path / "a.txt", "--summary")

    assert "Không khớp, cần hỏi lại  89" in result.stdout
    assert len(result.stdout.splitlines()) <= 60
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_what_is_piped_holds_neither_colours_nor_blanks_at_the_end(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    lines = run(tmp_path / "a.txt").stdout.split("\n")

    assert not [line for line in lines if line != line.rstrip() or "\x1b" in line]


def test_a_file_may_not_steer_the_terminal_by_its_name_or_its_words(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "Kết quả \x1b]0;x\x07tuần\n08:00 20/8/2020\n\nCó 7 \x1b[31mchi bộ.\n" + TEXT
    Path("a\x1b[2J\nb.txt").write_text(text, encoding="utf-8")

    result = run("a\x1b[2J\nb.txt", "gone\n\x1b[2J.txt")

    assert "\x1b" not in result.stdout + result.stderr
    assert "a\\x1b[2J\\nb.txt" in result.stdout
    assert len(result.stderr.splitlines()) == 1


def test_of_a_long_name_the_end_is_shown(tmp_path):
    (tmp_path / ("thư mục " * 12)).mkdir()
    path = tmp_path / ("thư mục " * 12) / "tuan-34.txt"
    path.write_text(TEXT, encoding="utf-8")

    first = run(path).stdout.splitlines()[0]

    assert first.startswith("…")
    assert "tuan-34.txt" in first


def test_a_name_that_is_no_text_is_kept_in_json_as_an_escape(tmp_path):
    name = os.fsdecode(bytes(tmp_path) + b"/\xff.txt")
    with open(name, "w", encoding="utf-8") as file:
        file.write("Có 7 chi bộ.")

    result = run(name, "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["document"]["file"] == name


def test_nothing_to_read_and_options_that_exclude_each_other_are_refused(tmp_path):
    assert "Chưa có gì để đọc" in str(run("--json").exception)
    assert "--summary" in str(run("-", "--json", "--summary", given=b"").exception)
    assert "--score" in str(run("-", "--misses", given=b"").exception)
    assert "--form" in str(run("-", "--summary", "--form", "x.json", given=b"").exception)


FORM = {
    "name": "Tiến độ",
    "spec": {
        "title": "Tiến độ",
        "fields": [
            {"code": "held", "label": "Chi bộ đã sinh hoạt", "kind": "whole", "part": "num", "aliases": ["sinh hoạt"]},
            {"code": "all", "label": "Tổng số chi bộ", "kind": "whole", "part": "den", "aliases": ["chi bộ"]},
            {"code": "beds", "label": "Giường bệnh", "kind": "whole"},
        ],
    },
}  # fmt: skip


def form_file(folder):
    path = folder / "form.json"
    path.write_text(json.dumps(FORM), encoding="utf-8")
    return path


def test_a_form_from_a_file_gets_its_figures_with_the_sentence(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    row = json.loads(run(tmp_path / "a.txt", "--json", "--form", form_file(tmp_path)).stdout)

    best = {offer["field"]: offer for offer in reversed(row["proposals"])}
    assert (best["held"]["value"], best["all"]["value"]) == (30, 40)
    assert best["held"]["quote"] == row["text"][best["held"]["start"] : best["held"]["end"]] == "30/40"
    assert best["held"]["sentence"] == "Đã có 30/40 chi bộ sinh hoạt, đạt 85%."


def test_a_form_on_paper_names_the_fields_without_a_figure(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    out = run(tmp_path / "a.txt", "--form", form_file(tmp_path)).stdout

    assert "Chi bộ đã sinh hoạt" in out
    assert "Chưa thấy số cho  1 chỉ tiêu\n  Giường bệnh" in out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "Không mở được tệp biểu mẫu"),
        ("[", "không phải là biểu mẫu"),
        ("[]", "không phải là biểu mẫu"),
        ('{"spec": {"fields": [{"code": "1"}]}}', "."),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_one_sentence(tmp_path, content, says):
    if content is not None:
        (tmp_path / "f.json").write_text(content, encoding="utf-8")

    refusal = run("-", "--form", tmp_path / "f.json", given=b"").exception

    assert isinstance(refusal, Refusal)
    assert says in str(refusal)


def test_a_form_is_taken_from_the_database_in_its_published_version(world, tmp_path, monkeypatch):
    monkeypatch.setattr(start, "django", lambda: None)  # the test's database is set up already
    (tmp_path / "a.txt").write_text("Có 1.190 đại biểu dự.", encoding="utf-8")
    known = list(FormVersion.objects.filter(published_at__isnull=False).values_list("form__code", flat=True))

    found = run(tmp_path / "a.txt", "--json", "--form", known[0])
    refusal = run(tmp_path / "a.txt", "--form", "KHONG-CO").exception

    assert "proposals" in json.loads(found.stdout)
    assert all(code in str(refusal) for code in known)


GOLD = {
    "facts": {
        "01": [
            {"kind": "date", "start": 13, "end": 28, "iso": "2020-08-20"},
            {"kind": "figure", "start": 36, "end": 41, "sub": "ratio", "num": 30, "den": 40, "pct": 85},
            {"kind": "figure", "start": 0, "end": 3, "sub": "count", "value": 3},
        ]
    },
    "boilerplate_lines": {"01": []},
}


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "01_tuan.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(GOLD), encoding="utf-8")
    return path


def test_a_reading_is_scored_against_facts_found_by_hand(gold, tmp_path):
    result = run(tmp_path / "01_tuan.txt", "--score", gold, "--json", "--misses")

    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["documents"] == 1
    assert told["kinds"]["figure"] == {
        "found": 1, "invented": 0, "missed": 1, "precision": 1.0, "recall": 0.5, "f1": 0.667
    }  # fmt: skip
    assert [row["start"] for row in told["missed"] if row["kind"] == "figure"] == [0]
    assert {row["file"] for row in told["missed"]} == {str(tmp_path / "01_tuan.txt")}


def test_the_score_on_paper_has_three_digits_and_lists_what_went_wrong(gold, tmp_path):
    out = run(tmp_path / "01_tuan.txt", "--score", gold, "--misses").stdout

    assert [line.split()[-1] for line in out.splitlines() if line.startswith("figure")] == ["0,667"]
    assert "01_tuan.txt: sót figure 0–3 " in out


def test_a_document_of_the_gold_that_is_not_given_is_missing_and_one_more_is_only_noted(gold, tmp_path):
    (tmp_path / "other.txt").write_text("Có 7 chi bộ.", encoding="utf-8")

    more = run(tmp_path / "01_tuan.txt", tmp_path / "other.txt", "--score", gold)
    less = run(tmp_path / "other.txt", "--score", gold)

    assert (more.exit_code, less.exit_code) == (0, 2)
    assert "other.txt" in more.stderr
    assert "«01»" in less.stderr


def test_a_folder_of_annotated_texts_needs_no_other_files(tmp_path):
    rows = "figure | 30/40 | sub=ratio num=30 den=40 pct=85\nperson | Kết | titles="
    (tmp_path / "a.txt").write_text(TEXT + "-----\n" + rows, encoding="utf-8")

    told = json.loads(run("--score", tmp_path, "--json").stdout)

    assert (told["kinds"]["figure"]["f1"], told["kinds"]["person"]["missed"]) == (1.0, 1)


@pytest.mark.parametrize("content", ["[]", "{", '{"facts": 3}'])
def test_what_is_no_gold_is_refused(tmp_path, content):
    (tmp_path / "gold.json").write_text(content, encoding="utf-8")

    for given in (tmp_path / "gold.json", tmp_path, tmp_path / "gone.json"):
        assert "bộ mẫu" in str(run("--score", given).exception)
