"""Data frames and columnar files in the comparison: pandas on the rows, DuckDB and Polars on Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import orjson

from benchmarks.compare_world import FIELDS, Proof, World
from benchmarks.measurement import Measurement
from benchmarks.rollup_world import LEVELS, codes

AT_ONCE = 20_000  # reports decoded together


def chunks(world: World) -> Iterator[tuple[list[int], list[dict[str, int]]]]:
    """Units and decoded figures, some thousand reports at a time."""
    rows = world.rows()
    while taken := list(islice(rows, AT_ONCE)):
        yield [unit for unit, _ in taken], orjson.loads(f"[{','.join(text for _, text in taken)}]")


def pandas(world: World) -> Iterator[Measurement]:
    """Rows decoded into one exact frame; each level is grouped from the level below it."""
    import pandas

    def work() -> list[tuple[Any, Any]]:
        tree = world.units()
        parents = pandas.Series(tree.parents, index=tree.ids)
        frames = [
            pandas.DataFrame.from_records(figures, index=units, columns=codes()).astype("Int64")
            for units, figures in chunks(world)
        ]
        totals = pandas.concat(frames)
        answered = totals.notna()
        levels = [(totals, answered)]
        for _ in LEVELS[1:]:
            above = parents.loc[totals.index].to_numpy()
            totals, answered = totals.groupby(above).sum(), answered.groupby(above).sum()
            levels.append((totals, answered))
        return levels

    runs, levels = world.several(work)
    with world.proof("pandas") as proof:
        for totals, answered in levels:
            for field, code in enumerate(codes()):
                column = totals[code].fillna(0).to_numpy(np.int64)
                proof.hold(field, totals.index.to_numpy(), column, answered[code].to_numpy(np.int64))
    yield Measurement("rollup.pandas_s", "s", runs)


def parquet(world: World) -> Iterator[Measurement]:
    """Not a contestant: the files DuckDB and Polars read, written from the rows, and what that takes."""
    import pyarrow
    from pyarrow import parquet

    whole = pyarrow.int64()
    pyarrow.array([0], whole)  # what it imports when it is first used is not its time
    schema = pyarrow.schema([("unit", whole), *((code, whole) for code in codes())])

    def work() -> None:
        with parquet.ParquetWriter(world.path("reports.parquet"), schema) as writer:
            for units, figures in chunks(world):
                columns = [units, *([one.get(code) for one in figures] for code in codes())]
                arrays = [pyarrow.array(column, whole) for column in columns]
                writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
        tree = world.units()
        parquet.write_table(pyarrow.table({"unit": tree.ids, "parent": tree.parents}), world.path("units.parquet"))

    runs, _ = world.several(work)
    yield Measurement("rollup.parquet_write_s", "s", runs)


def duckdb(world: World) -> Iterator[Measurement]:
    """Each level is a table grouped from the level below it."""
    import duckdb

    def work() -> duckdb.DuckDBPyConnection:
        store = duckdb.connect()
        store.execute(f"CREATE TABLE units AS FROM read_parquet('{world.path('units.parquet')}')")
        store.execute(f"CREATE TABLE level{len(LEVELS)} AS FROM read_parquet('{world.path('reports.parquet')}')")
        for level in range(len(LEVELS) - 1, 0, -1):
            is_first = level == len(LEVELS) - 1
            sums = ", ".join(f"sum({code})::BIGINT AS {code}" for code in codes())
            counts = ", ".join(
                f"count({code}) AS n_{code}" if is_first else f"sum(n_{code})::BIGINT AS n_{code}" for code in codes()
            )
            store.execute(
                f"CREATE TABLE level{level} AS SELECT parent AS unit, {sums}, {counts}"
                f" FROM level{level + 1} JOIN units USING (unit) GROUP BY parent"
            )
        return store

    runs, store = world.several(work)
    with world.proof("duckdb") as proof:
        for level in range(1, len(LEVELS) + 1):
            for field, code in enumerate(codes()):
                count = f"n_{code}" if level < len(LEVELS) else f"({code} IS NOT NULL)::BIGINT"
                _hold(proof, field, store.execute(f"SELECT unit, coalesce({code}, 0), {count} FROM level{level}"))
    yield Measurement("rollup.duckdb_s", "s", runs)


def _hold(proof: Proof, field: int, asked: Any) -> None:
    units, totals, answered = asked.fetchnumpy().values()
    proof.hold(field, units, totals, answered)


def polars(world: World) -> Iterator[Measurement]:
    """Each level is grouped from the level below it."""
    import polars
    from polars import col

    def work() -> list[polars.DataFrame]:
        units = polars.read_parquet(world.path("units.parquet"))
        reports = polars.read_parquet(world.path("reports.parquet"))
        levels, counts = [reports], [col(code).count().alias(f"n_{code}") for code in codes()]
        for _ in LEVELS[1:]:
            below = levels[-1].join(units, on="unit")
            found = below.group_by("parent").agg(*(col(code).sum() for code in codes()), *counts)
            levels.append(found.rename({"parent": "unit"}))
            counts = [col(f"n_{code}").sum() for code in codes()]
        return levels

    runs, levels = world.several(work)
    with world.proof("polars") as proof:
        for at, level in enumerate(levels):
            for field, code in enumerate(codes()):
                answered = level[f"n_{code}"] if at else level[code].is_not_null()
                proof.hold(field, level["unit"].to_numpy(), level[code].fill_null(0).to_numpy(), answered.to_numpy())
    yield Measurement("rollup.polars_s", "s", runs)


assert len(codes()) == FIELDS
