"""`giaoban export --parquet FOLDER`: facts, trees and duty as a data set for other engines."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from giaoban.files.lake.refusals import need


def export(folder: Path, *, form: str, since: str) -> None:
    """Write the data set and say what it is as of. Raises the refusals of files.lake and of the roll-up."""
    need("pyarrow", extra="analytics")
    from giaoban.apps.rollups import papers, services
    from giaoban.apps.rollups.queries import exporting
    from giaoban.apps.units.models import Placement
    from giaoban.base.web import clock
    from giaoban.core.periods import Period
    from giaoban.files.lake.writing import data_set, publish, refuse_taken
    from giaoban.site.commands.export import refuse_unknown
    from giaoban.site.demo import founding

    folder = folder.resolve()
    if form:
        refuse_unknown(form)
    refuse_taken(folder)
    first = Period.parse(since) if since else None
    at = clock.now()
    top = Placement.objects.select_related("unit").filter(parent=None).earliest("id").unit
    with data_set(folder) as made, Progress(console=Console(stderr=True), transient=True) as bar:
        with exporting.leaving(form=form, since=first) as going:
            task = bar.add_task("Đang xuất", total=going.reports)

            def seen(one: exporting.LeavingRound, count: int) -> None:
                bar.update(task, advance=count, description=f"{one.form} {one.period}")

            export = papers.write(going, made, seen=seen)
        services.note_export(actor=founding.system_at(top, day=at.date()), top=top, export=export, at=at)
        publish(made, folder)
    click.echo(
        f"Đã xuất {export.facts} số liệu của {export.reports} báo cáo ({export.rounds} lượt thu) vào {folder}, "
        f"tính đến mục {export.as_of} của sổ nhật ký."
    )
