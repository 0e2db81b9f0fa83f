"""Questions about brands, their rights and their rulebooks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from originmark.mark.schemes import rules
from originmark.mark.schemes.countries import country_names
from originmark.mark.schemes.family_selectors import children, consent, consent_on, mother_code
from originmark.mark.schemes.family_selectors import consents as consents_of
from originmark.mark.schemes.models import Brand, ConversionBound, Right, Rulebook, YieldCap
from originmark.mark.schemes.rulebook_selectors import (
    criteria_set,
    file_of,
    gi_procedure_for,
    gi_procedure_of,
    product_set,
    product_sets,
    rulebook_codes,
    scheme_of,
    set_of,
    star_scheme,
    star_scheme_on,
    star_schemes,
    use_rules,
    use_rules_of,
)

__all__ = [
    "BrandFacts", "RightFacts", "RulebookFacts", "SeasonBounds", "brand", "brand_caps",
    "brand_conversions", "brand_covers", "brand_products", "brands", "children_of", "consent",
    "consent_on", "consents_of", "conversion_bounds", "criteria_set", "file_of", "gi_procedure_for",
    "gi_procedure_of", "logo_name",
    "mother_of", "product_set", "product_sets", "right",
    "right_classes", "right_countries", "right_registers", "rights", "rights_in_force",
    "rulebook", "rulebook_codes", "rulebook_in_force", "rulebooks", "scheme_of",
    "season_bounds", "set_of", "star_scheme", "star_scheme_on", "star_schemes", "use_rules",
    "use_rules_of",
]  # fmt: skip

HARVEST: Final = "harvest"
Ruling = TypeVar("Ruling", YieldCap, ConversionBound)


@dataclass(frozen=True, slots=True)
class BrandFacts:
    """A brand, as other rooms see it."""

    id: int
    code: str
    name: str
    names: dict[str, str]
    kind: str
    owner_id: int
    owner_name: str
    boundary_code: str
    story: str
    logo_url: str
    is_active: bool

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return reverse("schemes:brand", args=[self.code])


@dataclass(frozen=True, slots=True)
class RightFacts:
    """A right, as other rooms see it."""

    id: int
    kind: str
    kind_name: str
    authority: str
    register: str
    number: str
    name: str
    country: str
    registered_on: date | None
    valid_until: date | None
    status: str

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return reverse("schemes:right", args=[self.id])


@dataclass(frozen=True, slots=True)
class RulebookFacts:
    """A version of a rulebook, as other rooms see it."""

    id: int
    code: str
    version: int
    title: str
    valid_from: date
    valid_until: date | None

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return reverse("schemes:rulebook_version", args=[self.code, self.version])


@dataclass(frozen=True, slots=True)
class SeasonBounds:
    """What the rulebooks allow for a product in a season; a None is not ruled."""

    yield_cap_kg_per_ha: Decimal | None
    ratio_low: Decimal | None
    ratio_high: Decimal | None
    source: str


def brand(code: str) -> BrandFacts:
    """Return a brand. One query; raises UnknownBrand."""
    row = Brand.objects.select_related("owner").filter(code=code).first()
    if row is None:
        raise rules.UnknownBrand(brand=code)
    return _brand_facts(row)


def mother_of(brand_code: str) -> BrandFacts | None:
    """Return the mother brand of a brand, if it has one. Two queries."""
    code = mother_code(brand_code)
    return brand(code) if code else None


def children_of(brand_code: str) -> list[BrandFacts]:
    """Return the brands under a mother brand, by name. One query."""
    return [_brand_facts(row) for row in children(brand_code)]


def logo_name(brand_code: str) -> str:
    """Return under which name the logo of a brand is stored, empty without one. One query."""
    return Brand.objects.filter(code=brand_code).values_list("logo", flat=True).first() or ""


def brands() -> QuerySet[Brand]:
    """Return every brand with its owner and the number of its products and rights."""
    return (
        Brand.objects.select_related("owner")
        .annotate(
            product_count=Count("products", distinct=True),
            right_count=Count("rights", distinct=True),
        )
        .order_by("name", "pk")
    )


def brand_products(brand_code: str) -> list[str]:
    """Return the codes of the products that may carry the brand. One query."""
    rows = Brand.objects.filter(code=brand_code, products__isnull=False)
    return list(
        rows.order_by("products__product_code").values_list("products__product_code", flat=True)
    )


def brand_covers(brand_code: str, product_code: str) -> bool:
    """Return whether a product may carry the brand. One query."""
    return Brand.objects.filter(code=brand_code, products__product_code=product_code).exists()


def rights() -> QuerySet[Right]:
    """Return every right of every register, with its brand."""
    return Right.objects.select_related("brand").order_by("name", "pk")


def right(right_id: int) -> Right:
    """Return one right with its brand. One query; raises UnknownRight."""
    row = rights().filter(pk=right_id).first()
    if row is None:
        raise rules.UnknownRight(register="", number=str(right_id))
    return row


def rights_in_force(brand_code: str, on: date) -> list[RightFacts]:
    """Return the rights that protect the brand on a day, oldest first. One query."""
    rows = Right.objects.filter(brand__code=brand_code, status=Right.Status.REGISTERED)
    return [
        _right_facts(row)
        for row in rows.order_by("registered_on", "pk")
        if rules.in_force(
            status=row.status, registered_on=row.registered_on, valid_until=row.valid_until, on=on
        )
    ]


def right_countries() -> list[tuple[str, str]]:
    """Return the countries that have rights, with their names, by name. One query."""
    rows = Right.objects.order_by("country").values_list("country", flat=True).distinct()
    codes = {code for row in rows for code in row.split()}
    return sorted(((code, country_names(code)) for code in codes), key=lambda pair: pair[1])


def right_registers() -> list[tuple[str, str]]:
    """Return the registers that rights come from. One query."""
    rows = Right.objects.order_by("register").values_list("register", flat=True).distinct()
    return [(each, each) for each in rows]


def right_classes() -> list[tuple[str, str]]:
    """Return the product classes that rights have. One query."""
    rows = Right.objects.exclude(product_class="").order_by("product_class")
    return [(each, each) for each in rows.values_list("product_class", flat=True).distinct()]


def brand_caps(brand_code: str) -> list[YieldCap]:
    """Return the yield caps of a brand that count, season by season. One query."""
    return _newest_by_season(YieldCap.objects.filter(rulebook__brand__code=brand_code))


def brand_conversions(brand_code: str) -> list[ConversionBound]:
    """Return the conversion bounds of a brand's newest rulebooks. One query."""
    return _newest(ConversionBound.objects.filter(rulebook__brand__code=brand_code))


def rulebooks() -> QuerySet[Rulebook]:
    """Return every version of every rulebook, newest version first."""
    return Rulebook.objects.select_related("brand").order_by("code", "-version")


def rulebook(code: str, version: int | None = None) -> Rulebook:
    """Return a version of a rulebook, the newest by default. One query; raises UnknownRulebook."""
    rows = rulebooks().filter(code=code)
    row = (rows if version is None else rows.filter(version=version)).first()
    if row is None:
        raise rules.UnknownRulebook(rulebook=code if version is None else f"{code} v{version}")
    return row


def rulebook_in_force(brand_code: str, on: date) -> RulebookFacts | None:
    """Return the version of the brand's caps and conversions that rules on a day. One query.

    Where two rulebooks do, the newest version.
    """
    row = (
        Rulebook.objects.filter(brand__code=brand_code, kind=Rulebook.Kind.BALANCE)
        .filter(valid_from__lte=on)
        .filter(Q(valid_until=None) | Q(valid_until__gte=on))
        .order_by("-version", "pk")
        .first()
    )
    if row is None:
        return None
    return RulebookFacts(row.pk, row.code, row.version, row.title, row.valid_from, row.valid_until)


def season_bounds(product_code: str, season: int, process: str) -> SeasonBounds | None:
    """Return what the rulebooks allow for a product in a season. Two queries at most.

    Of each rulebook the newest version that speaks of the season counts. Where rulebooks of
    several brands cap one product, the lowest cap holds; where a process makes the product from
    several others, the bounds reach from the lowest to the highest ratio. ``process`` is
    "harvest" for the cap, else the name of the process whose *output* the product is.
    """
    caps = (
        []
        if process != HARVEST
        else _newest(YieldCap.objects.filter(product_code=product_code, season=season))
    )
    bounds = conversion_bounds(product_code, season, process)
    if not caps and not bounds:
        return None
    cap = min(caps, key=lambda each: each.cap_kg_per_ha) if caps else None
    named = [cap] if cap else bounds
    return SeasonBounds(
        yield_cap_kg_per_ha=cap.cap_kg_per_ha if cap else None,
        ratio_low=min((each.ratio_low for each in bounds), default=None),
        ratio_high=max((each.ratio_high for each in bounds), default=None),
        source="; ".join(f"{each.rulebook}: {each.source}" for each in named),
    )


def conversion_bounds(product_code: str, season: int, process: str) -> list[ConversionBound]:
    """Return the bounds that hold in a season for a process making the product. One query."""
    rows = ConversionBound.objects.filter(
        output_code=product_code, process=process, rulebook__valid_from__year__lte=season
    ).filter(Q(rulebook__valid_until=None) | Q(rulebook__valid_until__year__gte=season))
    return _newest(rows)


def _newest(rows: QuerySet[Ruling]) -> list[Ruling]:
    """Return the rows of the newest version of each rulebook."""
    found = list(rows.select_related("rulebook").order_by("rulebook__code", "pk"))
    newest: dict[str, int] = {}
    for row in found:
        code, version = row.rulebook.code, row.rulebook.version
        newest[code] = max(version, newest.get(code, 0))
    return [row for row in found if row.rulebook.version == newest[row.rulebook.code]]


def _newest_by_season(rows: QuerySet[YieldCap]) -> list[YieldCap]:
    found: dict[tuple[str, str, int], YieldCap] = {}
    for row in rows.select_related("rulebook").order_by("rulebook__version", "pk"):
        found[row.rulebook.code, row.product_code, row.season] = row
    return sorted(found.values(), key=lambda each: (-each.season, each.product_code))


def _brand_facts(row: Brand) -> BrandFacts:
    return BrandFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        names=row.names,
        kind=row.kind,
        owner_id=row.owner_id,
        owner_name=row.owner.name,
        boundary_code=row.boundary_code,
        story=row.story,
        logo_url=reverse("schemes:brand_logo", args=[row.code]) if row.logo else "",
        is_active=row.is_active,
    )


def _right_facts(row: Right) -> RightFacts:
    return RightFacts(
        id=row.pk,
        kind=row.kind,
        kind_name=str(row.get_kind_display()),
        authority=row.authority,
        register=row.register,
        number=row.number,
        name=row.name,
        country=row.country,
        registered_on=row.registered_on,
        valid_until=row.valid_until,
        status=row.status,
    )
