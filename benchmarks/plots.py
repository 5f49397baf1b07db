"""`make plots`: draw what `make bench ONLY=compare` measured, the same for the same figures, and print its table."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure

from benchmarks.compare import KEPT
from benchmarks.rollup_world import codes

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "algorithms" / "pictures"
Took = Mapping[int, Mapping[str, float]]  # reports -> contestant -> seconds

INK, MUTED, LINE, PAPER, OURS, OTHER, OTHER_PALE = (
    "#1C1B1A", "#6B675F", "#E4E0D8", "#FBFAF7", "#115E4D", "#2B5C8A", "#9DB4C9",
)  # fmt: skip
FROM_ROWS = {
    "ours_rebuild": "Giaoban: build and sum",
    "pandas": "pandas",
    "json_sqlite": "JSON in SQL, SQLite",
    "json_postgresql": "JSON in SQL, PostgreSQL",
    "reference": "a value per row, PostgreSQL",
}
FROM_FILES = {
    "ours": "Giaoban: mapped file",
    "polars": "Polars on Parquet",
    "duckdb": "DuckDB on Parquet",
}
PARTS = {
    "reference_build": "of it, building its table",
    "reference_query": "of it, asking it",
    "json_sqlite_each": "JSON in SQL, SQLite, `json_each`",
    "json_postgresql_each": "JSON in SQL, PostgreSQL, `jsonb_each`",
    "parquet_write": "writing the Parquet files for those below",
}
BEGINS = "beginning with the rows", "beginning with a file"


def draw(took: Took, folder: Path) -> None:
    """Write both pictures. Text stays text; without the house's font a reader's own stands in."""
    for weight in ("Regular", "SemiBold"):
        fonts = Path(str(fontpkg_be_vietnam_pro.__file__)).parent / "files"
        font_manager.fontManager.addfont(fonts / f"BeVietnamPro-{weight}.ttf")
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # families for readers, not for here
    look = {
        "svg.hashsalt": "giaoban",
        "svg.fonttype": "none",
        "font.family": ["Be Vietnam Pro", "Segoe UI", "Roboto", "Noto Sans", "Arial", "sans-serif"],
        "font.size": 10,
        "text.color": INK,
        "axes.edgecolor": LINE,
        "axes.facecolor": PAPER,
        "figure.facecolor": PAPER,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "grid.color": LINE,
    }
    folder.mkdir(exist_ok=True)
    with matplotlib.rc_context(look):
        for name, figure in (("growth", _growth(took)), ("comparison", _comparison(took))):
            figure.savefig(folder / f"rollup-{name}.svg", metadata={"Date": None, "Creator": None})


def _panels(title: str, **shape: Any) -> tuple[Figure, Any]:
    figure = Figure(figsize=(9.6, shape.pop("height")), layout="constrained")
    figure.get_layout_engine().set(rect=(0.03, 0.01, 0.93, 0.98), w_pad=0.1)  # other fonts may be wider
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight=600)
    panels = figure.subplots(**shape)
    for panel in panels:
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(length=0)
        panel.set_axisbelow(True)
    return figure, panels


def _growth(took: Took) -> Figure:
    """Seconds over reports, both by powers of ten: linear is a line that goes one up for one to the right."""
    title = f"Every sum of {len(codes())} fields at every unit: seconds as reports grow"
    figure, panels = _panels(title, height=4.8, ncols=2, sharey=True)
    sizes = sorted(took)
    for panel, names, begins in zip(panels, (FROM_ROWS, FROM_FILES), BEGINS, strict=True):
        panel.set(xscale="log", yscale="log")
        panel.set_title(begins, loc="left", color=MUTED, fontsize=10)
        panel.grid(which="major")
        panel.set_xticks(sizes, [f"{size:,}" for size in sizes])
        panel.minorticks_off()
        for name in names:
            points = [(size, took[size][name]) for size in sizes if name in took[size]]
            if points:
                width = 2.4 if name.startswith("ours") else 1.2
                panel.plot(*zip(*points, strict=True), "o-", color=_colour(name), lw=width, ms=4)
        panel.margins(y=0.1)
    panels[0].yaxis.set_major_formatter(lambda value, _: f"{value:g} s")
    for panel, names in zip(panels, (FROM_ROWS, FROM_FILES), strict=True):
        _name_lines(panel, names, took)
    return figure


def _name_lines(panel: Any, names: Mapping[str, str], took: Took) -> None:
    """Name the lines at the right edge, in their order; names that would touch move up."""
    low, high = (math.log10(end) for end in panel.get_ylim())
    last = {name: size for size in sorted(took) for name in names if name in took[size]}
    right, floor = max(took) * 1.3, low
    for name in sorted(last, key=lambda name: took[last[name]][name]):
        seconds = took[last[name]][name]
        floor = max(math.log10(seconds), floor)
        panel.annotate(
            names[name],
            (last[name], seconds),
            (right, 10**floor),
            va="center",
            fontsize=9,
            color=_colour(name),
            fontweight=600 if name.startswith("ours") else 400,
            arrowprops={"arrowstyle": "-", "color": LINE, "shrinkA": 1, "shrinkB": 4, "relpos": (0, 0.5)},
            annotation_clip=False,
        )
        floor += (high - low) * 0.05


def _colour(name: str) -> str:
    return OURS if name.startswith("ours") else OTHER


def _comparison(took: Took) -> Figure:
    """Bars at the largest number of reports that every contestant was measured at."""
    most = max(size for size, found in took.items() if "reference" in found)
    found = took[most]
    title = f"Every sum of {len(codes())} fields at every unit, {most:,} reports: seconds"
    figure, panels = _panels(title, height=4.2, nrows=2, height_ratios=(len(FROM_ROWS), len(FROM_FILES)))
    for panel, names, begins in zip(panels, (FROM_ROWS, FROM_FILES), BEGINS, strict=True):
        panel.set_title(begins, loc="left", color=MUTED, fontsize=10)
        panel.grid(axis="x")
        shown = sorted((name for name in names if name in found), key=lambda name: -found[name])
        for at, name in enumerate(shown):
            if name == "reference":
                build, query = found["reference_build"], found["reference_query"]
                first = found[name] * build / (build + query)  # medians of parts need not add up to that of the whole
                panel.barh(at, first, color=OTHER, height=0.62, label="building its table")
                panel.barh(at, found[name] - first, left=first, color=OTHER_PALE, height=0.62, label="asking it")
                panel.legend(loc="upper right", frameon=False, fontsize=9)
            else:
                panel.barh(at, found[name], color=_colour(name), height=0.62)
            panel.annotate(_told(found[name]), (found[name], at), (6, 0), textcoords="offset points", va="center")
        panel.set_yticks(range(len(shown)), [names[name] for name in shown], color=INK)
        panel.set_xlim(0, max(found[name] for name in shown) * 1.15)
    return figure


def table(took: Took) -> Iterator[str]:
    """The figures as the lines of a table for the documents, and what a cell takes us at each number of reports."""
    sizes = sorted(took)
    yield f"| | {' | '.join(f'{size:,} reports' for size in sizes)} |"
    yield f"|---|{'---:|' * len(sizes)}"
    for begins, names in zip(BEGINS, (FROM_ROWS, FROM_FILES), strict=True):
        yield f"| *{begins}* |{' |' * len(sizes)}"
        for name, label in {**names, **(PARTS if names is FROM_ROWS else {})}.items():
            yield f"| {label} | {' | '.join(_told(took[size].get(name)) for size in sizes)} |"
    for name in ("ours_rebuild", "ours"):
        cells = (f"{took[size][name] / (size * len(codes())) * 1e9:.0f} ns" for size in sizes)
        yield f"| *{FROM_ROWS.get(name) or FROM_FILES[name]}, for each of its cells* | {' | '.join(cells)} |"


def _told(seconds: float | None) -> str:
    """Three digits that count."""
    if seconds is None:
        return "–"
    return f"{seconds:.0f} s" if seconds >= 100 else f"{seconds:#.3g} s".replace(". s", " s")


def main() -> None:
    if not KEPT.exists():
        raise SystemExit("nothing has been compared yet: make bench ONLY=compare")
    took = {int(size): found for size, found in json.loads(KEPT.read_text(encoding="utf-8")).items()}
    draw(took, PICTURES)
    print("\n".join(table(took)))


if __name__ == "__main__":
    main()
