"""Questions about the use of a mark."""

from originmark.mark.licensing.selectors.applications import (
    application,
    applications,
    finding,
    findings,
    waiting,
)
from originmark.mark.licensing.selectors.licences import (
    LicenceFacts,
    LicenceState,
    expiring,
    licence,
    licence_for,
    licence_state,
    licence_state_for,
    licences,
    published_users,
    resting_on,
    state_of,
)
from originmark.mark.licensing.selectors.quotas import (
    QuotaFacts,
    quota,
    quota_left,
    quotas,
    quotas_nearly_spent,
    totals_kg,
)

__all__ = [
    "LicenceFacts",
    "LicenceState",
    "QuotaFacts",
    "application",
    "applications",
    "expiring",
    "finding",
    "findings",
    "licence",
    "licence_for",
    "licence_state",
    "licence_state_for",
    "licences",
    "published_users",
    "quota",
    "quota_left",
    "quotas",
    "quotas_nearly_spent",
    "resting_on",
    "state_of",
    "totals_kg",
    "waiting",
]
