"""Commands of the evaluation."""

from originmark.mark.evaluation.services.appeals import (
    AppealDraft,
    assign_reviewer,
    decide_appeal,
    lodge_appeal,
)
from originmark.mark.evaluation.services.checks import (
    SampleDraft,
    add_photo,
    plan_check,
    record_check,
    take_sample,
)
from originmark.mark.evaluation.services.honours import honour
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
    "AppealDraft",
    "Recognition",
    "Report",
    "RevocationDraft",
    "SampleDraft",
    "add_photo",
    "assign_reviewer",
    "close_re_evaluation",
    "decide_appeal",
    "honour",
    "link_dossier",
    "lodge_appeal",
    "open_re_evaluation",
    "plan_check",
    "recognise",
    "record_check",
    "record_report",
    "revoke",
    "revoke_lapsed",
    "send_expiry_notice",
    "send_expiry_notices",
    "take_sample",
]
