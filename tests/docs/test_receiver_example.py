"""The receiver that the how-to shows runs as it stands there."""

import hashlib
import hmac
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from browser.site import free_port

PAGE = Path(__file__).resolve().parents[2] / "docs/howto/subscriptions.md"
BODY = orjson.dumps(
    {
        "epcisBody": {
            "queryResults": {
                "resultsBody": {
                    "eventList": [{"eventID": "urn:uuid:1", "eventTime": "2026-10-01T08:00:00Z"}]
                }
            }
        }
    }
)


@pytest.fixture
def receiver() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The example of the page, running; its address."""
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found is not None
    port = free_port()
    running = subprocess.Popen(
        [sys.executable, "-c", found[1]],
        env={**os.environ, "SECRET": "a long random text", "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with running:
        yield f"http://127.0.0.1:{port}/", running
        running.terminate()


def deliver(url: str, *, secret: str, key: str) -> int:
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "GS1-Signature": "sha256=" + hmac.new(secret.encode(), BODY, hashlib.sha256).hexdigest(),
    }
    request = urllib.request.Request(url, BODY, headers)
    for _ in range(100):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code
        except urllib.error.URLError:  # it has not begun to listen yet
            time.sleep(0.1)
    raise TimeoutError(url)


def test_the_example_takes_what_is_signed_and_prints_it_once(
    receiver: tuple[str, subprocess.Popen[str]],
) -> None:
    url, running = receiver

    assert deliver(url, secret="somebody else's", key="1") == 401
    assert deliver(url, secret="a long random text", key="1") == 204
    assert deliver(url, secret="a long random text", key="1") == 204
    running.terminate()
    assert running.stdout is not None
    assert running.stdout.read() == "urn:uuid:1 2026-10-01T08:00:00Z\n"
