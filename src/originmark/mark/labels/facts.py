"""Ask every room below for what law 3 looks at."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.utils import timezone

from originmark.frame.web.sentences import say
from originmark.mark.evaluation import selectors as evaluation
from originmark.mark.labels import rules, sockets
from originmark.mark.labels.artwork import standing
from originmark.mark.labels.rules import (
    AreaFact,
    ArtworkFact,
    IssueFacts,
    LotFact,
    QuotaFact,
    StarFact,
)
from originmark.mark.licensing import selectors as licensing
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.selectors import BrandFacts
from originmark.mark.schemes.use_values import REFUSAL, STAR_IN_FORCE, UseRules
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import SYSTEM
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products
from originmark.origin.products.selectors import ProductFacts
from originmark.trace.lots import selectors as lots
from originmark.trace.lots.selectors import LotFacts

STAR_SCHEME = "star"  # the kind of a brand that is a star scheme


@dataclass(frozen=True, slots=True)
class Gathered:
    """What law 3 decides on, and the rows that a run points to."""

    facts: IssueFacts
    lot: LotFacts
    product: ProductFacts
    brand: BrandFacts
    licence_id: int | None
    licence_number: str
    rulebook: str
    label_g: int

    def as_json(self) -> dict[str, Any]:
        """Return what the run keeps of the decision: numbers, versions and shares of that day."""
        facts = self.facts
        star, quota = facts.star, facts.quota
        return {
            "on": facts.on.isoformat(),
            "licence": self.licence_number,
            "rights": list(facts.rights),
            "rulebook": self.rulebook,
            "boundary": facts.boundary,
            "areas": {area.code: round(area.share_inside, 4) for area in facts.areas},
            "packs": facts.lot.pack_count,
            "labels_in_force_before": facts.in_force,
            "star": star.number if star else "",
            "quota_left_kg": str(quota.left_kg) if quota else "",
            "advice": [say(each) for each in rules.advice(facts)],
        }


def gather(lot: LotFacts, brand_code: str, count: int, *, in_force: int, now: datetime) -> Gathered:
    """Return all that law 3 looks at for these labels today. Some 27 queries.

    Raises UnknownBrand.
    """
    on = timezone.localdate(now)
    brand = schemes.brand(brand_code)
    product = products.product(lot.product_code)
    licence = licensing.licence_state(lot.organisation_id, brand_code, lot.product_code, on)
    rulebook = schemes.rulebook_in_force(brand_code, on)
    use = schemes.use_rules(brand.code, on)
    boundary, areas = _areas(lot, brand)
    label_g = _label_g(lot)
    facts = IssueFacts(
        on=on,
        count=count,
        lot=LotFact(
            lot.code,
            lot.pack_count,
            lot.status,
            lot.origin_complete,
            lot.best_before,
            _packed_from(lot),
        ),
        organisation=lot.organisation_name,
        is_organisation_active=parties.organisation_by_id(lot.organisation_id).is_active,
        product=product.name,
        brand=brand.name,
        is_brand_active=brand.is_active,
        boundary=boundary,
        is_product_of_brand=schemes.brand_covers(brand_code, lot.product_code),
        licence_refusal=licence.refusal,
        rights=_rights(brand_code, on),
        areas=areas,
        in_force=in_force,
        star=_star(brand, use, lot.product_code, on),
        quota=_quota(lot, brand_code, label_g),
        release=sockets.release(lot.code, on),
        artwork=_artwork(product, use, on),
    )
    held = licence.licence
    return Gathered(
        facts=facts,
        lot=lot,
        product=product,
        brand=brand,
        licence_id=held.id if held else None,
        licence_number=held.number if held else "",
        rulebook=f"{rulebook.code} v{rulebook.version}" if rulebook else "",
        label_g=label_g,
    )


def _artwork(product: ProductFacts, use: UseRules | None, on: date) -> ArtworkFact | None:
    """Return how the artwork of a product stands; None where the programme checks no artwork."""
    is_required = use is not None and use.unchecked_artwork == REFUSAL
    if not is_required and not standing.is_used():
        return None
    return ArtworkFact(standing.against(product, on), is_required)


def _star(brand: BrandFacts, use: UseRules | None, product_code: str, on: date) -> StarFact | None:
    """Return the product's star, for a star scheme and where the rules of use ask for one."""
    is_scheme = brand.kind == STAR_SCHEME
    if not is_scheme and (use is None or use.condition(STAR_IN_FORCE) is None):
        return None
    star = evaluation.star_on(product_code, on) or evaluation.latest_star(product_code, on)
    if star is None:
        return StarFact(is_valid=False, is_right=is_scheme)
    return StarFact(star.is_valid, star.number, star.valid_until, star.revoked_from, is_scheme)


def _quota(lot: LotFacts, brand_code: str, label_g: int) -> QuotaFact | None:
    left = licensing.quota_left(lot.organisation_id, brand_code, lot.season)
    if left is None:
        return None
    return QuotaFact(
        season=left.season,
        granted_kg=left.granted_kg,
        used_kg=left.used_kg,
        left_kg=left.left_kg,
        is_spent=left.is_spent,
        is_set=bool(left.url),
        label_kg=Decimal(label_g).scaleb(-3),
    )


def _label_g(lot: LotFacts) -> int:
    """Return what one label is for: the net content, else the lot's mass over its packs."""
    if lot.net_content_g:
        return lot.net_content_g
    if not lot.pack_count:
        return 0
    share = lot.received_kg * 1000 / lot.pack_count
    return int(share.to_integral_value(ROUND_CEILING))


def _packed_from(lot: LotFacts) -> tuple[str, ...]:
    """Return the lots in packs that this lot came out of: their labels are on its packs."""
    came_from = [node.code for node in lots.trace_back(lot.code).nodes if node.kind == "lot"]
    rows = lots.lots(SYSTEM).filter(code__in=came_from, pack_count__isnull=False)
    return tuple(rows.exclude(pk=lot.id).order_by("code").values_list("code", flat=True))


def _rights(brand_code: str, on: date) -> tuple[str, ...]:
    return tuple(
        f"{right.kind_name} {right.number}" for right in schemes.rights_in_force(brand_code, on)
    )


def _areas(lot: LotFacts, brand: BrandFacts) -> tuple[str, tuple[AreaFact, ...]]:
    """Return the boundary's name and each area behind the lot; one without outline is outside."""
    rows = places.growing_areas(SYSTEM).filter(pk__in=lots.source_areas(lot.code)).order_by("code")
    areas = list(rows)
    if not brand.boundary_code:
        return "", tuple(AreaFact(row.code, row.name, True, 1.0) for row in areas)  # noqa: FBT003
    outline = places.boundary(brand.boundary_code)
    drawn = [row.pk for row in areas if row.geometry]
    found = places.containments(drawn, brand.boundary_code)
    return outline.name, tuple(
        AreaFact(row.code, row.name, found[row.pk].inside, found[row.pk].share_inside)
        if row.pk in found
        else AreaFact(row.code, row.name, is_inside=False, share_inside=0.0)
        for row in areas
    )
