"""SQLite has one writer: whoever waits for it too long is told so, and a worker lives on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from originmark.frame.jobs import worker
from originmark.frame.web.busy import is_busy

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_writer(tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A connection that waits for nobody, to a database in which somebody else is writing."""
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "one.sqlite3")}
    handler = ConnectionHandler({"default": engine | {"OPTIONS": {"timeout": 0}}})
    first, second = handler.create_connection("default"), handler.create_connection("default")
    first.cursor().execute("CREATE TABLE place (name TEXT)")
    first.cursor().execute("BEGIN IMMEDIATE")
    yield second
    second.close()
    first.close()


def test_a_writer_who_may_not_write_is_told_that_the_database_is_busy(
    second_writer: BaseDatabaseWrapper,
) -> None:
    with pytest.raises(OperationalError) as locked:
        second_writer.cursor().execute("INSERT INTO place VALUES ('mill')")
    with pytest.raises(OperationalError) as unknown:
        second_writer.cursor().execute("SELECT * FROM nowhere")

    assert [is_busy(each.value) for each in (locked, unknown)] == [True, False]


def test_a_worker_lets_its_turn_pass(second_writer: BaseDatabaseWrapper) -> None:
    with worker.unless_away():
        second_writer.cursor().execute("INSERT INTO place VALUES ('mill')")
