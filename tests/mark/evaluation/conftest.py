"""What the tests of stars stand on."""

import pytest
from builders.evaluation import the_rulebooks
from builders.stars import schemes_of_the_tests


@pytest.fixture
def rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be one star scheme, that of the tests."""
    schemes_of_the_tests(monkeypatch)


@pytest.fixture
def stars_of_tests(db: None) -> None:
    """Load the scheme and the sheet of the tests of rounds and councils."""
    the_rulebooks()
