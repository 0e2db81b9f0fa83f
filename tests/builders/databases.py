"""Empty databases for processes of their own, on the kind of server that the tests run on.

Migrating takes seconds, copying takes a moment: the first who asks in a run migrates for all.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
MIGRATE = "from config.command import main; main()"
TEMPLATE = "test_migrated"
_numbers = count()


def environment(home: Path, database_url: str) -> dict[str, str]:
    """Return the environment of a process that uses this database and nothing of ours."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "ORIGINMARK_HOME": str(home),
        "DATABASE_URL": database_url,
    }


@contextmanager
def a_database(shared: Path) -> Iterator[str]:
    """Give the address of an empty database; ``shared`` is a folder of this run of the tests."""
    template = _migrated(shared)
    name = f"test_own_{os.getpid()}_{next(_numbers)}"
    if connection.vendor == "sqlite":
        path = Path(shutil.copy(template, shared / f"{name}.sqlite3"))
        yield f"sqlite:///{path}"
        path.unlink()
        return
    with _server() as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        yield _on_server(name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _migrated(shared: Path) -> Path:
    """Return the file of the database that is copied; on PostgreSQL it says that there is one."""
    file = shared / "migrated.sqlite3"
    with (shared / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            _migrate(shared / "unfinished.sqlite3").rename(file)
    return file


def _migrate(file: Path) -> Path:
    address = f"sqlite:///{file}"
    if connection.vendor == "postgresql":
        address = _on_server(TEMPLATE)
        with _server() as server:
            server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {TEMPLATE}")
        file.touch()
    subprocess.run(
        [sys.executable, "-c", MIGRATE, "migrate", "-v", "0"],
        env=environment(file.parent, address), check=True, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    return file


def _server() -> psycopg.Connection:
    return psycopg.connect(_on_server("postgres"), autocommit=True)


def _on_server(name: str) -> str:
    return f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
