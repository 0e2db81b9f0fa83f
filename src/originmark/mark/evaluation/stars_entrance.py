"""Where the stars plug in: who may do what, a history of what changes, the daily watch."""

from datetime import timedelta
from typing import Any

from auditlog.registry import auditlog

from originmark.frame.jobs import sockets as jobs
from originmark.frame.web import clock
from originmark.frame.web import sockets as web
from originmark.mark.evaluation import models, services, star_front, star_letters
from originmark.mark.evaluation.access import records_checks
from originmark.origin.parties import access


def plug_in() -> None:
    """Plug in; called once from ``apps.py``."""
    _say_who_may()
    for model in (
        models.Star, models.StarRevocation, models.ReEvaluation, models.ExpiryNotice,
        models.Appeal, models.FieldCheck, models.Sample, models.CheckPhoto, models.Honour,
    ):  # fmt: skip
        auditlog.register(model)
    for item in star_front.NAVIGATION:
        web.register_nav(item)
    web.register_search("stars", star_front.find)
    web.register_home_card(star_front.home_card)
    jobs.register_task("evaluation.mail_expiry_notice", star_letters.mail_notice)
    jobs.register_atomic_task("evaluation.write_expiry_notices", write_daily)
    jobs.register_schedule(
        "evaluation.expiry_watch", "evaluation.write_expiry_notices", every=timedelta(days=1)
    )


def _say_who_may() -> None:
    office = ("recognise", "revoke", "notify", "plan_checks", "honour", "decide_appeal")
    for verb in office:
        access.register(f"evaluation.{verb}", access.is_officer)
    for verb in ("re_evaluate", "appeal"):
        access.register(f"evaluation.{verb}", access.is_recorder | access.is_officer)
    access.register("evaluation.assign_appeal", access.is_office_manager)
    access.register("evaluation.count_stars", access.is_inspector)
    access.register("evaluation.record_checks", records_checks)


def write_daily(payload: dict[str, Any], progress: Any) -> dict[str, int]:  # noqa: ARG001 (a task)
    """Write every notice that is due; the daily task."""
    written = services.send_expiry_notices(by=access.SYSTEM, now=clock.now())
    return {"written": len(written)}
