"""`giaoban rollup`: the matrices this host keeps for totals; build them anew from the reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress

from giaoban.site.commands import start

if TYPE_CHECKING:
    from giaoban.apps.forms.models import Round
    from giaoban.apps.rollups.queries.rows import Told


@click.command("rollup", short_help="Đối chiếu hoặc lập lại số tổng hợp từ báo cáo.")
@click.option("--rebuild", is_flag=True, help="Lập lại từ báo cáo thay vì đối chiếu.")
@click.option("--form", "form", metavar="MÃ", default="", help="Chỉ một biểu mẫu.")
def rollup(*, rebuild: bool, form: str) -> None:
    """Đối chiếu từng ô số liệu đang giữ để tổng hợp với báo cáo; mã thoát 1 khi có chỗ khác."""
    start.installation()
    from giaoban.apps.forms.models import Round
    from giaoban.apps.rollups import queries

    every = Round.objects.select_related("form_version__form", "period").order_by("id")
    rounds = list(every.of(form) if form else every)
    if rebuild:
        count = _rebuild(rounds)
        click.echo(f"Đã lập lại {len(rounds)} bảng tổng hợp từ {count} báo cáo.")
        return
    kept = {one.pk for one in queries.rounds_on_shelf()}
    rounds = [one for one in rounds if one.pk in kept]
    wrong = list(_differing(rounds))
    for name, units in wrong:
        click.echo(f"{name}: {units} đơn vị có số đang giữ khác báo cáo")
    click.echo("Hãy chạy giaoban rollup --rebuild." if wrong else f"Mọi ô đều khớp: {len(rounds)} bảng tổng hợp.")
    if wrong:
        raise SystemExit(1)


def _rebuild(rounds: Sequence[Round]) -> int:
    from giaoban.apps.reports.models import Report
    from giaoban.apps.rollups import queries

    total = Report.objects.filter(round__in=[one.pk for one in rounds]).count()
    seen = 0
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Đang lập lại", total=total)

        def watched(reports: Iterator[Told]) -> Iterable[Told]:
            nonlocal seen
            for report in reports:
                seen += 1
                bar.advance(task)
                yield report

        for one in rounds:
            bar.update(task, description=f"{one.form_version.form.code} {one.period.code}")
            queries.rebuild(one, watched=watched)
    return seen


def _differing(rounds: Sequence[Round]) -> Iterator[tuple[str, int]]:
    from giaoban.apps.rollups import queries

    with Console(stderr=True).status("Đang đối chiếu…"):
        for one in rounds:
            found = queries.audit(round_=one)
            if not found.is_sound:
                yield f"{one.form_version.form.code} {one.period.code}", len(found.units)
