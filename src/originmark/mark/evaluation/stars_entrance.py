"""Where the stars plug in: who may do what, and a history of what changes."""

from auditlog.registry import auditlog

from originmark.mark.evaluation.models import stars
from originmark.origin.parties import access


def plug_in() -> None:
    """Plug in; called once from ``apps.py``."""
    access.register("evaluation.recognise", access.is_officer)
    access.register("evaluation.revoke", access.is_officer)
    access.register("evaluation.re_evaluate", access.is_recorder | access.is_officer)
    for model in (stars.Star, stars.StarRevocation, stars.ReEvaluation):
        auditlog.register(model)
