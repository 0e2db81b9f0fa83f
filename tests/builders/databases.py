"""Copies of the test's empty database, for processes of their own."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path, database_url: str) -> dict[str, str]:
    """Return the environment of a process that uses this database and nothing of ours."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "ORIGINMARK_HOME": str(home),
        "DATABASE_URL": database_url,
    }


@contextmanager
def a_copy(folder: Path) -> Iterator[str]:
    """Give the address of a copy, on the kind of server that the tests run on.

    Copying takes a moment, migrating takes seconds. The test itself must not be connected.
    """
    if connection.vendor == "sqlite":
        yield f"sqlite:///{in_file(folder / 'copy.sqlite3')}"
        return
    server, template = (
        os.environ["DATABASE_URL"].rsplit("/", 1)[0],
        connection.settings_dict["NAME"],
    )
    connection.close()
    name = f"{template}_copy"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template]
        )
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield f"{server}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def in_file(path: Path) -> Path:
    """Copy the test's database, which is SQLite and in memory, into a file."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
    return path
