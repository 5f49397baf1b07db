"""The `giaoban` command says no in one Vietnamese line and with exit status 2, and its checks find what is wrong."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from tests.harness.server import ROOT, surroundings

from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries as rollups
from giaoban.apps.rollups import services as rollup_services
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.rollups.rules import Asked
from giaoban.apps.units.models import Placement, Unit
from giaoban.base.jobs.models import Job
from giaoban.base.ledger.guards import writing
from giaoban.base.ledger.models import Entry
from giaoban.base.mail.sending import send
from giaoban.site.command import COMMANDS, main
from giaoban.site.commands import start
from giaoban.site.demo import shelf

HEAD = "mã,tên,cấp trên,cấp,từ ngày\n"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch, at):
    monkeypatch.setenv("GIAOBAN_VAR", str(tmp_path))
    monkeypatch.setenv("GIAOBAN_DATABASE", "")


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), prog_name="giaoban")


def refused(result: Result) -> str:
    """The one line of a refusal."""
    assert result.exit_code == 2, result.output
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nothing"], "Không có lệnh"),
        (["demo", "--bad"], "Không có tùy chọn «--bad»"),
        (["demo", "--port", "x"], "Giá trị của «--port»"),
        (["demo", "--year", "1999"], "Giá trị của «--year»"),
        (["export", "DH-TCS"], "Thiếu «PERIOD»"),
        (["export", "DH-TCS", "2020-W34", "--format", "xlsx"], "thêm -o"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(words, says):
    assert says in refused(call(*words))


def test_every_command_explains_itself():
    for name in COMMANDS:
        assert call(name, "--help").exit_code == 0, name


def test_a_taken_port_is_told_and_nothing_is_built(tmp_path):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        line = refused(call("demo", "--port", str(taken.getsockname()[1])))

    assert "đang được chương trình khác dùng" in line
    assert not (tmp_path / "giaoban.sqlite3").exists()


def test_a_database_that_is_no_demo_is_never_replaced(tmp_path):
    path = tmp_path / "giaoban.sqlite3"
    with sqlite3.connect(path) as real:
        real.execute("CREATE TABLE kept (one INTEGER)")
    before = path.read_bytes()

    assert "không phải thế giới thử nghiệm" in refused(call("demo", "--rebuild", "--no-serve"))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("postgresql://lan:mat-khau@127.0.0.1:1/giaoban", "127.0.0.1:1/giaoban"),
        ("sqlite:///khong/co/giaoban.sqlite3", "/khong/co/giaoban.sqlite3"),
    ],
)
@pytest.mark.parametrize("words", [["check"], ["seed", "--name", "Đảng bộ"]])
def test_a_database_that_does_not_answer_is_named_and_no_secret_is_told(address, place, words, tmp_path):
    environment = surroundings(tmp_path) | {"GIAOBAN_DATABASE": address}
    command = [sys.executable, "-m", "giaoban", *words]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)

    assert told.returncode == 2
    assert told.stderr.startswith(f"Không mở được cơ sở dữ liệu {place} ("), told.stderr
    assert told.stderr.count("\n") == 1
    assert "mat-khau" not in told.stderr


def test_a_build_that_is_stopped_leaves_no_world(tmp_path):
    command = [sys.executable, "-m", "giaoban", "demo", "--no-serve"]
    with subprocess.Popen(command, env=surroundings(tmp_path), stderr=subprocess.PIPE, cwd=ROOT) as building:
        while not list(tmp_path.glob("building-*/giaoban.sqlite3")) and building.poll() is None:
            time.sleep(0.05)
        building.send_signal(signal.SIGINT)
        said = building.communicate(timeout=60)[1].decode()

    assert building.returncode == 130, said
    assert [one.name for one in tmp_path.iterdir()] == []


def test_a_demo_that_stands_is_kept_unless_asked(tmp_path):
    with sqlite3.connect(shelf.database(tmp_path)) as kept:
        kept.execute(f"PRAGMA user_version={shelf.MARK}")

    assert not shelf.is_wanting(tmp_path, rebuild=False)
    assert shelf.is_wanting(tmp_path, rebuild=True)


def test_the_secret_is_made_once_and_for_us_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("GIAOBAN_SECRET")
    start.keep_secret(tmp_path)
    first = (tmp_path / "secret").read_text()
    monkeypatch.delenv("GIAOBAN_SECRET")
    start.keep_secret(tmp_path)

    assert (tmp_path / "secret").read_text() == first
    assert len(first) >= 50
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_without_an_organisation_nothing_can_be_done():
    assert "giaoban seed" in refused(call("check"))


@pytest.mark.django_db
def test_a_dry_run_changes_nothing(world, tmp_path):
    units, entries = Unit.objects.count(), Entry.objects.count()
    (tmp_path / "cay.csv").write_text(HEAD + "36,Đảng bộ tỉnh Nam Định,TW,tt,1-10-2015\n")

    result = call("import-units", str(tmp_path / "cay.csv"), "--dry-run")

    assert result.exit_code == 0, result.output
    assert (Unit.objects.count(), Entry.objects.count()) == (units, entries)


@pytest.mark.django_db
def test_a_sound_list_is_imported(world, tmp_path):
    (tmp_path / "cay.csv").write_text(HEAD + "36,Đảng bộ tỉnh Nam Định,TW,tt,1-10-2015\n")

    result = call("import-units", str(tmp_path / "cay.csv"))

    assert result.exit_code == 0, result.output
    assert Unit.objects.get(code="36").path.startswith(world.centre.path)


@pytest.mark.django_db
def test_every_fault_of_a_list_is_told_with_its_line(world, tmp_path):
    units = Unit.objects.count()
    (tmp_path / "cay.csv").write_text(HEAD + "36,Nam Định,XX,tt,1-10-2015\n37,Ninh Bình,TW,lạ,1-10-2015\n")

    result = call("import-units", str(tmp_path / "cay.csv"))

    assert "2 chỗ sai" in refused(result)
    assert result.stdout.startswith("dòng 2: ")
    assert "dòng 3: " in result.stdout
    assert Unit.objects.count() == units


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_told(world):
    assert "Không đọc được tệp" in refused(call("import-units", "khong-co.csv"))


@pytest.mark.django_db
def test_an_export_has_a_line_for_every_unit_that_owes(world):
    world.submitted(world.caugiay)

    rows = json.loads(call("export", "DH-TCS", "2020-W34", "--format", "json").stdout)["reports"]

    assert [row["code"] for row in rows] == ["01-BV", "01-CG", "01-DD", "40-ND", "40-VI", "QD-01"]
    assert {row["code"]: row["figures"].get("attendance") for row in rows}["01-CG"] == 9920
    assert {row["state"] for row in rows} == {"đã nộp", "chưa báo cáo"}


@pytest.mark.django_db
def test_an_export_below_a_unit_leaves_the_others_out(world):
    table = call("export", "DH-TCS", "2020-W34", "--below", "40").stdout

    assert table.count("\n") == 3
    assert "01-CG" not in table


@pytest.mark.django_db
def test_an_exported_workbook_reads_back(world, tmp_path):
    from giaoban.files import xlsx_in

    world.submitted(world.vinh)
    call("export", "DH-TCS", "2020-W34", "--format", "xlsx", "-o", str(tmp_path / "b.xlsx"))

    rows = xlsx_in.rows(data=(tmp_path / "b.xlsx").read_bytes(), name="b.xlsx")
    assert {row.cells["mã"] for row in rows} >= {"40-VI", "QD-01"}


@pytest.mark.django_db
def test_words_that_a_spreadsheet_would_work_out_are_shown_as_words(world):
    world.submitted(world.vinh, note="=1+1")

    assert "'=1+1" in call("export", "DH-TCS", "2020-W34").stdout


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "says"), [(["DH-XX", "2020-W34"], "Không có biểu mẫu"), (["DH-TCS", "2020-W01"], "các kỳ đã mở")]
)
def test_an_unknown_round_is_told_with_the_known_ones(world, words, says):
    assert says in refused(call("export", *words))


@pytest.mark.django_db
def test_a_sound_house_passes_every_proof(world):
    world.accepted(world.caugiay)
    world.submitted(world.vinh, held=False)

    result = call("check", "--json")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["differences"] == []


@pytest.mark.django_db
def test_a_spoiled_path_a_spoiled_figure_and_a_second_place_are_found(world):
    report = world.accepted(world.caugiay)
    with writing():
        Unit.objects.filter(pk=world.vinh.pk).update(path="/9/9/")
        Report.objects.filter(pk=report.pk).update(figures=report.figures | {"unfilled": 7})
        Placement.objects.create(
            unit=world.bavi,
            parent=world.nghean,
            level=Placement.objects.get(unit=world.bavi).level,
            from_day="2018-01-01",
            until_day="2019-01-01",
        )

    result = call("check", "--json")

    assert result.exit_code == 1
    assert {one["proof"] for one in json.loads(result.stdout)["differences"]} == {
        "đường dẫn", "vị trí", "DH-TCS 2020-W34",
    }  # fmt: skip


@pytest.mark.django_db
def test_kept_totals_that_were_spoiled_are_found_and_built_anew(world):
    world.accepted(world.caugiay)
    with picture([world.round]) as now:
        now.matrices[world.round.pk].values[0, 0] += 1

    assert call("check").exit_code == 1
    found = call("rollup")
    assert (found.exit_code, "1 đơn vị" in found.stdout) == (1, True)
    assert "từ 7 báo cáo" in call("rollup", "--rebuild", "--form", "DH-TCS").stdout
    assert call("rollup").exit_code == call("check").exit_code == 0


@pytest.mark.django_db
def test_signed_figures_that_were_touched_are_found(world):
    for unit in (world.caugiay, world.dongda, world.bavi):
        world.accepted(unit)
    seen = rollups.standing(round_=world.round, unit=world.hanoi).official.digest
    asked = Asked(seen=seen, is_partial=False, note="")
    row = rollup_services.sign(actor=world.binh, round_=world.round, unit="01", asked=asked, at=world.at)
    assert call("check").exit_code == 0

    row.figures["total"]["values"]["attended"] += 1
    with writing():
        row.save(update_fields=["figures"])

    assert "ký chốt: 01 DH-TCS 2020-W34 lần 1: nội dung không còn đúng con dấu" in call("check").stdout


@pytest.mark.django_db
def test_a_report_nobody_owes_is_found(world):
    report = world.report(world.caugiay)
    with writing():
        Report.objects.filter(pk=report.pk).update(unit=world.dichvong)

    assert "không phải nộp mà có báo cáo" in call("check").stdout


@pytest.mark.django_db
def test_a_changed_ledger_entry_is_found(world):
    assert call("verify").exit_code == 0
    with writing():
        Entry.objects.filter(id=5).update(actor_name="Ai đó")

    result = call("verify", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["broken"] == 5


@pytest.mark.django_db
def test_a_fresh_installation_needs_a_password_of_its_own(monkeypatch):
    monkeypatch.delenv("GIAOBAN_PASSWORD", raising=False)
    assert "GIAOBAN_PASSWORD" in refused(call("seed", "--name", "Đảng bộ tỉnh Thử"))

    monkeypatch.setenv("GIAOBAN_PASSWORD", "ngan")
    assert "Mật khẩu chưa dùng được" in refused(call("seed", "--name", "Đảng bộ tỉnh Thử"))
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_a_fresh_installation_is_seeded_once(monkeypatch):
    monkeypatch.setenv("GIAOBAN_PASSWORD", "một-mật-khẩu-dài")

    assert call("seed", "--name", "Đảng bộ tỉnh Thử").exit_code == 0
    assert Unit.objects.get().name == "Đảng bộ tỉnh Thử"
    assert "không lập lại" in refused(call("seed", "--name", "Đảng bộ khác"))


def test_the_demo_clock_starts_on_monday_or_at_the_last_entry(tmp_path):
    with sqlite3.connect(shelf.database(tmp_path)) as kept:
        kept.execute("CREATE TABLE ledger_entry (at TEXT)")
        kept.execute("INSERT INTO ledger_entry VALUES ('2020-08-20 03:00:00')")
    monday = datetime(2020, 8, 24, 1, tzinfo=UTC)
    assert shelf.present(tmp_path) == monday

    with sqlite3.connect(shelf.database(tmp_path)) as kept:
        kept.execute("INSERT INTO ledger_entry VALUES ('2020-08-25 03:00:00.5')")
    assert shelf.present(tmp_path) == datetime(2020, 8, 25, 3, 0, 0, 500_000, tzinfo=UTC)


@pytest.mark.django_db
def test_texts_received_before_the_register_are_entered_into_it(world):
    from giaoban.apps.narratives import services
    from giaoban.apps.narratives.models import CitedPaper, PaperMention

    report = world.report(world.caugiay)
    text = "Theo Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị."
    services.paste(actor=world.lan, report_id=report.pk, text=text, name="dán", at=world.at)
    with writing():
        PaperMention.objects.all().delete()
        CitedPaper.objects.all().delete()

    result = call("index-papers")

    assert "1 báo cáo bằng lời, có 1 chỗ trích" in result.output
    assert PaperMention.objects.get().paper.key == "35-CT/TW@2019-05-30"


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_done_once_on_demand(world, mailoutbox):
    send(to=["lan@coquan.vn"], subject="Nhắc nộp", text="Sắp hết hạn.", at=world.at)

    assert "Đã chạy 1 việc, 0 việc trục trặc." in call("work", "--once").output
    assert "Đã chạy 0 việc" in call("work", "--once").output
    assert len(mailoutbox) == 1


def test_check_tells_of_work_left_undone_and_of_mail_that_cannot_leave(world, settings):
    assert call("check").exit_code == 0
    send(to=["lan@coquan.vn"], subject="Nhắc nộp", text="Sắp hết hạn.", at=world.at)
    Job.objects.update(state="failed", trouble="Máy chủ thư đã tắt.")
    settings.MAIL_TROUBLE = "GIAOBAN_MAIL: không hiểu địa chỉ này."

    told = call("check")

    assert told.exit_code == 1
    assert "không xong: Máy chủ thư đã tắt." in told.output
    assert "thư: GIAOBAN_MAIL: không hiểu địa chỉ này." in told.output
