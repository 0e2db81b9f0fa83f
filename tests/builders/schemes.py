"""Brands, rights and rulebooks for tests: name only what matters."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from builders.parties import a_programme_office
from builders.products import a_crop

from originmark.mark.schemes import services
from originmark.mark.schemes.models import Brand, Right, Rulebook
from originmark.origin.parties import access
from originmark.origin.parties.models import Organisation
from originmark.origin.products.models import Product

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
_numbers = count(1)


def known_products(codes: Iterable[str]) -> tuple[str, ...]:
    """Register those of the products that nobody registered yet."""
    wanted = tuple(dict.fromkeys(codes))
    for code in wanted:
        if not Product.objects.filter(code=code).exists():
            a_crop(code=code, name=code.title())
    return wanted


def a_brand(
    code: str = "",
    *,
    products: Iterable[str] = ("millet",),
    owner: Organisation | None = None,
    **more: Any,
) -> Brand:
    """A brand of a programme office, for millet unless said otherwise."""

    products = known_products(products)
    number = next(_numbers)
    facts = {"name": f"Brand {number}", "kind": "gi_mark", **more}
    draft = services.BrandDraft(
        code=code or f"brand-{number}",
        owner_id=(owner or a_programme_office()).pk,
        products=products,
        **facts,
    )
    return services.record_brand(draft, by=access.SYSTEM, now=NOON)


def a_right_draft(**more: Any) -> services.RightDraft:
    """What somebody says about a right."""
    facts = {
        "kind": "gi_agricultural",
        "authority": "Ministry of Agriculture",
        "register": "MARA",
        "number": f"AGI-{next(_numbers):05d}",
        "name": "Yangqu millet",
        "country": "CN",
        "status": "registered",
        "registered_on": date(2011, 12, 20),
    }
    return services.RightDraft(**(facts | more))


def a_right(brand: Brand | None = None, **more: Any) -> Right:
    """A registered right, of a brand or of none."""
    return services.record_right(
        a_right_draft(**more), brand_code=brand.code if brand else "", by=access.SYSTEM, now=NOON
    )


CAP = """
[[yield_cap]]
product = "{product}"
season = {season}
cap = {cap}
unit = "kg/mu"
source = "A made-up figure for tests"
confidence = "unverified"
"""
CONVERSION = """
[[conversion]]
process = "{process}"
input = "{input}"
output = "{output}"
ratio_low = {low}
ratio_high = {high}
source = "A made-up figure for tests"
confidence = "unverified"
"""


def a_rulebook_text(  # (a file has many lines)
    brand_code: str,
    *,
    code: str = "",
    version: int = 1,
    valid_from: str = "2026-01-01",
    valid_until: str | None = "2028-12-31",
    supersedes: int | None = None,
    caps: Iterable[tuple[str, int, object]] = (("millet-grain", 2026, 300),),
    conversions: Iterable[tuple[str, str, str, object, object]] = (
        ("milling", "millet-grain", "millet", "0.70", "0.80"),
    ),
) -> str:
    """The text of a rulebook: caps as (product, season, kg/mu), conversions as
    (process, from, to, lowest, highest)."""
    head = [
        "[rulebook]",
        f'code = "{code or brand_code}"',
        f"version = {version}",
        f'title = "Rules of {brand_code}"',
        f'brand = "{brand_code}"',
        'legal_basis = ["Made up for tests"]',
        f"valid_from = {valid_from}",
    ]
    if valid_until:
        head.append(f"valid_until = {valid_until}")
    if supersedes:
        head.append(f"supersedes = {supersedes}")
    tables = [CAP.format(product=each[0], season=each[1], cap=each[2]) for each in caps]
    tables += [
        CONVERSION.format(process=each[0], input=each[1], output=each[2], low=each[3], high=each[4])
        for each in conversions
    ]
    return "\n".join(head) + "\n" + "".join(tables)


def a_rulebook(brand: Brand, **more: Any) -> Rulebook:
    """A loaded rulebook: 300 kg/mu of millet-grain in 2026, milled to 0.70–0.80 of millet."""
    known_products(["millet-grain", "millet"])
    return services.load_rulebook(a_rulebook_text(brand.code, **more), by=access.SYSTEM, now=NOON)
