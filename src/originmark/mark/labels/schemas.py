"""What a program may send about labels, and what it gets."""

from datetime import datetime

from ninja import Field, Schema


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
    issued_at: datetime


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
