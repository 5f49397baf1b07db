"""One JSON row for each report, as ours are, added up by the database's own SQL; each level from the level below.

Both ways to write it are measured: `…_each` turns a report into rows, one for each field (`json_each`), which needs no
list of fields; the other names every field as a column, and is the quicker one, so it stands for the design.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from psycopg import Connection

from benchmarks import compare_postgresql as server
from benchmarks.compare_world import COUNTING, World
from benchmarks.measurement import Measurement
from benchmarks.rollup_world import LEVELS, codes

_DEPTH = len(LEVELS)
_BY_LEVEL = range(_DEPTH, 0, -1)
Execute = Callable[[str], object]


def postgresql(world: World) -> Iterator[Measurement]:
    store = server.start()
    _load(store, world)

    def work(first: str, above: Callable[[int], str]) -> None:
        _by_level(store.execute, "CREATE UNLOGGED TABLE", first, above)

    each = "SELECT key AS field, unit, value::bigint AS total, 1 AS answered FROM report, jsonb_each_text(figures)"
    runs, _ = world.several(lambda: work(f"{each} WHERE {COUNTING}", _rows_above))
    with world.proof("json_postgresql_each") as proof:
        for level in _BY_LEVEL:
            server.hold(
                store, proof, f"SELECT substr(field, 2)::int, unit, total::bigint, answered::bigint FROM answer{level}"
            )
    yield Measurement("rollup.json_postgresql_each_s", "s", runs)

    record = ", ".join(f"{code} bigint" for code in codes())
    named = f"SELECT unit, one.* FROM report, jsonb_to_record(figures) AS one({record}) WHERE {COUNTING}"
    runs, _ = world.several(lambda: work(named, _columns_above))
    with world.proof("json_postgresql") as proof:
        for field, unit, total, answered, level in _cells():
            server.hold(store, proof, f"SELECT {field}, {unit}, {total}::bigint, ({answered})::bigint FROM {level}")
    yield Measurement("rollup.json_postgresql_s", "s", runs)


def sqlite(world: World) -> Iterator[Measurement]:
    """SQLite uses one core, whatever there is; its answer stays in memory."""
    store = world.store()
    store.execute("PRAGMA temp_store = MEMORY")
    store.execute("PRAGMA cache_size = -1000000")
    store.execute("CREATE TEMP TABLE unit AS SELECT unit_id AS id, parent_id AS parent FROM units_placement")
    store.execute("CREATE UNIQUE INDEX temp.unit_id ON unit (id)")
    told = f"FROM reports_report%s WHERE round_id = {world.round_id} AND {COUNTING}"

    def work(first: str, above: Callable[[int], str]) -> None:
        _by_level(store.execute, "CREATE TEMP TABLE", first, above)

    each = "SELECT key AS field, unit_id AS unit, value AS total, 1 AS answered " + told % ", json_each(figures)"
    runs, _ = world.several(lambda: work(each, _rows_above))
    numbers = {code: at for at, code in enumerate(codes())}
    with world.proof("json_sqlite_each") as proof:
        for level in _BY_LEVEL:
            asked = store.execute(f"SELECT field, unit, total, answered FROM answer{level}")
            while rows := asked.fetchmany(100_000):
                fields, *rest = zip(*rows, strict=True)
                proof.hold(np.array([numbers[code] for code in fields]), *(np.array(one) for one in rest))
    yield Measurement("rollup.json_sqlite_each_s", "s", runs)

    fields = ", ".join(f"figures ->> '{code}' AS {code}" for code in codes())
    runs, _ = world.several(lambda: work(f"SELECT unit_id AS unit, {fields} {told % ''}", _columns_above))
    with world.proof("json_sqlite") as proof:
        for field, unit, total, answered, level in _cells():
            rows = store.execute(f"SELECT {unit}, {total}, {answered} FROM {level}").fetchall()
            proof.hold(field, *np.array(rows, np.int64).T)
    yield Measurement("rollup.json_sqlite_s", "s", runs)


def _by_level(execute: Execute, create: str, first: str, above: Callable[[int], str]) -> None:
    for level in _BY_LEVEL:
        execute(f"DROP TABLE IF EXISTS answer{level}")
        execute(f"{create} answer{level} AS {first if level == _DEPTH else above(level)}")


def _rows_above(level: int) -> str:
    below = f"answer{level + 1}"
    return (
        "SELECT field, parent AS unit, sum(total) AS total, sum(answered) AS answered"
        f" FROM {below} JOIN unit ON unit.id = {below}.unit GROUP BY parent, field"
    )


def _columns_above(level: int) -> str:
    below = f"answer{level + 1}"
    counts = "count({0}) AS n_{0}" if level == _DEPTH - 1 else "sum(n_{0}) AS n_{0}"
    columns = ", ".join(f"sum({code}) AS {code}, {counts.format(code)}" for code in codes())
    return f"SELECT parent AS unit, {columns} FROM {below} JOIN unit ON unit.id = {below}.unit GROUP BY parent"


def _cells() -> Iterator[tuple[int, str, str, str, str]]:
    """Field, and what to select for it from which table, where the fields are columns."""
    for level in _BY_LEVEL:
        for field, code in enumerate(codes()):
            answered = f"CASE WHEN {code} IS NULL THEN 0 ELSE 1 END" if level == _DEPTH else f"n_{code}"
            yield field, "unit", f"coalesce({code}, 0)", answered, f"answer{level}"


def _load(store: Connection, world: World) -> None:
    """The rows and the tree; nothing of it is timed."""
    store.execute("CREATE TABLE unit (id int PRIMARY KEY, parent int)")
    store.execute("CREATE TABLE report (unit int PRIMARY KEY, state text NOT NULL, figures jsonb NOT NULL)")
    tree = world.units()
    server.load(store, "unit", (f"{unit}\t{parent}\n" for unit, parent in zip(tree.ids, tree.parents, strict=True)))
    server.load(store, "report", (f"{unit}\tsubmitted\t{text}\n" for unit, text in world.rows()))
    store.execute("VACUUM ANALYZE")
