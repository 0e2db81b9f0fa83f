"""How much a page weighs on the wire, with everything it loads."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db
MOST_BYTES = 60_000  # a first page on a slow line; the passport's own limit is 100 kB


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_the_first_page_is_light(client: Client) -> None:
    page = client.get("/").content
    loaded = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page.decode())
    files = [Path(str(finders.find(name))).read_bytes() for name in loaded]

    assert len(files) >= 8
    assert packed(page) + sum(packed(content) for content in files) < MOST_BYTES


def test_pages_and_static_files_are_packed(client: Client) -> None:
    headers = {"Accept-Encoding": "gzip"}
    for address in ("/", "/static/web/vendor/pico/pico.min.css"):
        response = client.get(address, headers=headers)
        assert response["Content-Encoding"] == "gzip", address
        response.close()
