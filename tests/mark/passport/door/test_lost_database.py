"""A real server whose database goes away, and comes back."""

import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from builders.databases import ROOT, environment

A_RUN = """
import django
django.setup()
from builders.labels import NOON, a_labelled_lot
from originmark.mark.labels import selectors, services
from originmark.origin.parties.access import SYSTEM
run = a_labelled_lot().issue(10)
services.activate_rest(run.number, by=SYSTEM, now=NOON)
for index in range(10):
    path = selectors.url_prefix(run) + selectors.serial_of(run, index)
    print("/" + path.split("//")[1].split("/", 1)[1])
"""
PATIENCE = 300  # looks, a tenth of a second apart


@contextmanager
def served(said: dict[str, str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = ["-m", "granian", "--interface", "asgi", "--port", port, "config.asgi:application"]
    work = ["-c", "from config.command import main; main()", "worker"]
    both = [
        subprocess.Popen([sys.executable, *each], env=said, cwd=ROOT) for each in (command, work)
    ]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        for each in both:
            each.terminate()
            each.wait(timeout=60)


def look(url: str, language: str = "en") -> tuple[int, str, str | None]:
    """Return status, page and Retry-After; status 0 while nobody answers."""
    headers = {"Accept": "text/html", "Accept-Language": language, "User-Agent": "phone"}
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as found:
            return found.status, found.read().decode(), None
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode(), refused.headers["Retry-After"]
    except urllib.error.URLError:
        return 0, "", None


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(PATIENCE):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("it did not come to that")


@contextmanager
def without(address: str) -> Iterator[None]:
    """Take a database away for a while, from those who are connected too."""
    if address.startswith("sqlite"):
        file = Path(address.removeprefix("sqlite:///"))
        parked = file.rename(file.with_suffix(".parked"))
        file.mkdir()
        yield
        file.rmdir()
        parked.rename(file)
        return
    server, _, name = address.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as other:
        other.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        yield
        other.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")


def verdicts(address: str) -> list[str]:
    """Return what was written of all scans."""
    asked = "SELECT verdict FROM labels_scan ORDER BY verdict"
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as database:
            return [row[0] for row in database.execute(asked)]
    with psycopg.connect(address) as server:
        return [row[0] for row in server.execute(asked)]


def test_the_tag_answers_while_the_database_is_away(
    own_database: dict[str, str], tmp_path: Path
) -> None:
    address = own_database["DATABASE_URL"]
    said = environment(tmp_path, address) | {"ORIGINMARK_SCAN_PAGE_S": "0.5"}
    said["PYTHONPATH"] += f":{ROOT / 'tests'}"
    (tmp_path / "static").mkdir()
    packs = subprocess.run(
        [sys.executable, "-c", A_RUN],
        env=said,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    forged = packs[0][:-20] + "0123456789ABCDEFGHJK"
    with served(said) as site:
        wait_until(lambda: look(site + packs[0])[0] == 200)
        with without(address):
            wait_until(lambda: look(site + packs[1])[0] == 503)
            status, page, again = look(site + packs[2])
            assert (status, again) == (503, "30")
            assert "The brand office issued this code. More cannot be said at this moment." in page
            assert "verdict-ok" not in page
            assert "Report a problem" not in page  # nobody could write it down
            assert "Văn phòng thương hiệu đã cấp mã này" in look(site + packs[2], "vi")[1]
            assert "品牌办公室" in look(site + packs[2], "zh-CN")[1]
            status, page, _again = look(site + forged)
            assert status == 404
            assert "Not genuine: nobody issued this code." in page
        wait_until(lambda: look(site + packs[3])[0] == 200)
        wait_until(lambda: verdicts(address).count("unanswered") >= 3)
        wait_until(lambda: "genuine-first" in verdicts(address))
