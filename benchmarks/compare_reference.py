"""The reference of the comparison: one row for each value, as DHIS2 keeps them, and its analytics table.

The design is that project's, as it publishes it; the SQL is our own. `datavalue` holds each value as text by element,
period, unit and two option combinations; a job joins it with the metadata and the flattened tree into a table with a
column for each level of the tree and an index on each dimension; questions group that table by element and level.

Where there was a choice, it favours the reference. Building uses all cores (the job's own INSERT has one for the values
of one year), nothing is logged or waited for on disk, no columns of group sets, approval, outliers or calendars, and
rows are put in before anything is timed. Zeros are kept, which is an option there: without them nobody knows how many
answered. Fields with two decimals hold the scaled whole number, as ours do: sums there are floating point, exact up to
2⁵³, which this data does not reach.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import orjson
import psycopg

from benchmarks import compare_postgresql as server
from benchmarks.compare_world import FIELDS, World
from benchmarks.measurement import Measurement
from benchmarks.rollup_world import AT, LEVELS, codes

NULL = r"\N"  # in COPY's text form
_DEPTH = len(LEVELS)
_BY_LEVEL = range(1, _DEPTH + 1)
_WEEK, _PERIOD, _COMBINATION = "2020W34", 1, 1
_TABLES = f"""
CREATE TABLE dataelement (dataelementid int PRIMARY KEY, uid varchar(11) NOT NULL UNIQUE,
    valuetype varchar(50) NOT NULL, domaintype varchar(50) NOT NULL);
CREATE TABLE categoryoptioncombo (categoryoptioncomboid int PRIMARY KEY, uid varchar(11) NOT NULL UNIQUE);
CREATE TABLE period (periodid int PRIMARY KEY, startdate date NOT NULL, enddate date NOT NULL);
CREATE TABLE _periodstructure (periodid int PRIMARY KEY, iso varchar(15) NOT NULL, daysno int NOT NULL,
    weekly varchar(15), year int NOT NULL);
CREATE TABLE organisationunit (organisationunitid int PRIMARY KEY, uid varchar(11) NOT NULL UNIQUE, parentid int);
CREATE TABLE _orgunitstructure (organisationunitid int PRIMARY KEY, organisationunituid varchar(11) NOT NULL,
    level int NOT NULL, {", ".join(f"idlevel{at} int, uidlevel{at} varchar(11)" for at in _BY_LEVEL)});
CREATE TABLE datavalue (dataelementid int NOT NULL, periodid int NOT NULL, sourceid int NOT NULL,
    categoryoptioncomboid int NOT NULL, attributeoptioncomboid int NOT NULL, value varchar(50000),
    storedby varchar(255), created timestamp NOT NULL, lastupdated timestamp NOT NULL, comment varchar(50000),
    followup boolean, deleted boolean NOT NULL);
"""
_LOADED = """
ALTER TABLE datavalue ADD PRIMARY KEY
    (dataelementid, periodid, sourceid, categoryoptioncomboid, attributeoptioncomboid);
"""
_BUILD = f"""
CREATE UNLOGGED TABLE analytics AS
SELECT de.uid::character(11) AS dx, co.uid::character(11) AS co, ao.uid::character(11) AS ao,
    ps.iso::text AS pe, ps.weekly::text AS weekly, ps.year, ou.uid::character(11) AS ou, ous.level AS oulevel,
    {", ".join(f"ous.uidlevel{at}::character(11) AS uidlevel{at}" for at in _BY_LEVEL)},
    cast(dv.value AS double precision) * ps.daysno AS daysxvalue, ps.daysno,
    cast(dv.value AS double precision) AS value, null::text AS textvalue
FROM datavalue dv
    JOIN _periodstructure ps ON ps.periodid = dv.periodid
    JOIN period p ON p.periodid = dv.periodid
    JOIN dataelement de ON de.dataelementid = dv.dataelementid
    JOIN organisationunit ou ON ou.organisationunitid = dv.sourceid
    LEFT JOIN _orgunitstructure ous ON ous.organisationunitid = dv.sourceid
    JOIN categoryoptioncombo co ON co.categoryoptioncomboid = dv.categoryoptioncomboid
    JOIN categoryoptioncombo ao ON ao.categoryoptioncomboid = dv.attributeoptioncomboid
WHERE de.valuetype = 'NUMBER' AND de.domaintype = 'AGGREGATE' AND ps.year = 2020
    AND dv.value IS NOT NULL AND NOT dv.deleted AND dv.value ~ '^-?[0-9]+([.][0-9]+)?$'
"""
_INDEXES = ("dx", "dx, co", "dx, ao", "pe", "weekly", "year", "ou", *(f"uidlevel{at}" for at in _BY_LEVEL))


def reference(world: World) -> Iterator[Measurement]:
    store = server.start()
    _load(store, world)
    built, asked = [], []

    def work() -> None:
        begun = time.perf_counter()
        _build(store)
        between = time.perf_counter()
        _query(store)
        built.append(between - begun)
        asked.append(time.perf_counter() - between)

    runs, _ = world.several(work)
    with world.proof("reference") as proof:
        for level in _BY_LEVEL:
            server.hold(
                store,
                proof,
                "SELECT dataelementid - 1, organisationunitid, total::bigint, answered::bigint"
                f" FROM answer{level} JOIN dataelement de ON de.uid = dx JOIN organisationunit ou ON ou.uid = unit",
            )
    yield Measurement("rollup.reference_build_s", "s", built)
    yield Measurement("rollup.reference_query_s", "s", asked)
    yield Measurement("rollup.reference_s", "s", runs)


def _build(store: psycopg.Connection) -> None:
    store.execute("DROP TABLE IF EXISTS analytics")
    store.execute(_BUILD)
    for columns in _INDEXES:
        store.execute(f"CREATE INDEX ON analytics ({columns})")
    store.execute("VACUUM ANALYZE analytics")


def _query(store: psycopg.Connection) -> None:
    """Every element at every unit, one question for each level, as it is asked there."""
    for level in _BY_LEVEL:
        store.execute(f"DROP TABLE IF EXISTS answer{level}")
        store.execute(
            f"CREATE UNLOGGED TABLE answer{level} AS SELECT dx, uidlevel{level} AS unit, sum(value) AS total,"
            f" count(value) AS answered FROM analytics WHERE weekly = '{_WEEK}' GROUP BY dx, uidlevel{level}"
        )


def _uid(kind: str, number: int) -> str:
    return f"{kind}{number:010}"


def _load(store: psycopg.Connection, world: World) -> None:
    store.execute(_TABLES)
    server.load(store, "dataelement", (f"{at}\t{_uid('e', at)}\tNUMBER\tAGGREGATE\n" for at in range(1, FIELDS + 1)))
    server.load(store, "categoryoptioncombo", [f"{_COMBINATION}\t{_uid('c', 1)}\n"])
    monday = AT.date() - timedelta(days=7)
    server.load(store, "period", [f"{_PERIOD}\t{monday}\t{monday + timedelta(days=6)}\n"])
    server.load(store, "_periodstructure", [f"{_PERIOD}\t{_WEEK}\t7\t{_WEEK}\t2020\n"])
    tree = world.units()
    ids, parents = tree.ids.tolist(), tree.parents.tolist()
    hung = zip(ids, parents, strict=True)
    server.load(store, "organisationunit", (f"{unit}\t{_uid('u', unit)}\t{above or NULL}\n" for unit, above in hung))
    server.load(
        store,
        "_orgunitstructure",
        (
            "\t".join(
                [str(unit), _uid("u", unit), str(level)]
                + [f"{one}\t{_uid('u', one)}" if one else f"{NULL}\t{NULL}" for one in above]
            )
            + "\n"
            for unit, level, above in zip(ids, tree.levels.tolist(), tree.above().tolist(), strict=True)
        ),
    )
    server.load(store, "datavalue", _values(world))
    store.execute(_LOADED)
    store.execute("VACUUM ANALYZE")


def _values(world: World) -> Iterator[str]:
    numbers = {code: at for at, code in enumerate(codes(), 1)}
    tail = f"clerk\t{AT:%Y-%m-%d %H:%M:%S}\t{AT:%Y-%m-%d %H:%M:%S}\t{NULL}\tf\tf\n"
    for unit, text in world.rows():
        where = f"\t{_PERIOD}\t{unit}\t{_COMBINATION}\t{_COMBINATION}\t"
        yield "".join([f"{numbers[code]}{where}{value}\t{tail}" for code, value in orjson.loads(text).items()])
