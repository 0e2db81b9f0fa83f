"""Gather what a quota is computed from: land, caps, conversions and harvests. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from originmark.mark.licensing import quota_rules as rules
from originmark.mark.licensing.models import Licence
from originmark.mark.licensing.services.quotas import quota_rule
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties.access import SYSTEM
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products
from originmark.trace.lots import selectors as lots

Harvests = dict[int, list[tuple[str, Decimal]]]


@dataclass(frozen=True, slots=True)
class Computed:
    """The quota that one user's land gives, and how it adds up."""

    organisation_id: int
    organisation_name: str
    shares: tuple[rules.Share, ...]
    tolerance_share: Decimal

    @property
    def granted_kg(self) -> Decimal:
        """Return the quota."""
        return rules.granted_kg(self.shares, self.tolerance_share)

    @property
    def granted_g(self) -> int:
        """Return the quota in grams."""
        return rules.grams(self.granted_kg)

    @property
    def area_ha(self) -> Decimal:
        """Return the land that counts."""
        return sum((each.area_ha for each in self.shares if each.product), Decimal(0))

    def as_json(self) -> dict[str, Any]:
        """Return what the quota keeps of the computation."""
        return {
            "tolerance_share": str(self.tolerance_share),
            "plots": [
                {
                    "code": each.plot,
                    "name": each.name,
                    "area_ha": str(each.area_ha),
                    "product": each.product,
                    "basis": each.basis,
                    "raw_kg": str(each.raw_kg),
                    "goods_kg": str(each.goods_kg),
                }
                for each in self.shares
            ],
        }


def computed_quotas(brand_code: str, season: int) -> list[Computed]:
    """Return what the quota of each user of a brand in a season would be, by name.

    Some ten queries, and one for each capped product. Raises UnknownBrand, NoQuotaRule or
    NoCapForQuota.
    """
    brand = schemes.brand(brand_code)
    rule = quota_rule(brand_code, season)
    if rule is None:
        raise rules.NoQuotaRule(brand=brand.name, season=season)
    ways = _ways(brand_code, season)
    if not ways.capped_for(frozenset()):
        raise rules.NoCapForQuota(brand=brand.name, season=season)
    users = _users(brand_code, season)
    plots = _plots(users, brand.boundary_code, season)
    found = []
    for organisation_id, (name, licensed) in users.items():
        capped = ways.capped_for(licensed)
        given = tuple(
            share for plot in plots[organisation_id] for share in rules.shares(plot, capped)
        )
        found.append(Computed(organisation_id, name, given, rule.tolerance_share))
    return found


@dataclass(frozen=True, slots=True)
class Ways:
    """What a brand's rulebooks cap in a season, and how harvests become its goods."""

    caps: dict[str, Decimal]
    names: dict[str, tuple[str, ...]]
    goods: frozenset[str]
    conversions: tuple[rules.Conversion, ...]

    def capped_for(self, licensed: frozenset[str]) -> list[rules.CappedProduct]:
        """Return the harvests that count for a user who is licensed for some products."""
        found = []
        for code, cap in sorted(self.caps.items()):
            ratio = rules.ratio_for(
                code, goods=self.goods, licensed=licensed, conversions=self.conversions
            )
            if ratio is not None:
                found.append(rules.CappedProduct(code, self.names[code], cap, ratio))
        return found


def _ways(brand_code: str, season: int) -> Ways:
    caps: dict[str, Decimal] = {}
    for each in schemes.brand_caps(brand_code):
        if each.season == season:
            lowest = caps.get(each.product_code, each.cap_kg_per_ha)
            caps[each.product_code] = min(lowest, each.cap_kg_per_ha)
    known = products.products_of_codes(caps)
    return Ways(
        caps=caps,
        names={each.code: (each.name, *each.names.values()) for each in known},
        goods=frozenset(schemes.brand_products(brand_code)),
        conversions=tuple(
            rules.Conversion(each.input_code, each.output_code, each.ratio_high)
            for each in schemes.brand_conversions(brand_code)
        ),
    )


def _users(brand_code: str, season: int) -> dict[int, tuple[str, frozenset[str]]]:
    """Return who holds a licence on any day of the season's year, by name, and on what."""
    first, last = date(season, 1, 1), date(season, 12, 31)
    rows = Licence.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=first),
        brand__code=brand_code,
        valid_from__lte=last,
        valid_until__gte=first,
    ).order_by("organisation__name", "organisation_id", "products__product_code")
    named: dict[int, str] = {}
    licensed: dict[int, set[str]] = defaultdict(set)
    for user, name, code in rows.values_list(
        "organisation_id", "organisation__name", "products__product_code"
    ):
        named[user] = name
        licensed[user].add(code)
    return {user: (name, frozenset(licensed[user])) for user, name in named.items()}


def _plots(users: Iterable[int], boundary: str, season: int) -> dict[int, list[rules.Plot]]:
    rows = places.growing_areas(SYSTEM).filter(organisation_id__in=list(users), status="active")
    areas = list(rows.order_by("code"))
    drawn = [row.pk for row in areas if row.geometry]
    inside = places.containments(drawn, boundary) if boundary else {}
    harvests: Harvests = defaultdict(list)
    given = lots.area_seasons(SYSTEM).filter(season=season, area__in=areas)
    for area_id, code, kg in given.values_list("area_id", "product__code", "harvested_kg"):
        harvests[area_id].append((code, kg))
    plots: dict[int, list[rules.Plot]] = defaultdict(list)
    for row in areas:
        plots[row.organisation_id].append(
            rules.Plot(
                code=row.code,
                name=row.name,
                crop=row.crop,
                area_ha=Decimal(row.area_ha),
                is_inside=not boundary or (row.pk in inside and inside[row.pk].inside),
                harvested_kg=tuple(harvests[row.pk]),
            )
        )
    return plots
