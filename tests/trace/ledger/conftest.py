"""What several tests of the ledger stand on: published vectors, and a network of our own."""

import os
from pathlib import Path

import pytest
from builders.parties import an_officer
from builders.subscriptions import Clock
from django.conf import LazySettings

from originmark.frame.web import clock
from originmark.origin.parties.access import Actor

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of published EPCIS documents; skips where it is absent."""
    shared = Path(os.environ.get("ORIGINMARK_SHARED", ROOT.parent / "shared"))
    folder = shared / "vectors" / "epcis"
    if not folder.is_dir():
        pytest.skip(f"the published vectors are not at {folder} (set ORIGINMARK_SHARED)")
    return folder


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Clock:
    hands = Clock()
    monkeypatch.setattr(clock, "now", hands)
    return hands


@pytest.fixture
def our_own_network(settings: LazySettings, hands: Clock) -> None:
    """Let webhooks reach receivers on this machine, and give up soon."""
    settings.LEDGER_WEBHOOKS_TO_PRIVATE = True
    settings.LEDGER_WEBHOOK_SECONDS = 5
    settings.LEDGER_WEBHOOK_ATTEMPTS = 4


@pytest.fixture
def officer() -> Actor:
    return an_officer()
