"""Rows about rounds, dossiers, councils and decisions."""

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
from originmark.mark.evaluation.models.rounds import Round
from originmark.mark.evaluation.models.sheets import KnockOut, Score, Sheet

__all__ = [
    "Answer",
    "Attendance",
    "CouncilMember",
    "Decision",
    "Declaration",
    "Dossier",
    "Holiday",
    "Idea",
    "KnockOut",
    "KnockOutVote",
    "Note",
    "PreCheckLine",
    "ProofFile",
    "Round",
    "Score",
    "Session",
    "SessionDossier",
    "Sheet",
    "Step",
]
