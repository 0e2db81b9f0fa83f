"""Quotas follow land and harvest of themselves: computed every day, not only when somebody asks."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from originmark.frame.jobs import sockets as jobs
from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.mark.licensing import selectors, services
from originmark.mark.licensing.quota_rules import NoCapForQuota
from originmark.mark.licensing.services.quotas import quota_rule
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties.access import SYSTEM

TASK: Final = "licensing.compute_quotas"


def plug_in() -> None:
    """Let it run every day; called once from ``apps.py``."""
    jobs.register_atomic_task(TASK, daily)
    jobs.register_schedule("Compute quotas", TASK, every=timedelta(days=1))


def daily(_payload: dict[str, Any], _progress: Progress) -> dict[str, int]:
    """Compute the quotas of this season, and of the last where there are any.

    A brand whose rulebooks cap no harvest of the season is left alone: nobody waits for it.
    """
    now = clock.now()
    season, computed = timezone.localtime(now).year, 0
    for code in schemes.brands().filter(is_active=True).values_list("code", flat=True):
        had = selectors.quotas(SYSTEM).filter(brand__code=code, season=season - 1).exists()
        for each in ([season - 1] if had else []) + [season]:
            if quota_rule(code, each) is None:
                continue
            try:
                computed += len(services.compute_quotas(code, each, by=SYSTEM, now=now))
            except NoCapForQuota:
                continue
    return {"computed": computed}
