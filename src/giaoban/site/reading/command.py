"""`giaoban read FILE…`: what reports in prose say, as JSON Lines or as a page for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giaoban.core.refusal import Refusal
from giaoban.site.reading import many
from giaoban.site.reading.asked import Asked, FormAsked, Outcome, Shape, Sheet, Task, nothing
from giaoban.site.reading.sources import sources

if TYPE_CHECKING:
    from giaoban.site.reading.scores import Book

FAILED = 2
FEW = 8  # up to so many documents one process is quicker than waiting for others to start


class NoFiles(Refusal):
    """Nothing to read was named."""

    says = "Chưa có gì để đọc; hãy đưa tên tệp, thư mục hoặc «-» (dữ liệu đưa vào)."


class Torn(Refusal):
    """Options that ask for two different things."""

    says = "Không dùng {one} cùng với {other}; hãy chọn một."


class OnlyWithScore(Refusal):
    """A list of what was missed, of nothing."""

    says = "--misses chỉ dùng cùng --score; hãy thêm --score BỘ_MẪU."


class Day(click.ParamType[date]):
    """A day as people type it: 2020-08-25 or 25/8/2020."""

    name = "ngày"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day meant, or a refusal with an example."""
        if isinstance(value, date):
            return value
        for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
            try:
                day = datetime.strptime(str(value), pattern).date()  # noqa: DTZ007  a day has no zone
            except ValueError:
                continue
            if 1900 <= day.year <= 2199:
                return day
        says = f"«{value}» không phải là ngày; hãy viết như 2020-08-25 hoặc 25/8/2020."
        raise click.BadParameter(says, ctx=ctx, param=param)


@click.command("read", short_help="Đọc báo cáo bằng lời thành số liệu có dẫn chứng.")
@click.argument("names", metavar="FILE...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="In mỗi văn bản một dòng JSON.")
@click.option("--summary", is_flag=True, help="In mỗi văn bản một trang ghi nhanh: số chính, chỗ không khớp, đến hạn.")
@click.option("--form", "form_code", metavar="MÃ", help="Đề xuất số cho biểu mẫu: mã đã ban hành, hoặc tệp .json.")
@click.option("--reference-day", type=Day(), help="Ngày của văn bản, khi văn bản không ghi ngày.")
@click.option(
    "--lexicon",
    "lexicon_paths",
    metavar="TỆP",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Từ ngữ riêng của cơ quan; dùng được nhiều lần.",
)
@click.option(
    "--jobs",
    metavar="SỐ",
    type=click.IntRange(1, 64),
    help="Số tiến trình cùng đọc; mặc định theo số lõi khi nhiều tệp.",
)
@click.option("--score", "gold_path", metavar="BỘ_MẪU", help="Chấm kết quả đọc theo tệp JSON hoặc thư mục đã đánh dấu.")
@click.option("--misses", is_flag=True, help="Cùng --score: liệt kê chỗ sót và chỗ bịa.")
def read(
    *,
    names: tuple[str, ...],
    as_json: bool,
    summary: bool,
    form_code: str | None,
    reference_day: date | None,
    lexicon_paths: tuple[Path, ...],
    jobs: int | None,
    gold_path: str | None,
    misses: bool,
) -> None:
    """Đọc báo cáo (.docx, .pdf, .html, .txt, .md, thư mục, hoặc «-» là dữ liệu đưa vào) và cho biết văn bản nói gì.

    Không có tùy chọn nào thì in trang dễ đọc: số liệu nào khớp, số liệu nào không khớp, việc gì đến hạn khi nào.
    """
    shape = _shape(as_json=as_json, summary=summary, form=form_code, gold=gold_path)
    if misses and gold_path is None:
        raise OnlyWithScore()
    book = _book(gold_path)
    form = _form(form_code)
    if not names and (book is None or not book.texts):
        raise NoFiles()
    lexicons = _lexicons(lexicon_paths)
    asked = Asked(shape=shape, sheet=_sheet(shape), reference_day=reference_day, form=form, lexicons=lexicons)
    tasks = list(_tasks(names, book))
    failures: list[str] = []
    with _watched(len(tasks), shape) as (advance, complain):
        came = many.outcomes(tasks, asked=asked, jobs=min(jobs or _jobs(len(tasks)), len(tasks)))
        told = _told(came, failures, advance, complain)
        if shape is Shape.SCORE:
            _mark(told, as_json=as_json, with_misses=misses, sheet=_sheet(Shape.PAGE))
        else:
            for outcome in told:
                _write(outcome.out, as_json=as_json)
    if failures:
        raise SystemExit(FAILED)


def _shape(*, as_json: bool, summary: bool, form: str | None, gold: str | None) -> Shape:
    """What is made of a reading. Raises Torn."""
    chosen = [
        name for name, is_on in (("--summary", summary), ("--form", form is not None), ("--score", gold is not None))
        if is_on
    ]  # fmt: skip
    if as_json and summary:
        chosen.insert(0, "--json")
    if len(chosen) > 1:
        raise Torn(one=chosen[0], other=chosen[1])
    if gold is not None:
        return Shape.SCORE
    if as_json:
        return Shape.JSON
    if form is not None:
        return Shape.FORM
    return Shape.SUMMARY if summary else Shape.PAGE


def _lexicons(paths: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    """An office's words, every line of them good. Raises lexicon_in.LexiconMissing and core.reading's BadLexicon."""
    if not paths:
        return ()
    from giaoban.core.reading import Lexicon
    from giaoban.files import lexicon_in

    texts = lexicon_in.texts(paths)
    Lexicon.of(*texts)
    return texts


def _book(path: str | None) -> Book | None:
    if path is None:
        return None
    from giaoban.site.reading import scores

    return scores.book(Path(path))


def _form(code: str | None) -> FormAsked | None:
    if code is None:
        return None
    from giaoban.site.reading import forming

    return forming.wanted(code)


def _tasks(names: Iterable[str], book: Book | None) -> Iterator[Task]:
    if book is not None:
        from giaoban.site.reading import scores

        yield from scores.tasks(sources(names), given=book)
        return
    for source in sources(names):
        if isinstance(source, Refusal):
            yield nothing("", refused=str(source))
        else:
            yield Task(source=source)


def _jobs(count: int) -> int:
    return len(os.sched_getaffinity(0)) if count > FEW else 1


def _sheet(shape: Shape) -> Sheet:
    """What standard output is: its width and colours, asked of rich unless nothing is drawn."""
    if shape in (Shape.JSON, Shape.SCORE):
        return Sheet(width=80, colours=None)
    from rich.console import Console

    console = Console()
    return Sheet(width=console.width, colours=console.color_system if console.is_terminal else None)


def _told(
    outcomes: Iterable[Outcome], failures: list[str], advance: Callable[[], None], complain: Callable[[str], None]
) -> Iterator[Outcome]:
    """The documents that were read; each that was not is one line on standard error."""
    for outcome in outcomes:
        advance()
        if outcome.refused is not None:
            failures.append(outcome.name)
        if sentence := outcome.refused or outcome.noted:
            complain(" ".join(sentence.split()))
        else:
            yield outcome


def _mark(outcomes: Iterable[Outcome], *, as_json: bool, with_misses: bool, sheet: Sheet) -> None:
    from giaoban.site.reading import scores

    marks = scores.marks(outcomes)
    if as_json:
        _write(marks.as_json(with_misses=with_misses), as_json=True)
        return
    from giaoban.site.reading import printing

    _write(printing.drawn([marks.table()], sheet=sheet), as_json=False)
    if with_misses:
        _write(marks.misses(), as_json=False)


def _write(text: str, *, as_json: bool) -> None:
    """Print at once. JSON is UTF-8 whatever the terminal speaks; half a character becomes an escape in both."""
    encoding = "utf-8" if as_json else sys.stdout.encoding or "utf-8"
    sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))
    sys.stdout.buffer.flush()


@contextmanager
def _watched(count: int, shape: Shape) -> Iterator[tuple[Callable[[], None], Callable[[str], None]]]:
    """How to say that one more is done and that something is wrong; many files move a bar on a terminal.

    The bar stays away while what is read scrolls by on the same terminal.
    """
    if count < FEW or not sys.stderr.isatty() or (sys.stdout.isatty() and shape is not Shape.SCORE):
        yield (lambda: None), _complain
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    bar = (TextColumn("Đang đọc"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*bar, console=errors, transient=True) as progress:
        task = progress.add_task("", total=count)
        yield (
            lambda: progress.advance(task),
            lambda sentence: progress.console.print(sentence, style="red", markup=False),
        )


def _complain(sentence: str) -> None:
    click.secho(sentence.encode("utf-8", "backslashreplace").decode("utf-8"), fg="red", err=True)
