"""A scan door of the test's own, and a phone before it."""

from collections.abc import Iterator

import pytest
from builders.scan_door import AtOnce, Hands, Phone

from originmark.frame.web.asking import ask_django
from originmark.mark.passport.door import Door, entrance
from originmark.mark.passport.logbook import BOOKS, HANDED_IN
from originmark.mark.passport.views import SCANS


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(entrance, "monotonic", hands)
    return hands


@pytest.fixture(autouse=True)
def empty_books() -> Iterator[None]:
    yield
    for book in BOOKS:
        book._waiting.clear()
    HANDED_IN._scans.clear()


@pytest.fixture
def door(seconds: Hands) -> Iterator[Door]:
    yield Door(keeps_s=5, ask=ask_django, threads=AtOnce())  # type: ignore[arg-type]
    SCANS._tries.clear()


@pytest.fixture
def phone(door: Door) -> Phone:
    return Phone(door)
