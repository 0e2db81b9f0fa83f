"""The job that looks for copied labels and made-up codes among the scans."""

from datetime import datetime, timedelta
from typing import Any

from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.mark.labels.watch import forgeries, services, suspects

TASK = "labels.watch"
EVERY = timedelta(hours=6)


def run(_payload: dict[str, Any], _progress: Progress) -> dict[str, int]:
    """Look for suspects now; a second run opens no case again."""
    return find_suspects(now=clock.now())


def find_suspects(*, now: datetime) -> dict[str, int]:
    """Put every suspected label and forged series into a case; return how many there are."""
    found = [services.suspect(each, now=now) for each in list(suspects.suspects(now))]
    found += [services.forged(each, now=now) for each in list(forgeries.series(now))]
    kept = [case for case in found if case is not None]
    return {"suspects": len(found), "opened": sum(case.opened_at == now for case in kept)}
