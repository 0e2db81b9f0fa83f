"""What the tests of this room stand on."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django_smart_ratelimit.backends import get_backend


@pytest.fixture(autouse=True)
def _no_tries_yet() -> Iterator[None]:
    """Nobody has tried too often before a test begins."""
    get_backend().clear_all()
    cache.clear()
    yield
    get_backend().clear_all()
    cache.clear()
