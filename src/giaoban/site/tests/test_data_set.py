"""`giaoban export --parquet` and `giaoban totals`, as an operator calls them."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from giaoban.apps.rollups.queries.live import picture
from giaoban.base.ledger.models import Entry
from giaoban.site.tests.test_command import _here, call, refused  # noqa: F401  # the same place and words

pytestmark = pytest.mark.django_db


def test_what_leaves_is_entered_in_the_ledger_and_adds_up_without_the_database(world, tmp_path):
    world.accepted(world.caugiay)
    world.submitted(world.vinh, attended=7)
    before = Entry.objects.order_by("-id").first()

    told = call("export", "--parquet", str(tmp_path / "out"))

    assert told.exit_code == 0, told.output
    assert f"mục {before.pk} của sổ nhật ký" in told.output
    entry = Entry.objects.get(verb="rollups.exported")
    assert entry.facts["as_of"] == before.pk
    assert entry.facts["manifest"] == sha256((tmp_path / "out" / "manifest.json").read_bytes()).hexdigest()

    for words, official in (((), False), (("--official",), True)):
        found = json.loads(call("totals", str(tmp_path / "out"), "--period", "2020-W34", "--json", *words).stdout)
        assert found["as_of"] == {"number": before.pk, "hash": before.hash}
        with picture([world.round]) as now:
            ours = now.matrices[world.round.pk].total(world.centre.pk, official=official)
        attended = next(one for one in found["totals"] if one["field"] == "attended")
        assert (attended["value"], attended["answered"]) == (ours.values["attended"], ours.answered["attended"])
        assert (attended["counted"], attended["expected"]) == (ours.counted, 6)


def test_totals_are_printed_for_a_unit(world, tmp_path):
    world.submitted(world.caugiay)
    call("export", "--parquet", str(tmp_path / "out"), "--form", "DH-TCS", "--since", "2020-W34")

    told = call("totals", str(tmp_path / "out"), "--unit", "01")

    assert "Đảng bộ thành phố Hà Nội (01)" in told.output
    assert "1/3" in told.output
    assert "KQ-TUAN" not in told.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["export", "--parquet", "out", "--form", "X"], "Không có biểu mẫu «X»"),
        (["export", "--parquet", "out", "--since", "hôm qua"], "hôm qua"),
        (["export", "--parquet", "out", "DH-TCS"], "--form"),
        (["export", "--parquet", "out", "--since", "2021-W01"], "không có gì để xuất"),
        (["totals", "out"], "không phải bộ dữ liệu"),
        (["totals", "out", "--engine", "abacus"], "«--engine»"),
    ],
)
def test_a_wrong_call_is_told_in_one_line_and_writes_nothing(world, tmp_path, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    assert says in refused(call(*words))
    assert not (tmp_path / "out").exists()
    assert not Entry.objects.filter(verb="rollups.exported").exists()


def test_a_data_set_is_not_written_over_and_no_entry_is_made(world, tmp_path):
    call("export", "--parquet", str(tmp_path / "out"))

    assert "đã có nội dung" in refused(call("export", "--parquet", str(tmp_path / "out")))
    assert Entry.objects.filter(verb="rollups.exported").count() == 1


def test_a_unit_that_is_not_in_it_is_told(world, tmp_path):
    call("export", "--parquet", str(tmp_path / "out"))

    assert "không có đơn vị mang mã «Z»" in refused(call("totals", str(tmp_path / "out"), "--unit", "Z"))
