"""Processes that capture are killed at any moment: what was answered is there, whole and once.

``ORIGINMARK_KILLS`` sets how many are killed (20 where it is not set; ``make kills``: 200).
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("ORIGINMARK_KILLS", "20"))
CONTROL_KILLS = 20
MIGRATE = "from config.command import main; main()"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty database of its own, on the kind of server that the tests run on."""
    common = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "ORIGINMARK_HOME": str(tmp_path),
    }
    if connection.vendor == "sqlite":
        yield migrated(common | {"DATABASE_URL": f"sqlite:///{tmp_path / 'kill.sqlite3'}"})
        return
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    name = f"kills_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield migrated(common | {"DATABASE_URL": f"{server}/{name}"})
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def migrated(environment: dict[str, str]) -> dict[str, str]:
    subprocess.run(
        [sys.executable, "-c", MIGRATE, "migrate", "-v", "0"],
        env=environment, check=True, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    return environment


def kill(environment: dict[str, str], times: int, *options: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kills.py")), str(times), *options],
        env=environment, check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    sys.stdout.write(f"{done.stdout}\n")
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.conforms("C-7")
def test_what_was_answered_is_there_whole_and_once(environment: dict[str, str]) -> None:
    found = kill(environment, KILLS)

    assert found["kills"] == KILLS
    assert found["answered"] > 0  # how many is a matter of how busy the machine is
    wrong = {name: found[name] for name in ("lost", "doubled", "torn", "findings")}
    assert wrong == dict.fromkeys(wrong, 0)


@pytest.mark.slow
def test_a_repository_that_answers_too_early_is_found_out(environment: dict[str, str]) -> None:
    """The control: if nothing were lost here, the test above would prove nothing."""
    found = kill(environment, CONTROL_KILLS, "--answer-early")

    assert found["lost"] > 0
