"""Many files at once: the order of the input, one clear line for each that cannot be read, the same bytes."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest
from click.testing import CliRunner
from tests.harness.server import ROOT

from giaoban.site.reading import many
from giaoban.site.reading.asked import Asked, Shape, Sheet, Task
from giaoban.site.reading.command import read
from giaoban.site.reading.sources import Source

TEXT = (
    "Kết quả tuần {n}\n08:00 20/8/2020\n\nĐã có {n}/40 chi bộ sinh hoạt, đạt 85%. Gửi báo cáo trước ngày 25/8/2020.\n"
)
PLAIN = Asked(shape=Shape.JSON, sheet=Sheet(width=80, colours=None))
COMMAND = [sys.executable, "-m", "giaoban", "read"]
WITH_SOURCE = os.environ | {"PYTHONPATH": str(ROOT / "src")}


@dataclass(frozen=True)
class Deadly(Source):
    """A document that ends the process that reads it."""

    def text(self):
        os._exit(9)


@dataclass(frozen=True)
class Faulty(Source):
    """A document that meets a bug."""

    def text(self):
        raise ZeroDivisionError


def files(folder, count):
    for number in range(1, count + 1):
        (folder / f"{number:02}.txt").write_text(TEXT.format(n=number), encoding="utf-8")
    return folder


def run(*arguments, given=None):
    return CliRunner().invoke(read, [str(argument) for argument in arguments], input=given)


def told(tasks, *, jobs):
    return list(many.outcomes(tasks, asked=PLAIN, jobs=jobs))


@pytest.mark.parametrize("options", [["--json"], [], ["--summary"]])
def test_two_processes_print_what_one_prints_byte_for_byte(tmp_path, options):
    files(tmp_path, 11)
    (tmp_path / "05.txt").write_bytes(b"\x00\x01")

    one, two = run(tmp_path, *options, "--jobs", 1), run(tmp_path, *options, "--jobs", 2)

    assert (one.exit_code, one.stdout_bytes, one.stderr) == (two.exit_code, two.stdout_bytes, two.stderr)
    assert one.exit_code == 2
    assert len(one.stdout.splitlines()) >= 10


def test_documents_come_in_the_order_in_which_they_were_given(tmp_path):
    folder = files(tmp_path, 10)
    names = [str(folder / f"{number:02}.txt") for number in (7, 1, 9, 3, 10, 2, 8, 4, 6, 5)]

    result = run(*names, "--json", "--jobs", 2)

    assert [json.loads(line)["document"]["file"] for line in result.stdout.splitlines()] == names


def test_files_of_a_folder_come_sorted_and_those_of_its_folders_too(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/2.md", "b/1.txt", "a.txt", "b/~$1.docx", ".hidden.txt", "b/picture.png"):
        (tmp_path / name).write_text("Có 7 chi bộ.", encoding="utf-8")

    result = run(tmp_path, "--json")

    given = [json.loads(line)["document"]["file"] for line in result.stdout.splitlines()]
    assert [name.removeprefix(f"{tmp_path}/") for name in given] == ["a.txt", "b/1.txt", "b/2.md", "c.txt"]


def test_a_document_its_reader_dies_of_is_one_line_and_the_others_are_read():
    tasks = [Task(source=Source(name=str(n), given=f"Có {n} chi bộ.")) for n in range(12)]
    tasks[5] = Task(source=Deadly(name="5"))
    tasks[7] = Task(source=Deadly(name="7"))

    found = told(tasks, jobs=2)

    assert [outcome.name for outcome in found] == [str(n) for n in range(12)]
    assert [outcome.name for outcome in found if outcome.refused] == ["5", "7"]
    assert "«5»" in found[5].refused
    assert all(json.loads(outcome.out)["facts"] for outcome in found if not outcome.refused)


def test_where_no_process_can_start_the_documents_are_read_all_the_same(tmp_path):
    """A program given on standard input cannot be begun a second time, which is what another process does."""
    code = (
        "from giaoban.site.reading import many; from giaoban.site.tests.test_reading_many import *\n"
        "print([one.refused for one in told([Task(source=Source(name='a', given='7 xã'))] * 9, jobs=2)])"
    )

    done = subprocess.run(
        [sys.executable, "-"], input=code.encode(), capture_output=True, check=True, cwd=ROOT,
        env=WITH_SOURCE | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
    )  # fmt: skip

    assert done.stdout.decode().strip() == str([None] * 9)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bug_met_in_one_document_does_not_silence_the_others(jobs):
    found = told([Task(source=Faulty(name="a")), Task(source=Source(name="b", given="Có 7 xã."))], jobs=jobs)

    assert "«a»" in found[0].refused
    assert "ZeroDivisionError" in found[0].refused
    assert found[1].refused is None


def test_only_a_window_of_documents_is_taken_while_the_first_is_not_told():
    taken = []

    def tasks():
        for number in range(4_000):
            taken.append(number)
            yield Task(source=Source(name=str(number), given="Có 7 xã."))

    stream = many.outcomes(tasks(), asked=PLAIN, jobs=2)
    next(stream)
    stream.close()

    assert len(taken) <= many.CHUNK * (many.WINDOW * 2 + 1)


def test_a_real_process_reads_files_and_standard_input_and_ends_with_two_for_a_missing_file(tmp_path):
    files(tmp_path, 1)

    done = subprocess.run(
        [*COMMAND, "--json", str(tmp_path / "01.txt"), str(tmp_path / "gone.txt"), "-"],
        input="Có 9 đảng bộ.".encode(), capture_output=True, env=WITH_SOURCE, check=False,
    )  # fmt: skip

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [row["document"]["file"] for row in rows] == [str(tmp_path / "01.txt"), "-"]
    assert rows[1]["facts"][0]["value"] == 9
    assert done.stderr.decode().count("\n") == 1


def test_reading_starts_without_django_and_without_what_draws():
    code = (
        "import sys; from giaoban.site.command import main; import giaoban.site.reading.command;"
        "print([name for name in ('django', 'rich', 'numpy', 'giaoban.core.formlang') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=WITH_SOURCE, check=True)

    assert done.stdout.strip() == "[]"


def test_stopping_leaves_one_line_and_no_process_behind(tmp_path):
    files(tmp_path, 40)
    started = subprocess.Popen(
        [*COMMAND, "--json", "--jobs", "2", *[str(tmp_path)] * 50],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=WITH_SOURCE, start_new_session=True,
    )  # fmt: skip
    started.stdout.readline()

    os.killpg(started.pid, signal.SIGINT)
    _, errors = started.communicate(timeout=30)

    assert started.returncode == 130
    assert errors.decode().split("\n") in (["Đã dừng theo yêu cầu.", ""], ["", "Đã dừng theo yêu cầu.", ""])
    assert is_gone(started.pid)


def is_gone(group):
    """Whether the last process of a group ends within a moment: what winds up behind the command may need one."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_a_pipe_that_closes_early_is_no_fault(tmp_path):
    files(tmp_path, 12)
    started = subprocess.Popen(
        [*COMMAND, "--jobs", "2", *[str(tmp_path)] * 20],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=WITH_SOURCE,
    )  # fmt: skip
    started.stdout.readline()
    started.stdout.close()

    errors = started.stderr.read()
    started.wait(timeout=30)

    assert b"Traceback" not in errors
    started.stderr.close()
