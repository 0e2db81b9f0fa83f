"""Identifiers in paths, as different servers hand the path on."""

from typing import Any

import pytest
from django.test import RequestFactory

from originmark.trace.ledger.raw_paths import identified

START = "/epcis/readPoints/"
SENT = f"{START}https%3A%2F%2Fpark.example%2Fevents"
DECODED = "https://park.example/events"


def request(**environment: Any) -> Any:
    return RequestFactory().get(f"{START}{DECODED}", **environment)


@pytest.mark.parametrize(
    "environment",
    [
        {"asgi.scope": {"raw_path": SENT.encode()}},
        {"asgi.scope": {"raw_path": f"{SENT}?perPage=1".encode()}},
        {"RAW_URI": f"{SENT}?perPage=1"},
        {"REQUEST_URI": f"http://localhost{SENT}"},
    ],
)
def test_the_path_as_it_was_sent_tells_an_identifier_from_what_is_below(
    environment: dict[str, Any],
) -> None:
    assert identified(request(**environment), START, DECODED) == (DECODED, False)
    below = {
        key: {"raw_path": f"{SENT}/events".encode()} if key == "asgi.scope" else f"{SENT}/events"
        for key in environment
    }
    assert identified(request(**below), START, f"{DECODED}/events") == (DECODED, True)


@pytest.mark.parametrize("environment", [{}, {"RAW_URI": "/elsewhere"}, {"asgi.scope": {}}])
def test_without_it_the_last_part_decides(environment: dict[str, Any]) -> None:
    assert identified(request(**environment), START, DECODED) == ("https://park.example", True)
    assert identified(request(**environment), START, "urn:a:1") == ("urn:a:1", False)
