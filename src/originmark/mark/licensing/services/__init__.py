"""Commands on the use of a mark."""

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
    "Grant",
    "adjust_quota",
    "compute_quotas",
    "draw_quota",
    "end_licence",
    "grant_licence",
    "lift_suspension",
    "return_quota",
    "suspend_licence",
    "take_licence",
    "terms_of",
]
