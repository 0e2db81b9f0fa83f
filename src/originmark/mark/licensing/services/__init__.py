"""Commands on the use of a mark."""

from originmark.mark.licensing.services.applications import (
    ApplicationDraft,
    answer_application,
    apply_for_mark,
    ask_for_more,
    consent_to_own_brand,
    grant_application,
    refuse_application,
    withdraw_application,
)
from originmark.mark.licensing.services.findings import FindingDraft, close_finding, record_finding
from originmark.mark.licensing.services.licences import (
    Grant,
    end_licence,
    grant_licence,
    lift_suspension,
    suspend_licence,
    take_licence,
    terms_of,
)
from originmark.mark.licensing.services.quota_grants import adjust_quota, compute_quotas
from originmark.mark.licensing.services.quotas import draw_quota, return_quota

__all__ = [
    "ApplicationDraft",
    "FindingDraft",
    "Grant",
    "adjust_quota",
    "answer_application",
    "apply_for_mark",
    "ask_for_more",
    "close_finding",
    "compute_quotas",
    "consent_to_own_brand",
    "draw_quota",
    "end_licence",
    "grant_application",
    "grant_licence",
    "lift_suspension",
    "record_finding",
    "refuse_application",
    "return_quota",
    "suspend_licence",
    "take_licence",
    "terms_of",
    "withdraw_application",
]
