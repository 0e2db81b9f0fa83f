"""Where rounds, dossiers and councils plug in: who may do what, a history of what changes."""

from auditlog.registry import auditlog

from originmark.mark.evaluation import models
from originmark.origin.parties import access

KEPT = (
    models.Round,
    models.Idea,
    models.Dossier,
    models.ProofFile,
    models.CouncilMember,
    models.Declaration,
    models.Session,
    models.Attendance,
    models.Holiday,
    models.Sheet,
    models.KnockOut,
    models.KnockOutVote,
    models.Note,
    models.Decision,
)


def plug_in() -> None:
    """Plug in; called once from ``apps.py``."""
    access.register("evaluation.run", access.is_officer)
    access.register("evaluation.write_dossier", access.is_recorder | access.is_officer)
    access.register("evaluation.pre_check", access.is_recorder | access.is_officer)
    for model in KEPT:
        auditlog.register(model)
