"""The application's settings in tests: throw-away database and files, quick passwords.

GIAOBAN_TEST_DATABASE says which database: `sqlite` (default) or `postgresql`. Parallel workers inherit the address of
the one cluster that their parent started.
"""

# ruff: noqa: E402
import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.harness import postgresql

SCRATCH = Path(tempfile.mkdtemp(prefix="giaoban-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
(SCRATCH / "static").mkdir()

os.environ["GIAOBAN_VAR"] = str(SCRATCH)
os.environ["GIAOBAN_SECRET"] = "for tests only"
os.environ["GIAOBAN_GUARDS"] = "1"
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["GIAOBAN_DATABASE"] = ""
    if os.environ.get("GIAOBAN_TEST_DATABASE", "sqlite") == "postgresql":
        os.environ["GIAOBAN_DATABASE"] = postgresql.start().address

from giaoban.site.settings import *  # noqa: F403
from giaoban.site.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_default = DATABASES["default"]
_default["CONN_MAX_AGE"] = 0
if _default["ENGINE"].endswith("sqlite3"):
    # a real file, so that threads meet the locks they meet in service; losing it costs nothing
    _default["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    _default["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
