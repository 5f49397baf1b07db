"""`make bench [ONLY=family]`: measure, print with the ratio to the last time, keep the medians in var/bench.json."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import benchmarks
from benchmarks.measurement import Measurement

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "bench.json"
MACHINERY = {
    "compare_frames",
    "compare_json",
    "compare_ours",
    "compare_postgresql",
    "compare_reference",
    "compare_world",
    "live_crowd",
    "live_meeting",
    "measurement",
    "plots",
    "rollup_world",
    "run",
}


def families() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in MACHINERY)


def prepare(folder: str) -> None:
    """An installation of its own in `folder`, durable as in service; GIAOBAN_DATABASE may name another database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.site.settings")
    os.environ.setdefault("GIAOBAN_SECRET", "for benchmarks only")
    os.environ["GIAOBAN_VAR"] = folder
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def earlier() -> dict[str, dict[str, Any]]:
    return dict(json.loads(KEPT.read_text(encoding="utf-8"))) if KEPT.exists() else {}


def show(family: str, measured: Iterable[Measurement], before: dict[str, dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=family, title_justify="left")
    for heading in ("measured", "median", "least", "most", "unit", "to last time"):
        table.add_column(heading, justify="left" if heading in {"measured", "unit"} else "right")
    for one in measured:
        last = before.get(one.name, {}).get("median")
        table.add_row(
            one.name,
            f"{one.median:,.3g}" if one.median < 1_000 else f"{one.median:,.0f}",
            f"{min(one.runs):,.3g}" if min(one.runs) < 1_000 else f"{min(one.runs):,.0f}",
            f"{max(one.runs):,.3g}" if max(one.runs) < 1_000 else f"{max(one.runs):,.0f}",
            one.unit,
            f"× {one.median / last:.2f}" if last else "–",
        )
    Console().print(table)


def keep(measured: Iterable[Measurement], before: dict[str, dict[str, Any]]) -> None:
    """Write the medians; families that were not measured now keep theirs."""
    now = {one.name: {"median": one.median, "unit": one.unit, "n": len(one.runs)} for one in measured}
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(before | now, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(wanted: list[str]) -> None:
    if unknown := set(wanted) - set(families()):
        raise SystemExit(f"no such family: {', '.join(sorted(unknown))}; there are: {', '.join(families())}")
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        prepare(folder)
        for family in wanted or families():
            before = earlier()
            measured = list(importlib.import_module(f"benchmarks.{family}").measure())
            show(family, measured, before)
            keep(measured, before)


if __name__ == "__main__":
    main(sys.argv[1:])
