"""A worker killed at any moment loses nothing and repeats nothing that matters."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
JOBS = 40
KILLS = 8

SET_UP = """
import django; django.setup()
import time
from originmark.frame.jobs import services, sockets
from originmark.frame.jobs.models import Job, Schedule
from originmark.frame.jobs.worker import WorkerLoop
from originmark.frame.web import clock

def leave_a_trace(payload, progress):
    Schedule.objects.create(name=payload["name"], next_at=clock.now())  # twice would clash
    time.sleep(0.03)

sockets.register_atomic_task("trace", leave_a_trace)
sockets._repeats.clear()
"""
ASK = "for n in range({jobs}): services.enqueue('trace', {{'name': f'trace {{n}}'}})"
COUNT = """
print(Job.objects.filter(state="done").count(), Job.objects.exclude(note="").count(),
      Schedule.objects.filter(name__startswith="trace").count())
"""


def run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SET_UP + code],
        env=environment, check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    return done.stdout


@pytest.mark.slow
def test_every_job_happens_exactly_once_however_often_the_worker_dies(tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "ORIGINMARK_HOME": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'kill.sqlite3'}",
        "ORIGINMARK_JOBS_STALE_S": "1",
    }
    run("from django.core.management import call_command; call_command('migrate', verbosity=0)",
        environment)  # fmt: skip
    run(ASK.format(jobs=JOBS), environment)
    chance = random.Random(9)

    for _ in range(KILLS):
        worker = subprocess.Popen(
            [sys.executable, "-c", SET_UP + "WorkerLoop().run()"], env=environment, cwd=ROOT
        )
        time.sleep(2.5 + chance.random())
        worker.kill()
        worker.wait()

    last = SET_UP + "WorkerLoop().run()"
    worker = subprocess.Popen([sys.executable, "-c", last], env=environment, cwd=ROOT)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if run(COUNT, environment).split()[0] == str(JOBS):
            break
        time.sleep(1)
    worker.terminate()
    worker.wait()

    assert run(COUNT, environment).split() == [str(JOBS), "0", str(JOBS)]
