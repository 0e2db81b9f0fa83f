"""How much a page weighs on the wire, with everything it loads."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings
from servestatic import ServeStatic

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


def test_pages_are_packed(client: Client) -> None:
    assert client.get("/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_static_files_are_packed_when_they_are_collected(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    files = ServeStatic(None, root=str(tmp_path), prefix="static/")
    address = "/static/web/vendor/pico/pico.min.css"
    heads: dict[str, str] = {}
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "HTTP_ACCEPT_ENCODING": "gzip"}
    body = files(asked, lambda _status, headers: heads.update(headers))

    assert heads["Content-Encoding"] == "gzip"
    original = Path(str(finders.find(address.removeprefix("/static/")))).read_bytes()
    assert gzip.decompress(b"".join(body)) == original
    body.close()  # type: ignore[attr-defined]
