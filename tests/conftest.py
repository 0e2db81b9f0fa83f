"""What every test stands on."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders.databases import a_database, environment
from builders.ledger import without_the_guard
from django.conf import settings as django_settings
from django.db import connection
from django.test import SimpleTestCase as DjangoTestCase
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings
from pytest_django import DjangoDbBlocker

pytest_plugins = ["conformance.plugin"]
# A busy machine makes an example slow, not wrong.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
# A slow hash keeps passwords safe; those of tests need no safety.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def noon() -> datetime:
    """A fixed moment in the season of the tests."""
    return datetime(2026, 10, 15, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _language_of_its_own() -> Iterator[None]:
    """Let no test leave its language to the next: whoever asks Django in Vietnamese sets it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def shared_by_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run of the tests, the same in each of its processes."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture
def own_database(shared_by_all: Path, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a process of its own, with an empty database of its own."""
    with a_database(shared_by_all) as address:
        yield environment(tmp_path, address)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on PostgreSQL, what uses no database: it ran on SQLite already."""
    if connection.vendor == "postgresql":
        alone = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=alone)
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item: pytest.Item) -> bool:
    """Return whether a test asks for the database, by a mark, a fixture or its class."""
    case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or not {"django_db_setup", "own_database"}.isdisjoint(getattr(item, "fixturenames", ()))
        or (case is not None and issubclass(case, DjangoTestCase))
    )


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    """Let tests that commit empty the tables at their end, though the ledger refuses it."""
    teardown = TransactionTestCase._fixture_teardown

    def emptied(self: TransactionTestCase) -> None:
        with without_the_guard():
            teardown(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@pytest.fixture(autouse=True, scope="session")
def _nobody_stays_connected(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Send away the threads that a test left behind: PostgreSQL drops no database in use."""
    if connection.vendor != "postgresql":
        yield
        return
    request.getfixturevalue("django_db_setup")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
