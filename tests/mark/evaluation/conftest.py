"""What the tests of stars stand on."""

import pytest
from builders.stars import schemes_of_the_tests


@pytest.fixture
def rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be one star scheme, that of the tests."""
    schemes_of_the_tests(monkeypatch)
