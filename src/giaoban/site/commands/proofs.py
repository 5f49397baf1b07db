"""The proofs of `giaoban check`. Each runs over the whole database and yields what does not agree, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.forms import queries as forms
from giaoban.apps.forms.models import Round
from giaoban.apps.narratives.queries import words
from giaoban.apps.reports import rules
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups.queries import signing_faults
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Placement, Plan, Unit
from giaoban.base.jobs import queries as jobs
from giaoban.base.mail import checking as mail
from giaoban.core.formlang import FormSpec
from giaoban.core.orgtree import OrgTree
from giaoban.core.refusal import Refusal
from giaoban.core.rollup import Column

Difference = str


@dataclass(frozen=True)
class Proof:
    """One proof by name; `run` yields every difference, none when all is well."""

    name: str
    run: Callable[[], Iterator[Difference]]


def all_proofs(*, today: date) -> Sequence[Proof]:
    """The tree, the words, what was signed, then each round: who owes, what the figures are, what they add up to."""
    rounds = Round.objects.select_related("form_version__form", "period").order_by("id")
    return [
        Proof("vị trí", overlapping_placements),
        Proof("đường dẫn", lambda: wrong_paths(today)),
        Proof("phương án", lambda: plans_behind(today)),
        Proof("từ điển", bad_words),
        Proof("ký chốt", signing_faults),
        *(
            Proof(f"{one.form_version.form.code} {one.period.code}", lambda one=one: faults_of_round(one))  # type: ignore[misc]  # bound now
            for one in rounds
        ),
    ]


def bad_words() -> Iterator[Difference]:
    """An office's words that cannot be used."""
    try:
        words.lexicon()
    except Refusal as refusal:
        yield str(refusal)


def of_the_machinery(*, at: datetime) -> Sequence[Proof]:
    """What should have been done in the background, and whether letters can leave."""
    return [
        Proof("việc nền", lambda: jobs.faults(at=at)),
        Proof("thư", lambda: iter(filter(None, [mail.trouble()]))),
    ]


def overlapping_placements() -> Iterator[Difference]:
    """Units that hang in two places on one day."""
    ends: dict[int, date] = {}
    spans = Placement.objects.order_by("unit_id", "from_day").values_list(
        "unit_id", "unit__code", "from_day", "until_day"
    )
    for unit, code, from_day, until_day in spans:
        if unit in ends and from_day < ends[unit]:
            yield f"đơn vị {code} có hai vị trí ngày {from_day}"
        ends[unit] = max(until_day or date.max, ends.get(unit, date.min))


def wrong_paths(today: date) -> Iterator[Difference]:
    """Units whose stored path is not that of the tree of today, or of who keeps their past."""
    written = units.paths_on(today)
    for unit, code, path in Unit.objects.values_list("id", "code", "path").iterator(chunk_size=5_000):
        if path != written.get(unit, ""):
            yield f"đơn vị {code}: lưu {path or '«»'}, cây cho {written.get(unit) or '«»'}"


def plans_behind(today: date) -> Iterator[Difference]:
    """Committed plans whose day has come and whose names are not written yet: no worker has followed the day."""
    for title in Plan.objects.behind(today).values_list("title", flat=True):
        yield f"phương án «{title}» đã đến ngày mà tên và đường dẫn chưa đổi; hãy chạy giaoban work"


def faults_of_round(round_: Round) -> Iterator[Difference]:
    """What is wrong with one round's reports and with what they are added up to."""
    tree = units.tree_on(round_.day)
    owing = set(forms.owing_units(form_id=round_.form_version.form_id, day=round_.day, tree=tree))
    spec = round_.form_version.spec
    brute = _Brute(tree, spec.columns())
    is_sound = True
    rows = Report.objects.filter(round=round_).values_list("unit_id", "unit__code", "state", "figures", "is_nothing")
    for unit, code, state, figures, is_nothing in rows.iterator(chunk_size=2_000):
        if unit not in owing:
            yield f"đơn vị {code} không phải nộp mà có báo cáo"
            continue
        faults = list(_faults_of_figures(spec, figures))
        is_sound = is_sound and not faults
        yield from (f"đơn vị {code}: {says}" for says in faults)
        if state in rules.COUNTED and not faults:
            brute.add(unit, figures, is_nothing=is_nothing)
    if is_sound:  # figures that are not figures cannot be added up
        yield from _differences(round_, tree, brute)


def _faults_of_figures(spec: FormSpec, figures: dict[str, object]) -> Iterator[str]:
    typed = {code: value for code, value in figures.items()
             if not (code in spec.by_code and spec.by_code[code].is_computed)}  # fmt: skip
    faults = spec.figure_faults(typed)
    yield from map(str, faults)
    if faults:
        return
    computed = spec.compute(typed)  # type: ignore[arg-type]  # held to be figures just above
    for code in sorted(computed.keys() | figures.keys()):
        if computed.get(code) != figures.get(code):
            yield f"«{code}» lưu {figures.get(code)}, tính lại được {computed.get(code)}"


class _Brute:
    """Totals the slow way: each report is added to its unit and to every unit above it, one by one.

    `values` and `answered` have a list for each column, one place for each unit of the tree, in preorder.
    """

    def __init__(self, tree: OrgTree, columns: Sequence[Column]) -> None:
        self.tree = tree
        self.columns = columns
        self.values = {column: [0] * len(tree) for column in columns}
        self.answered = {column: [0] * len(tree) for column in columns}
        self.sources = {column: [one.source for one in columns if one.field == column.field] for column in columns}

    def add(self, unit: int, figures: dict[str, object], *, is_nothing: bool) -> None:
        places = [self.tree.position(one) for one in (unit, *self.tree.ancestors(unit))]
        for column in self.columns:
            value = self._value(column, figures, is_nothing=is_nothing)
            if value is None:
                continue
            values, answered = self.values[column], self.answered[column]
            for place in places:
                values[place] = self._joined(column, values[place], value) if answered[place] else value
                answered[place] += 1

    def _value(self, column: Column, figures: dict[str, object], *, is_nothing: bool) -> int | None:
        is_missing = any(figures.get(source) is None for source in self.sources[column])
        if is_missing and not (is_nothing and column.adds_up and column.measure == "flow"):
            return None
        figure = figures.get(column.source)
        if column.kind == "tally":
            return int(figure == column.part)
        return 0 if figure is None else int(figure)  # type: ignore[call-overload]  # a checked figure

    @staticmethod
    def _joined(column: Column, total: int, value: int) -> int:
        if column.adds_up:
            return total + value
        return max(total, value) if column.kind == "max" else min(total, value)


def _differences(round_: Round, tree: OrgTree, brute: _Brute) -> Iterator[Difference]:
    with picture([round_]) as now:
        matrix = now.matrices[round_.pk]
        everywhere = {column: matrix.field(column) for column in brute.columns}
    for column, found in everywhere.items():
        rows = zip(found.values.tolist(), found.answered.tolist(), brute.values[column], brute.answered[column],
                   strict=True)  # fmt: skip
        for place, (value, answered, total, expected) in enumerate(rows):
            if answered != expected or (expected and value != total):
                where = Unit.objects.get(pk=tree.unit_at(place)).code
                yield f"{where}, «{column.field}»: tổng hợp {value}, cộng tay {total}"
