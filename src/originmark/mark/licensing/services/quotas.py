"""Draw on a quota, give back, and watch its fuse.

These are doors for rooms above, called inside their transaction: who may issue labels is their
question, so that no permission is asked here.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F

from originmark.mark.licensing import quota_rules as rules
from originmark.mark.licensing import sockets
from originmark.mark.licensing.models import Quota, QuotaChange, QuotaDraw
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.use_values import QuotaRule
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor


@transaction.atomic
def draw_quota(
    organisation_id: int,
    brand_code: str,
    season: int,
    kg: Decimal,
    reference: str,
    *,
    by: Actor,
    now: datetime,
) -> QuotaDraw | None:
    """Count ``kg`` against what a user may label in a season, once per reference.

    Returns None where the rules of the brand know no quota. Blows the fuse when nothing (or
    less than the office left in reserve) remains.

    Raises QuotaSpent, QuotaNotGranted, or QuotaReferenceTaken when the reference drew something
    else before.
    """
    if kg <= 0:
        raise ValueError(f"a draw needs a positive mass, got {kg} kg")
    quota = _locked(organisation_id, brand_code, season)
    if quota is None:
        if quota_rule(brand_code, season) is None:
            return None
        raise rules.QuotaNotGranted(
            parties.organisation_by_id(organisation_id).name, schemes.brand(brand_code).name, season
        )
    weight_g = rules.grams(kg)
    if earlier := QuotaDraw.objects.filter(reference=reference).first():
        return _same(earlier, quota, weight_g)
    _take(quota, weight_g)
    try:
        with transaction.atomic():
            draw = QuotaDraw.objects.create(
                quota=quota, reference=reference, drawn_g=weight_g, drawn_at=now, by_name=by.name
            )
    except IntegrityError:  # another quota's draw took the reference a moment ago
        asked = rules.kilograms(weight_g)
        raise rules.QuotaReferenceTaken(reference, Decimal(0), asked) from None
    watch_fuse(quota, reason=draw.name, by=by, now=now)
    return draw


@transaction.atomic
def return_quota(reference: str, kg: Decimal, *, by: Actor, now: datetime) -> QuotaDraw | None:
    """Give back ``kg`` of what a reference drew, because labels were spoiled or returned.

    Returns None for a reference that drew nothing: its brand knew no quota. Resets a blown fuse
    when enough is left again. Raises ReturnBeyondDraw.
    """
    found = QuotaDraw.objects.filter(reference=reference).first()
    if found is None:
        return None
    quota = (
        Quota.objects.select_for_update(of=("self",)).select_related("brand").get(pk=found.quota_id)
    )
    weight_g = rules.grams(kg)
    returned = QuotaDraw.objects.filter(
        pk=found.pk, returned_g__lte=F("drawn_g") - weight_g
    ).update(returned_g=F("returned_g") + weight_g)
    found.refresh_from_db()
    if not returned:
        raise rules.ReturnBeyondDraw(
            reference, found.drawn_kg, found.returned_kg, rules.kilograms(weight_g)
        )
    Quota.objects.filter(pk=quota.pk).update(used_g=F("used_g") - weight_g)
    quota.refresh_from_db()
    settle(quota)
    watch_fuse(quota, reason=found.name, by=by, now=now)
    return found


def quota_rule(brand_code: str, season: int) -> QuotaRule | None:
    """Return the rule that the brand has at the end of the season's year. One query."""
    found = schemes.use_rules(brand_code, date(season, 12, 31))
    return found.quota if found else None


def settle(quota: Quota) -> None:
    """Write the grant that follows from the figures; never less than what is used."""
    quota.granted_g = max(quota.due_g, quota.used_g)
    quota.save()


def watch_fuse(quota: Quota, *, reason: str, by: Actor, now: datetime) -> None:
    """Blow or reset the fuse as what is left says, and tell who listens, at once."""
    spent = rules.is_spent(
        granted_g=quota.granted_g, used_g=quota.used_g, fuse_at_g=quota.fuse_at_g
    )
    if spent == quota.is_spent:
        return
    quota.fuse_blown_at = now if spent else None
    quota.save(update_fields=["fuse_blown_at"])
    kind = QuotaChange.Kind.FUSE_BLOWN if spent else QuotaChange.Kind.FUSE_RESET
    note(quota, kind, quota.granted_g, reason=reason, by=by, now=now)
    sockets.tell_fuse(
        quota.organisation_id, quota.brand.code, quota.season, is_spent=spent, now=now
    )


def note(quota: Quota, kind: str, before_g: int, *, reason: str, by: Actor, now: datetime) -> None:
    """Write a line of the quota's history."""
    QuotaChange.objects.create(
        quota=quota, kind=kind, before_g=before_g, after_g=quota.granted_g, reason=reason,
        at=now, by_name=by.name,
    )  # fmt: skip


def _locked(organisation_id: int, brand_code: str, season: int) -> Quota | None:
    rows = Quota.objects.select_for_update(of=("self",)).select_related("brand")
    return rows.filter(
        organisation_id=organisation_id, brand__code=brand_code, season=season
    ).first()


def _take(quota: Quota, weight_g: int) -> None:
    """Count the draw: the guard holds even where a lock does not."""
    taken = Quota.objects.filter(
        pk=quota.pk, fuse_blown_at=None, used_g__lte=F("granted_g") - weight_g
    ).update(used_g=F("used_g") + weight_g)
    quota.refresh_from_db()
    if not taken:
        raise rules.QuotaSpent(
            organisation=quota.organisation.name,
            brand=quota.brand.name,
            season=quota.season,
            granted_kg=quota.granted_kg,
            used_kg=quota.used_kg,
            left_kg=quota.left_kg,
            asked_kg=rules.kilograms(weight_g),
        )


def _same(earlier: QuotaDraw, quota: Quota, weight_g: int) -> QuotaDraw:
    if (earlier.quota_id, earlier.drawn_g) != (quota.pk, weight_g):
        raise rules.QuotaReferenceTaken(
            earlier.reference, earlier.drawn_kg, rules.kilograms(weight_g)
        )
    return earlier
