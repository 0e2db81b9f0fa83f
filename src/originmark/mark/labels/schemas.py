"""What a program may send about labels, and what it gets."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from originmark.mark.labels.models import LabelRun


class IssueIn(Schema):
    """Labels to issue."""

    lot: str = Field(max_length=40, description="Code of a packed lot")
    brand: str = Field(max_length=60, description="Code of the mark")
    count: int = Field(description="How many labels")


class RangeIn(Schema):
    """Labels of a run by their numbers, from 1; without ``first`` the whole run is meant."""

    first: int | None = Field(None, ge=1, le=2**24)
    last: int | None = Field(None, ge=1, le=2**24)
    reason: str = Field("", max_length=300)

    def ends(self, count: int = 0) -> dict[str, Any]:
        """Return the indexes from 0; no range is the whole run of ``count`` labels."""
        first = self.first or 1
        last = self.last or (self.first if self.first is not None else count)
        return {"first": first - 1, "last": last - 1}


class RunOut(Schema):
    """A label run."""

    number: str
    lot: str = Field(alias="lot_code")
    product: str = Field(alias="product_code")
    gtin: str
    brand: str = Field(alias="brand.code")
    licence: str = Field(alias="licence.number")
    count: int
    issued_count: int
    activated_count: int
    spoiled_count: int
    withdrawn_count: int
    returned_count: int
    destroyed_count: int
    issued_at: datetime
    warnings: list[str] = Field(description="What was said when they were issued")

    @staticmethod
    def resolve_warnings(run: LabelRun) -> list[str]:
        """Return what was said though it was not in the way; nothing for runs of before."""
        return list(run.decided_on.get("advice", ()))


class SerialOut(Schema):
    """What a genuine serial stands for."""

    serial: str
    url: str
    run_number: str
    index: int
    state: str
    reason: str
    since: datetime | None
    lot_code: str
    product_code: str
    gtin: str
    brand_code: str
    brand_name: str
    licence_number: str


class CutIn(Schema):
    """How long the rolls are."""

    size: int = Field(ge=1, le=2**24, description="Labels on a roll")


class HandOverIn(Schema):
    """Who holds a roll now."""

    holder_kind: Literal["office", "printer", "producer", "line"]
    holder_name: str = Field(max_length=200)
    signed_by: str = Field(max_length=200)
    on: date
    note: str = Field("", max_length=300)


class CountIn(Schema):
    """What is counted on a roll, since it was cut."""

    used: int = Field(ge=0, le=2**24)
    spoiled: int = Field(ge=0, le=2**24)
    left: int = Field(ge=0, le=2**24)


class RollOut(Schema):
    """A roll."""

    code: str
    run: str = Field(alias="run.number")
    first_index: int
    last_index: int
    count: int
    holder_kind: str
    holder_name: str
    cut_at: datetime


class LineOut(Schema):
    """Labels of one kind: recorded, counted, and the difference."""

    key: str
    recorded: int
    counted: int | None
    difference: int


class ReconciledOut(Schema):
    """A roll, line by line."""

    count: int
    sent_back: int
    missing: int
    agrees: bool
    lines: list[LineOut]
