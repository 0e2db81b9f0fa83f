"""What every test stands on."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def noon() -> datetime:
    """A fixed moment in the season of the tests."""
    return datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
