"""Rows about rounds, dossiers, councils, decisions and stars."""

from originmark.mark.evaluation.models.council import (
    Attendance,
    CouncilMember,
    Declaration,
    Holiday,
    Session,
    SessionDossier,
)
from originmark.mark.evaluation.models.decisions import Decision, KnockOutVote, Note
from originmark.mark.evaluation.models.dossiers import (
    Answer,
    Dossier,
    Idea,
    PreCheckLine,
    ProofFile,
    Step,
)
from originmark.mark.evaluation.models.notices import ExpiryNotice
from originmark.mark.evaluation.models.rounds import Round
from originmark.mark.evaluation.models.sheets import KnockOut, Score, Sheet
from originmark.mark.evaluation.models.stars import ReEvaluation, Star, StarRevocation

__all__ = [
    "Answer",
    "Attendance",
    "CouncilMember",
    "Decision",
    "Declaration",
    "Dossier",
    "ExpiryNotice",
    "Holiday",
    "Idea",
    "KnockOut",
    "KnockOutVote",
    "Note",
    "PreCheckLine",
    "ProofFile",
    "ReEvaluation",
    "Round",
    "Score",
    "Session",
    "SessionDossier",
    "Sheet",
    "Star",
    "StarRevocation",
    "Step",
]
