"""Kill workers again and again while they work, then let one finish, and count.

``python kills.py JOBS KILLS`` prints one line of JSON. Each job leaves a trace that can be left
only once.
"""

import json
import os
import random
import signal
import sys
import time

import django

LONGEST_S = 0.9  # between two kills
LATEST_S = 60.0


def main() -> None:
    """Ask for the jobs, kill workers, and print what became of it."""
    jobs, kills = map(int, sys.argv[1:])
    django.setup()
    from originmark.frame.jobs import services, sockets

    sockets.register_atomic_task("trace", leave_a_trace)
    sockets._repeats.clear()
    for number in range(jobs):
        services.enqueue("trace", {"name": f"trace {number}"})
    chance = random.Random(9)
    for _ in range(kills):
        worker = start()
        time.sleep(chance.uniform(0.3, LONGEST_S))
        end(worker, signal.SIGKILL)
    worker = start()
    deadline = time.monotonic() + LATEST_S
    while counts()["done"] < jobs and time.monotonic() < deadline:
        time.sleep(0.2)
    end(worker, signal.SIGTERM)
    sys.stdout.write(json.dumps(counts()))


def leave_a_trace(payload: dict[str, str], _progress: object) -> None:
    """Write a row whose name must be new."""
    from originmark.frame.jobs.models import Schedule
    from originmark.frame.web import clock

    Schedule.objects.create(name=payload["name"], next_at=clock.now())
    time.sleep(0.1)


def start() -> int:
    """Start a worker; nobody's connection goes with it."""
    from django.db import connections

    from originmark.frame.jobs.worker import WorkerLoop

    connections.close_all()
    pid = os.fork()
    if not pid:
        try:
            WorkerLoop().run()
        finally:
            os._exit(0)
    return pid


def end(worker: int, how: signal.Signals) -> None:
    """End a worker."""
    os.kill(worker, how)
    os.waitpid(worker, 0)


def counts() -> dict[str, int]:
    """Return how many jobs are done, failed once, and were begun again; how many left a trace."""
    from originmark.frame.jobs.models import Job, Schedule

    return {
        "done": Job.objects.filter(state="done").count(),
        "failed": Job.objects.exclude(note="").count(),
        "begun again": Job.objects.filter(attempts__gt=1).count(),
        "traces": Schedule.objects.filter(name__startswith="trace").count(),
    }


if __name__ == "__main__":
    main()
