"""Processes that capture are killed at any moment: what was answered is there, whole and once.

``ORIGINMARK_KILLS`` sets how many are killed (20 where it is not set; ``make kills``: 200).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("ORIGINMARK_KILLS", "20"))
CONTROL_KILLS = 20


def kill(own_database: dict[str, str], times: int, *options: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kills.py")), str(times), *options],
        env=own_database, check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    sys.stdout.write(f"{done.stdout}\n")
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.conforms("C-7")
def test_what_was_answered_is_there_whole_and_once(own_database: dict[str, str]) -> None:
    found = kill(own_database, KILLS)

    assert found["kills"] == KILLS
    assert found["answered"] >= KILLS // 2
    wrong = {name: found[name] for name in ("lost", "doubled", "torn", "findings")}
    assert wrong == dict.fromkeys(wrong, 0)


@pytest.mark.slow
def test_a_repository_that_answers_too_early_is_found_out(own_database: dict[str, str]) -> None:
    """The control: if nothing were lost here, the test above would prove nothing."""
    found = kill(own_database, CONTROL_KILLS, "--answer-early")

    assert found["lost"] > 0
