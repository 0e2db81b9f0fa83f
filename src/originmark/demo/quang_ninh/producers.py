"""The 216 producers of the demonstration and their 393 products.

53, 89 and 74 are published for the province; which number is which kind of producer is not, so
the kinds are demonstration data, as is every name.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from originmark.demo.quang_ninh.kinds import WITHOUT_BARCODE, Kind, kinds_of_products
from originmark.origin.parties import access
from originmark.origin.parties import services as parties
from originmark.origin.places import selectors as places
from originmark.origin.products import services as products
from originmark.standards.gs1.keys import check_digit

PROVINCE: Final = "vn-22"
KINDS_OF_PRODUCERS: Final = {"enterprise": 53, "cooperative": 89, "household": 74}
WORDS: Final = {
    "enterprise": ("Company", "Công ty"),
    "cooperative": ("Cooperative", "Hợp tác xã"),
    "household": ("Household", "Hộ"),
}
FARMS: Final = (
    ("Green Hill", "Đồi Xanh"),
    ("Blue Bay", "Vịnh Biếc"),
    ("Pine Forest", "Rừng Thông"),
    ("Stone Spring", "Suối Đá"),
    ("Sunny Slope", "Sườn Nắng"),
    ("White Sand", "Cát Trắng"),
    ("Old Well", "Giếng Cổ"),
)


WEIGHED: Final = {"I", "II", "III"}
PACK_G: Final = 250


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """A product of the province: its code, whose it is, and of what kind."""

    code: str
    organisation_id: int
    kind: Kind


def settle(*, now: datetime) -> list[DemoProduct]:
    """Register producers and products; return the products in the order of their groups."""
    kinds = list(kinds_of_products())
    makers = _producers(kinds, now=now)
    return [
        _product(n, kind, makers[n % len(makers)], now=now) for n, kind in enumerate(_mixed(kinds))
    ]


def _mixed(kinds: list[Kind]) -> list[Kind]:
    """Return the kinds mixed, so that a maker's two products are of different kinds.

    The stride has no divisor in common with the number of products: each is taken once.
    """
    return [kinds[n * 172 % len(kinds)] for n in range(len(kinds))]


def _producers(kinds: list[Kind], *, now: datetime) -> list[tuple[int, str]]:
    """Return id and name of each producer; who makes what a place is known for lives there."""
    units = list(places.units_under(places.unit(PROVINCE), scheme="VN", on=now.date()))
    by_key = {unit.key: unit for unit in units}
    of_kinds = [kind for kind, count in KINDS_OF_PRODUCERS.items() for _ in range(count)]
    found = []
    for n, (producer, made) in enumerate(zip(of_kinds, _mixed(kinds), strict=False)):
        unit = by_key[made.home] if made.home else units[n % len(units)]
        farm, vietnamese = FARMS[n % len(FARMS)]
        word, vietnamese_word = WORDS[producer]
        place = unit.name.split(" ", 1)[1]
        row = parties.create_organisation(
            kind=producer,
            code=f"qn-{n + 1:03d}",
            name=f"{farm} {n + 1} {word}, {place} (demo)",
            names={"vi": f"{vietnamese_word} {vietnamese} {n + 1}, {place} (minh họa)"},
            unit_id=unit.pk,
            by=access.SYSTEM,
            now=now,
        )
        found.append((row.pk, f"{farm} {n + 1}"))
    return found


def _product(n: int, kind: Kind, maker: tuple[int, str], *, now: datetime) -> DemoProduct:
    organisation_id, farm = maker
    code = f"qn-product-{n + 1:03d}"
    digits = f"952300{n + 1:06d}"
    products.register_product(
        products.ProductDraft(
            code=code,
            kind="trade_item",
            name=f"{kind.name} of {farm} (demo)",
            names={"vi": f"{kind.vietnamese} {farm} (minh họa)"},
            gtin="" if kind.group == WITHOUT_BARCODE else digits + check_digit(digits),
            net_content_g=PACK_G if kind.group in WEIGHED else None,
            organisation_id=organisation_id,
        ),
        by=access.SYSTEM,
        now=now,
    )
    return DemoProduct(code, organisation_id, kind)
