"""`giaoban index-papers`: enter the papers cited by texts received before into the register, and settle what can be."""

from __future__ import annotations

from collections.abc import Iterable

import click

from giaoban.site.commands import start


@click.command("index-papers", short_help="Lập sổ văn bản được trích từ các báo cáo đã nhận.")
def index_papers() -> None:
    """Đọc lại mọi báo cáo bằng lời đã nhận; lần đọc sau gắn được thêm các chỗ trích chưa ghi ngày."""
    start.installation()
    from giaoban.apps.narratives.models import Narrative

    everything = list(Narrative.objects.order_by("received_at", "pk").values_list("pk", flat=True))
    count = _index(everything)
    undated = Narrative.objects.filter(mentions__paper__day=None).order_by("pk").values_list("pk", flat=True)
    _index(list(undated.distinct()))
    click.echo(f"Đã đọc {len(everything)} báo cáo bằng lời, có {count} chỗ trích văn bản.")


def _index(narrative_ids: Iterable[int]) -> int:
    from giaoban.apps.narratives.models import Narrative
    from giaoban.apps.narratives.queries import words
    from giaoban.apps.narratives.services import papers
    from giaoban.apps.units.models import Placement
    from giaoban.base.web import clock
    from giaoban.core import reading
    from giaoban.site.demo import founding

    at = clock.now()
    count, actor = 0, None
    for pk in narrative_ids:
        if actor is None:
            top = Placement.objects.select_related("unit").filter(parent=None).earliest("id").unit
            actor = founding.system_at(top, day=at.date())
        narrative = Narrative.objects.select_related("report__unit").get(pk=pk)
        found = reading.read(text=narrative.text, lexicon=words.lexicon())
        count += papers.index_papers(actor=actor, narrative=narrative, found=found, at=at)
    return count
