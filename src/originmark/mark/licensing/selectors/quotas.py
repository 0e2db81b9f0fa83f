"""Questions about quotas."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Sum
from django.urls import reverse

from originmark.mark.licensing import quota_rules as rules
from originmark.mark.licensing.models import Quota
from originmark.mark.licensing.services.quotas import quota_rule
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class QuotaFacts:
    """How much of a season a user may still put a brand on.

    ``is_spent`` says that the fuse is blown; ``url`` is empty for a quota that nobody set yet.
    """

    season: int
    granted_kg: Decimal
    used_kg: Decimal
    left_kg: Decimal
    is_spent: bool
    url: str


def quota_left(organisation_id: int, brand_code: str, season: int) -> QuotaFacts | None:
    """Return what is left, or None where the rules of the brand know no quota. One or two queries.

    Where the rules know quotas and nobody set this one, nothing is left.
    """
    row = Quota.objects.filter(
        organisation_id=organisation_id, brand__code=brand_code, season=season
    ).first()
    if row is not None:
        return facts(row)
    if quota_rule(brand_code, season) is None:
        return None
    nothing = Decimal(0)
    return QuotaFacts(season, nothing, nothing, nothing, is_spent=True, url="")


def quotas(by: Actor) -> QuerySet[Quota]:
    """Return the quotas that the actor may read: all for the office, else one's own."""
    rows = Quota.objects.select_related("organisation", "brand")
    return access.visible(by, rows).order_by("-season", "organisation__name", "pk")


def quota(quota_id: int, by: Actor) -> Quota:
    """Return one quota that the actor may read; raises UnknownQuota."""
    row = quotas(by).filter(pk=quota_id).first()
    if row is None:
        raise rules.UnknownQuota(quota=str(quota_id))
    return row


def nearly_spent(rows: QuerySet[Quota]) -> QuerySet[Quota]:
    """Narrow to the quotas of which a tenth or less is left, the blown ones included."""
    left_tenfold = (F("granted_g") - F("used_g")) * rules.NEARLY_SPENT_PARTS
    return rows.alias(left_tenfold=left_tenfold).filter(left_tenfold__lte=F("granted_g"))


def quotas_nearly_spent(by: Actor, *, season: int) -> QuerySet[Quota]:
    """Return the quotas of a season that the actor may read and that are nearly spent.

    A quota of nothing is left out: there was nothing to spend.
    """
    return nearly_spent(quotas(by).filter(season=season, granted_g__gt=0)).order_by(
        "organisation__name", "pk"
    )


def totals_kg(rows: QuerySet[Quota]) -> tuple[Decimal, Decimal]:
    """Return what the quotas grant and what is used of it. One query."""
    found = rows.order_by().aggregate(granted=Sum("granted_g"), used=Sum("used_g"))
    return rules.kilograms(found["granted"] or 0), rules.kilograms(found["used"] or 0)


def facts(row: Quota) -> QuotaFacts:
    """Return a quota as other rooms see it."""
    return QuotaFacts(
        season=row.season,
        granted_kg=row.granted_kg,
        used_kg=row.used_kg,
        left_kg=row.left_kg,
        is_spent=row.is_spent,
        url=reverse("licensing:quota", args=[row.pk]),
    )
