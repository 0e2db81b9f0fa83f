"""Commands of the evaluation."""

from originmark.mark.evaluation.services.notices import send_expiry_notice, send_expiry_notices
from originmark.mark.evaluation.services.re_evaluations import (
    Report,
    close_re_evaluation,
    link_dossier,
    open_re_evaluation,
    record_report,
)
from originmark.mark.evaluation.services.revocations import RevocationDraft, revoke, revoke_lapsed
from originmark.mark.evaluation.services.stars import recognise
from originmark.mark.evaluation.values import Recognition

__all__ = [
    "Recognition",
    "Report",
    "RevocationDraft",
    "close_re_evaluation",
    "link_dossier",
    "open_re_evaluation",
    "recognise",
    "record_report",
    "revoke",
    "revoke_lapsed",
    "send_expiry_notice",
    "send_expiry_notices",
]
