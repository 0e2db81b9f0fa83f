"""Keys, witnesses and signed logs for tests."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from originmark.standards.transparency.notes import COSIGNATURE, SignerKey
from originmark.trace.ledger import keys

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


class Safe:
    """Where tests keep secrets: nowhere else. ``keep`` stands in for the environment's."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings
        self.is_in_environment = False

    def keep(self, name: str, value: str) -> bool:
        assert name == "ORIGINMARK_LOG_KEY"
        if not self.is_in_environment:
            self.settings.LOG_KEY = value  # as after the next start
        return not self.is_in_environment


def a_safe(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Safe:
    """A log with one key of its own, and a place for further ones."""
    safe = Safe(settings)
    settings.LOG_KEY = hashlib.sha256(b"first key").hexdigest()
    settings.LOG_ORIGIN = "example.org/log"
    monkeypatch.setattr("config.environment.keep", safe.keep)
    return safe


def a_witness(name: str = "witness.example/w1") -> SignerKey:
    """A witness that the log knows."""
    signer = SignerKey(name, hashlib.sha256(name.encode()).digest(), COSIGNATURE)
    keys.add_witness(str(signer.verifier), now=NOON)
    return signer
