"""A worker killed at any moment loses nothing and repeats nothing that matters."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
JOBS, KILLS = 40, 8


@pytest.mark.slow
def test_every_job_happens_exactly_once_however_often_the_worker_dies(
    own_database: dict[str, str],
) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kills.py")), str(JOBS), str(KILLS)],
        env=own_database | {"ORIGINMARK_JOBS_STALE_S": "1"},
        check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip

    found = json.loads(done.stdout)
    again = found.pop("begun again")
    assert found == {"done": JOBS, "failed": 0, "traces": JOBS}
    assert again > 0, "no worker was killed at work, so nothing was shown"
