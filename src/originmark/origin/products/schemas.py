"""What a program may send about products, and what it gets."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from originmark.origin.parties import selectors as parties
from originmark.origin.products.models import Product
from originmark.origin.products.rules import Characteristic, ProductDraft, checked

Kind = Literal["crop", "material", "trade_item"]
Unit = Literal["g", "kg", "jin", "piece"]
Language = Literal["en", "vi", "zh-hans"]


class CharacteristicBody(Schema):
    """One line of a specification."""

    characteristic: Annotated[str, Field(min_length=1, max_length=200)]
    limit: Annotated[str, Field(min_length=1, max_length=200)]
    unit: Annotated[str, Field(max_length=40)] = ""
    method: Annotated[str, Field(max_length=200)] = ""


class ProductChange(Schema):
    """A product but for its code."""

    kind: Kind
    name: Annotated[str, Field(min_length=1, max_length=200)]
    gtin: Annotated[str, Field(max_length=14, examples=["6901234567892"])] = ""
    names: dict[Language, Annotated[str, Field(max_length=200)]] = {}
    group: Annotated[str, Field(max_length=40, description="Code of the product group")] = ""
    variety: Annotated[str, Field(max_length=120)] = ""
    net_content_g: Annotated[int | None, Field(gt=0, le=50_000_000)] = None
    net_content_pieces: Annotated[int | None, Field(gt=0, le=50_000_000)] = None
    net_content_unit: Unit = "g"
    organisation: Annotated[str | None, Field(description="Code of the producer")] = None
    story: Annotated[str, Field(max_length=20000)] = ""
    stories: dict[Language, Annotated[str, Field(max_length=20000)]] = {}
    specification: Annotated[list[CharacteristicBody], Field(max_length=100)] = []

    def draft(self, code: str) -> ProductDraft:
        """Return the product that the body describes; raises UnknownOrganisation."""
        said = self.dict(exclude={"organisation", "specification"})
        maker = parties.organisation(self.organisation).pk if self.organisation else None
        lines = tuple(Characteristic(**line.dict()) for line in self.specification)
        draft = ProductDraft(code=code, organisation_id=maker, specification=lines, **said)
        return checked(draft)


class ProductIn(ProductChange):
    """A product to register."""

    code: Annotated[str, Field(min_length=1, max_length=40, examples=["millet-500g"])]


class ProductOut(Schema):
    """A product."""

    code: str
    uri: str
    kind: Kind
    gtin: Annotated[str, Field(description="14 digits, or empty")]
    name: str
    names: dict[str, str]
    group: str | None
    variety: str
    net_content_g: int | None
    net_content_pieces: int | None
    organisation: str | None
    specification: list[CharacteristicBody]
    is_active: bool

    @staticmethod
    def resolve_group(row: Product) -> str | None:
        """Return the code of the group."""
        return row.group.code if row.group else None

    @staticmethod
    def resolve_organisation(row: Product) -> str | None:
        """Return the code of the producer."""
        return row.organisation.code if row.organisation else None
