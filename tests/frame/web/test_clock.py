"""The day that it is here, which begins before that of Greenwich."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from originmark.frame.web import clock


def test_today_is_a_day_of_the_installation(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Ho_Chi_Minh"
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 15, 17, 0, tzinfo=UTC))

    assert clock.today() == date(2026, 10, 16)
