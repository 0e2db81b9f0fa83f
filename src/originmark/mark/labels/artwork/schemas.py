"""What a program may send about artwork, and what it gets."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from originmark.mark.labels.artwork.content import ArtworkDraft, LabelContent
from originmark.mark.labels.artwork.models import Artwork
from originmark.mark.labels.artwork.selectors import Checked, checked, picture_of
from originmark.mark.labels.artwork.sentences import told

Market = Literal["VN", "CN"]
State = Literal["draft", "approved", "superseded"]
Line = Annotated[str, Field(max_length=300)]
Text = Annotated[str, Field(max_length=2000)]


class LabelContentIn(Schema):
    """What stands on a label, field by field; what is left out is not on it."""

    name: Line = ""
    organisation: Line = ""
    address: Line = ""
    contact: Line = ""
    organisation_id: Line = ""
    origin: Line = ""
    net_content: Decimal | None = Field(None, ge=0, max_digits=12, decimal_places=3)
    net_unit: Literal["g", "kg", "jin", "ml", "l", "piece"] = "g"
    production_date: str = Field("", max_length=40, description="As printed, or DD/MM/YYYY")
    expiry_date: str = Field("", max_length=40, description="As printed, or DD/MM/YYYY")
    shelf_life_months: int | None = Field(None, ge=1, le=1200)
    ingredients: Text = ""
    allergens: Text = ""
    warnings: Text = ""
    instructions: Text = ""
    storage: Text = ""
    ethanol_percent: Decimal | None = Field(None, ge=0, le=100, max_digits=5, decimal_places=2)
    lot_id: Line = ""
    gtin: str = Field("", max_length=14)
    standard_code: Line = ""
    production_licence: Line = ""
    traceability: Line = ""
    certificates: Text = ""
    claims: Text = Field("", description="Everything that praises the goods, word for word")
    star_count: int = Field(0, ge=0, le=5)
    credit_code: str = Field("", max_length=18)
    has_gi_sign: bool = False


class ArtworkIn(Schema):
    """A label that somebody wants to print."""

    product: str = Field(max_length=40, description="Code of the product")
    market: Market
    category: Literal["food", "alcohol", "produce", "loose", "other"]
    print_on: date = Field(description="The rules, stars and licences of this day count")
    brand: str = Field("", max_length=60, description="Code of the mark whose logo is shown")
    content: LabelContentIn

    def draft(self) -> ArtworkDraft:
        """Return it as the services take it."""
        return ArtworkDraft(
            product_code=self.product, market=self.market, category=self.category,
            print_on=self.print_on, brand_code=self.brand,
            content=LabelContent(**self.content.dict()),
        )  # fmt: skip


class SeenIn(Schema):
    """Points of the checklist that an inspector found met on the picture."""

    items: list[Literal["words", "language", "legible", "signs", "honest"]] = Field(max_length=20)


class ArtworkFindingOut(Schema):
    """One thing that is not as it has to be."""

    field: str
    name: str
    code: str
    severity: str
    found: str
    expected: str
    to_do: str
    legal_basis: str
    ruleset: str


class LabelRulesetOut(Schema):
    """A rule set that was applied."""

    code: str
    version: int
    title: str
    kind: str
    legal_basis: str
    confidence: str


class ArtworkCheckOut(Schema):
    """What became of a check."""

    is_printable: bool = Field(description="Nothing is found that must be mended")
    rulesets: list[LabelRulesetOut] = Field(alias="sets")
    findings: list[ArtworkFindingOut]
    fine: list[str] = Field(description="Fields that are asked and are as they have to be")

    @staticmethod
    def resolve_findings(found: Checked) -> list[Any]:
        """Return the findings in words."""
        return [told(each) for each in found.findings]


class ArtworkOut(Schema):
    """One version of a label."""

    number: str
    product: str = Field(alias="product_code")
    organisation: str = Field(alias="organisation.code")
    market: str
    category: str
    version: int
    print_on: date
    brand: str = Field(alias="brand_code")
    state: str = Field(alias="status")
    has_picture: bool
    made_at: datetime
    made_by: str
    approved_at: datetime | None
    approved_by: str

    @staticmethod
    def resolve_has_picture(row: Artwork) -> bool:
        """Return whether a picture was sent."""
        return hasattr(row, "picture")


class ArtworkDetailOut(ArtworkOut):
    """One version of a label, what it says, and what a check of today finds."""

    content: dict[str, Any]
    seen: list[str] = Field(description="Points of the checklist that an inspector ticked")
    check: ArtworkCheckOut

    @staticmethod
    def resolve_seen(row: Artwork) -> list[str]:
        """Return the points that were ticked on the picture."""
        picture = picture_of(row)
        return [each.item for each in picture.ticks.order_by("item")] if picture else []

    @staticmethod
    def resolve_check(row: Artwork) -> Checked:
        """Return what is found today."""
        return checked(row)
