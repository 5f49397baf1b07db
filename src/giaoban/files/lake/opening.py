"""Opens a data set on an engine: DuckDB in this process, or a Spark cluster that sees the same folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from giaoban.files.lake.adding import Lake
from giaoban.files.lake.refusals import FileChanged, NotADataSet, OtherVersion, need
from giaoban.files.lake.tables import FORMAT, MANIFEST, PARTITIONS, SCHEMAS, VERSION

if TYPE_CHECKING:
    import ibis.expr.types as ir

TABLES = tuple(Lake.__dataclass_fields__)


def manifest(folder: Path) -> Mapping[str, Any]:
    """What a data set says of itself, with every file there in its size.

    Raises NotADataSet, OtherVersion, FileChanged.
    """
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        if told["format"] != FORMAT:
            raise NotADataSet(folder=folder)
        if told["version"] != VERSION:
            raise OtherVersion(folder=folder, found=told["version"], known=VERSION)
        files = {one["path"]: one["bytes"] for one in told["files"]}
    except (OSError, ValueError, KeyError, TypeError) as strange:
        raise NotADataSet(folder=folder) from strange
    for name, size in files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise FileChanged(name=name)
    return dict(told)


@contextmanager
def on_duckdb(folder: Path) -> Iterator[Lake]:
    """The data set on DuckDB in this process: nothing to install beside it, nothing to run."""
    need("duckdb", "ibis", extra="analytics")
    import ibis

    engine = ibis.duckdb.connect()
    try:
        yield Lake(**{name: _in_duckdb(engine, folder, name) for name in TABLES})
    finally:
        engine.disconnect()


def _in_duckdb(engine: Any, folder: Path, table: str) -> ir.Table:
    """What partitions are named for stays text: «2020-08» is a period, whatever else it looks like."""
    files = str(folder.resolve() / table / "**" / "*.parquet")
    return engine.read_parquet(files, table_name=table, hive_partitioning=True, hive_types_autocast=False)


@contextmanager
def on_spark(folder: Path, *, master: str, settings: Mapping[str, str] | None = None) -> Iterator[Lake]:
    """The data set on a Spark cluster, every machine of which finds it under the same path."""
    need("pyspark", "ibis", extra="spark")
    from pyspark.sql import SparkSession

    build = SparkSession.builder.master(master).appName("giaoban").config("spark.ui.enabled", "false")
    for name, value in (settings or {}).items():
        build = build.config(name, value)
    session = build.getOrCreate()
    try:
        yield in_session(session, folder)
    finally:
        session.stop()


def in_session(session: Any, folder: Path) -> Lake:
    """The data set in a Spark session that is open."""
    import ibis

    session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    session.conf.set("spark.sql.ansi.enabled", "true")  # what does not fit is an error, never a wrong figure
    engine = ibis.pyspark.connect(session)
    place = folder.resolve().as_uri()
    for name in TABLES:
        session.read.schema(_columns(name)).parquet(f"{place}/{name}").createOrReplaceTempView(name)
    return Lake(**{name: engine.table(name) for name in TABLES})


_IN_SPARK = {"int64": "bigint", "date32[day]": "date", "bool": "boolean"}  # all else is text


def _columns(table: str) -> str:
    """A table's columns in Spark's words, so that it need not look into the files to know them."""
    columns = [f"{one.name} {_IN_SPARK.get(str(one.type), 'string')}" for one in SCHEMAS[table]]
    return ", ".join([*columns, *(f"{key} string" for key in PARTITIONS[table])])
