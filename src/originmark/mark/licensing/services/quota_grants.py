"""Set quotas: computed from land and harvest, or changed by hand with a reason."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from originmark.mark.licensing import quota_rules as rules
from originmark.mark.licensing.models import Quota, QuotaChange
from originmark.mark.licensing.services import quotas
from originmark.mark.licensing.services.quota_figures import Computed, computed_quotas
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@transaction.atomic
def compute_quotas(brand_code: str, season: int, *, by: Actor, now: datetime) -> list[Quota]:
    """Set the quota of every user of a brand in a season from land, caps and harvests.

    What the office changed by hand stays on top. A second run with the same figures changes
    nothing. Raises NoQuotaRule or NoCapForQuota.
    """
    access.require(by, "licensing.quota")
    brand = schemes.brand(brand_code)
    return [
        _write(brand.id, season, found, by=by, now=now)
        for found in computed_quotas(brand_code, season)
    ]


@transaction.atomic
def adjust_quota(
    quota_id: int,
    *,
    granted_kg: Decimal,
    reason: str,
    fuse_at_kg: Decimal = Decimal(0),
    by: Actor,
    now: datetime,
) -> Quota:
    """Set by hand what a user may label, and from which rest on the fuse blows.

    Raises UnknownQuota, QuotaReasonMissing or QuotaBelowUse.
    """
    access.require(by, "licensing.quota")
    quota = _locked(quota_id)
    if not reason.strip():
        raise rules.QuotaReasonMissing
    granted_g, before_g = rules.grams(granted_kg), quota.granted_g
    if granted_g < quota.used_g:
        raise rules.QuotaBelowUse(used_kg=quota.used_kg, asked_kg=granted_kg)
    quota.adjusted_g = granted_g - quota.computed_g
    quota.fuse_at_g = rules.grams(fuse_at_kg)
    quotas.settle(quota)
    quotas.note(quota, QuotaChange.Kind.ADJUSTED, before_g, reason=reason.strip(), by=by, now=now)
    quotas.watch_fuse(quota, reason=reason.strip(), by=by, now=now)
    return quota


def _locked(quota_id: int) -> Quota:
    rows = Quota.objects.select_for_update(of=("self",)).select_related("brand")
    quota = rows.filter(pk=quota_id).first()
    if quota is None:
        raise rules.UnknownQuota(quota=str(quota_id))
    return quota


def _write(brand_id: int, season: int, found: Computed, *, by: Actor, now: datetime) -> Quota:
    """Write one computed quota; figures that say the same leave no line in the history."""
    row, is_new = Quota.objects.get_or_create(
        organisation_id=found.organisation_id, brand_id=brand_id, season=season
    )
    quota = _locked(row.pk)
    before_g, basis = quota.granted_g, found.as_json()
    if not is_new and (quota.computed_g, quota.basis) == (found.granted_g, basis):
        return quota
    quota.computed_g, quota.basis, quota.computed_at = found.granted_g, basis, now
    quotas.settle(quota)
    if is_new or quota.granted_g != before_g:
        quotas.note(quota, QuotaChange.Kind.COMPUTED, before_g, reason="", by=by, now=now)
    quotas.watch_fuse(quota, reason="", by=by, now=now)
    return quota
