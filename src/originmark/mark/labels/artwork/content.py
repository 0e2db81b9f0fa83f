"""What a label says, typed, and the names of its fields. No framework."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Final, Self

from originmark.frame.web.refusals import gettext_noop

CATEGORIES: Final = {
    "food": gettext_noop("Packed food"),
    "alcohol": gettext_noop("Alcohol"),
    "produce": gettext_noop("Edible produce, unprocessed"),
    "loose": gettext_noop("Loose goods"),
    "other": gettext_noop("Other goods"),
}
MARKETS: Final = {"VN": gettext_noop("Vietnam"), "CN": gettext_noop("China")}
FIELD_NAMES: Final = {
    "name": gettext_noop("Name of the goods"),
    "organisation": gettext_noop("Responsible organisation"),
    "address": gettext_noop("Address of the organisation"),
    "contact": gettext_noop("Contact"),
    "organisation_id": gettext_noop("Number of the organisation"),
    "origin": gettext_noop("Origin"),
    "net_content": gettext_noop("Net content"),
    "production_date": gettext_noop("Production date"),
    "expiry_date": gettext_noop("Expiry or use-by date"),
    "shelf_life_months": gettext_noop("Shelf life, months"),
    "ingredients": gettext_noop("Ingredients"),
    "allergens": gettext_noop("Allergens"),
    "warnings": gettext_noop("Warnings"),
    "instructions": gettext_noop("Instructions for use"),
    "storage": gettext_noop("Storage"),
    "ethanol_percent": gettext_noop("Ethanol, % by volume"),
    "lot_id": gettext_noop("Lot"),
    "gtin": gettext_noop("GTIN"),
    "standard_code": gettext_noop("Product standard"),
    "production_licence": gettext_noop("Production licence"),
    "traceability": gettext_noop("Traceability"),
    "certificates": gettext_noop("Certificates"),
    "claims": gettext_noop("Claims"),
    "star_count": gettext_noop("Stars shown"),
    "credit_code": gettext_noop("Unified social credit code"),
    "picture": gettext_noop("Picture of the label"),
    "brand": gettext_noop("Logo of the brand"),
}
ON_LABEL: Final = tuple(name for name in FIELD_NAMES if name not in {"picture", "brand"})
FLAGS: Final = ("has_gi_sign",)


@dataclass(frozen=True, slots=True)
class LabelContent:
    """What stands on a label, field by field; empty is: not on it."""

    name: str = ""
    organisation: str = ""
    address: str = ""
    contact: str = ""
    organisation_id: str = ""
    origin: str = ""
    net_content: Decimal | None = None
    net_unit: str = "g"
    production_date: str = ""
    expiry_date: str = ""
    shelf_life_months: int | None = None
    ingredients: str = ""
    allergens: str = ""
    warnings: str = ""
    instructions: str = ""
    storage: str = ""
    ethanol_percent: Decimal | None = None
    lot_id: str = ""
    gtin: str = ""
    standard_code: str = ""
    production_licence: str = ""
    traceability: str = ""
    certificates: str = ""
    claims: str = ""
    star_count: int = 0
    credit_code: str = ""
    has_gi_sign: bool = False

    def shown(self, field: str) -> str:
        """Return what the label says in a field, as text."""
        value = getattr(self, field)
        return "" if value is None else str(value).strip()

    def as_json(self) -> dict[str, Any]:
        """Return the fields as JSON holds them: decimals as text."""
        return {
            name: str(value) if isinstance(value, Decimal) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """Return the content that ``as_json`` wrote."""
        known = {each.name for each in fields(cls)}
        facts = {name: value for name, value in told.items() if name in known}
        for name in ("net_content", "ethanol_percent"):
            if facts.get(name) is not None:
                facts[name] = Decimal(facts[name])
        return cls(**facts)


@dataclass(frozen=True, slots=True)
class ArtworkDraft:
    """A label that somebody wants to print."""

    product_code: str
    market: str
    category: str
    print_on: date
    content: LabelContent
    brand_code: str = ""
