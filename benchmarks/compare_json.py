"""One JSON row for each report, as ours are, added up by the database's own SQL; each level from the level below."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import numpy as np

from benchmarks import compare_postgresql as server
from benchmarks.compare_world import COUNTING, World, several
from benchmarks.measurement import Measurement
from benchmarks.rollup_world import LEVELS, codes

_DEPTH = len(LEVELS)


def _upwards() -> Iterator[tuple[int, str]]:
    """By level, how its totals come from those of the level below it."""
    for level in range(_DEPTH - 1, 0, -1):
        yield (
            level,
            "SELECT field, parent AS unit, sum(total) AS total, sum(answered) AS answered"
            f" FROM answer{level + 1} JOIN unit ON unit.id = answer{level + 1}.unit GROUP BY field, parent",
        )


def postgresql(world: World) -> Iterator[Measurement]:
    store = server.start()
    store.execute("CREATE TABLE unit (id int PRIMARY KEY, parent int, level int NOT NULL)")
    store.execute("CREATE TABLE report (id serial PRIMARY KEY, unit int NOT NULL, state text, figures jsonb NOT NULL)")
    tree = world.units()
    server.load(store, "unit", (f"{u}\t{p}\t{at}\n" for u, p, at in zip(tree.ids, tree.parents, tree.levels, strict=True)))
    store.execute("CREATE INDEX ON unit (parent)")
    server.load(store, "report", (f"{at}\t{unit}\tsubmitted\t{text}\n" for at, (unit, text) in enumerate(world.rows())))
    store.execute("VACUUM ANALYZE")

    def work() -> None:
        store.execute(f"DROP TABLE IF EXISTS {', '.join(f'answer{level}' for level in range(1, _DEPTH + 1))}")
        store.execute(
            f"CREATE UNLOGGED TABLE answer{_DEPTH} AS SELECT key AS field, unit, value::bigint AS total, 1 AS answered"
            f" FROM report, jsonb_each_text(figures) WHERE {COUNTING}"
        )
        for level, query in _upwards():
            store.execute(f"CREATE UNLOGGED TABLE answer{level} AS {query}")

    runs, _ = several(work)
    with world.proof("json_postgresql") as proof:
        for level in range(1, _DEPTH + 1):
            server.hold(
                store,
                proof,
                f"SELECT substr(field, 2)::int, unit, total::bigint, answered::bigint FROM answer{level}",
            )
    yield Measurement("rollup.json_postgresql_s", "s", runs)


def sqlite(world: World) -> Iterator[Measurement]:
    store = world.store()
    store.execute("PRAGMA temp_store = MEMORY")
    store.execute("PRAGMA cache_size = -1000000")
    store.execute(
        "CREATE TEMP TABLE unit AS SELECT unit_id AS id, parent_id AS parent FROM units_placement ORDER BY unit_id"
    )
    store.execute("CREATE UNIQUE INDEX temp.unit_id ON unit (id)")

    def work() -> None:
        for level in range(1, _DEPTH + 1):
            store.execute(f"DROP TABLE IF EXISTS answer{level}")
        store.execute(
            f"CREATE TEMP TABLE answer{_DEPTH} AS SELECT key AS field, unit_id AS unit, value AS total, 1 AS answered"
            f" FROM reports_report, json_each(figures) WHERE round_id = {world.round_id} AND {COUNTING}"
        )
        for level, query in _upwards():
            store.execute(f"CREATE TEMP TABLE answer{level} AS {query}")

    runs, _ = several(work)
    numbers = {code: at for at, code in enumerate(codes())}
    with world.proof("json_sqlite") as proof:
        for level in range(1, _DEPTH + 1):
            asked = store.execute(f"SELECT field, unit, total, answered FROM answer{level}")
            while rows := asked.fetchmany(100_000):
                fields, *rest = zip(*rows, strict=True)
                proof.hold(np.array([numbers[code] for code in fields]), *(np.array(one) for one in rest))
    yield Measurement("rollup.json_sqlite_s", "s", runs)


assert sqlite3.sqlite_version_info >= (3, 38)
