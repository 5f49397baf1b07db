"""The throw-away cluster comes up, keeps Vietnamese, and leaves nothing behind."""

import psycopg
import pytest

from tests.harness import postgresql


@pytest.mark.skipif(postgresql.binaries() is None, reason="no PostgreSQL server is installed")
def test_a_cluster_comes_up_on_a_socket_of_its_own_and_leaves_nothing_behind():
    cluster = postgresql.start()
    with psycopg.connect(f"host={cluster.folder} user=postgres dbname=postgres") as connection:
        answer = connection.execute("SELECT upper('đảng bộ'), current_setting('listen_addresses')").fetchone()
    connection.close()
    cluster.stop()

    assert answer == ("ĐẢNG BỘ", "")
    assert not cluster.folder.exists()
    assert cluster.process.returncode is not None
