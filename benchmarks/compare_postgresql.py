"""A PostgreSQL for the comparison, with the memory and the workers this machine can give it.

It is the tests' server, which does not wait for its disk: that favours whoever writes much, the reference design.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import numpy as np
import psycopg
from psycopg import sql

from benchmarks.compare_world import Proof

_BYTES = 2**20
_ROWS = np.dtype(  # COPY's binary form of (int, int, bigint, bigint)
    [("fields", ">i2")]
    + [
        (name, form)
        for at, size in enumerate((4, 4, 8, 8))
        for name, form in ((f"l{at}", ">i4"), (f"v{at}", f">i{size}"))
    ]
)
_HEAD, _AT_ONCE = 19, 1_000_000


def start() -> psycopg.Connection:
    """A server of its own; it ends with this process."""
    from tests.harness import postgresql

    cores = os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _BYTES
    cluster = postgresql.start(
        settings=(
            f"shared_buffers={memory // 5}MB",
            f"effective_cache_size={memory // 2}MB",
            f"work_mem={memory // 24}MB",
            f"maintenance_work_mem={memory // 12}MB",
            f"max_parallel_workers={cores}",
            f"max_parallel_workers_per_gather={cores}",
            f"max_parallel_maintenance_workers={cores}",
            "max_wal_size=32GB",
            "checkpoint_timeout=1h",
            "autovacuum=off",  # tables are analyzed where it belongs to the work
        )
    )
    return psycopg.connect(f"host={cluster.folder} user=postgres dbname=postgres", autocommit=True)


def load(store: psycopg.Connection, table: str, lines: Iterable[str]) -> None:
    """Put rows in COPY's text form into a table, before anything is timed."""
    with store.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
        for line in lines:
            copy.write(line)


def hold(store: psycopg.Connection, proof: Proof, query: str) -> None:
    """Hold what a query answers (field, unit, sum, count as int, int, bigint, bigint) against our answer."""
    for rows in _blocks(store, query):
        proof.hold(*(rows[f"v{at}"].astype(np.int64) for at in range(4)))


def _blocks(store: psycopg.Connection, query: str) -> Iterator[np.ndarray]:
    waiting, skip = bytearray(), _HEAD
    with store.cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT binary)".encode()) as copy:
        for piece in copy:
            waiting += piece
            if skip and len(waiting) >= skip:
                del waiting[:skip]
                skip = 0
            if len(waiting) >= _AT_ONCE * _ROWS.itemsize:
                whole = len(waiting) // _ROWS.itemsize * _ROWS.itemsize - _ROWS.itemsize
                yield np.frombuffer(bytes(waiting[:whole]), _ROWS)
                del waiting[:whole]
    yield np.frombuffer(bytes(waiting[: len(waiting) // _ROWS.itemsize * _ROWS.itemsize]), _ROWS)  # 2 bytes end it
