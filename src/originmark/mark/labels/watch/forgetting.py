"""The job that forgets single scans after the policy's days; what was counted stays."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.mark.labels.models import ForgedDay, LabelSeen, Scan
from originmark.mark.labels.watch import policy

TASK = "labels.forget_scans"
EVERY = timedelta(days=1)


def run(_payload: dict[str, Any], _progress: Progress) -> dict[str, int]:
    """Forget what is older than the policy says; a second run finds nothing more."""
    return {"scans": forget(clock.now())}


def forget(now: datetime) -> int:
    """Drop scans older than the policy's days, and the marks of viewers; return how many scans."""
    before = now - timedelta(days=policy.in_force().days_kept)
    dropped, _by_model = Scan.objects.filter(at__lt=before).delete()
    old = LabelSeen.objects.filter(first_at__lt=before).exclude(first_viewer="")
    old.update(first_viewer="")
    marked = ForgedDay.objects.filter(day__lt=localdate(before)).exclude(serials=[], viewers=[])
    marked.update(serials=[], viewers=[])
    return dropped
