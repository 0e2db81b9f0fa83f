"""Rows about rounds, dossiers, councils, decisions and stars."""

from originmark.mark.evaluation.models.appeals import Appeal
from originmark.mark.evaluation.models.checks import CheckPhoto, FieldCheck, Sample
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
from originmark.mark.evaluation.models.honours import Honour
from originmark.mark.evaluation.models.notices import ExpiryNotice
from originmark.mark.evaluation.models.rounds import Round
from originmark.mark.evaluation.models.sheets import KnockOut, Score, Sheet
from originmark.mark.evaluation.models.stars import ReEvaluation, Star, StarChain, StarRevocation

__all__ = [
    "Answer",
    "Appeal",
    "Attendance",
    "CheckPhoto",
    "CouncilMember",
    "Decision",
    "Declaration",
    "Dossier",
    "ExpiryNotice",
    "FieldCheck",
    "Holiday",
    "Honour",
    "Idea",
    "KnockOut",
    "KnockOutVote",
    "Note",
    "PreCheckLine",
    "ProofFile",
    "ReEvaluation",
    "Round",
    "Sample",
    "Score",
    "Session",
    "SessionDossier",
    "Sheet",
    "Star",
    "StarChain",
    "StarRevocation",
    "Step",
]
