"""What the rules of products refuse, in words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownProduct(RuleViolation):
    """Nobody knows such a product, or the person may not see it."""

    code: ClassVar[str] = "unknown-product"
    status: ClassVar[int] = 404
    field: ClassVar[str | None] = "product"
    sentence: ClassVar[str] = gettext_noop(
        "There is no product %(product)s here. Look it up in the list of products."
    )

    product: str


@dataclass(eq=False)
class UnknownGroup(RuleViolation):
    """Nobody knows such a group."""

    code: ClassVar[str] = "unknown-product-group"
    status: ClassVar[int] = 422
    field: ClassVar[str | None] = "group"
    sentence: ClassVar[str] = gettext_noop(
        "There is no product group %(group)s. Add the group first, or leave it out."
    )

    group: str


@dataclass(eq=False)
class GtinRefused(RuleViolation):
    """The text is no GTIN."""

    code: ClassVar[str] = "gtin-refused"
    field: ClassVar[str | None] = "gtin"
    sentence: ClassVar[str] = gettext_noop(
        "%(reason)s. Copy the number from below the bars, or leave it out: "
        "a product without one gets an identifier of the programme's own."
    )

    gtin: str
    reason: str


@dataclass(eq=False)
class GtinTaken(RuleViolation):
    """Another product has this GTIN."""

    code: ClassVar[str] = "gtin-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "gtin"
    sentence: ClassVar[str] = gettext_noop(
        "GTIN %(gtin)s already belongs to the product %(product)s. "
        "Use that product, or check the number."
    )

    gtin: str
    product: str


@dataclass(eq=False)
class CodeTaken(RuleViolation):
    """Another product or group has this code."""

    code: ClassVar[str] = "product-code-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "code"
    sentence: ClassVar[str] = gettext_noop(
        "The code %(taken)s is already in use. Choose another code."
    )

    taken: str


@dataclass(eq=False)
class CodeRefused(RuleViolation):
    """A code that cannot stand in an identifier."""

    code: ClassVar[str] = "product-code-refused"
    field: ClassVar[str | None] = "code"
    sentence: ClassVar[str] = gettext_noop(
        "The code “%(found)s” should be 1 to 40 letters a–z, digits, - and _, as in millet-500g."
    )

    found: str


@dataclass(eq=False)
class KindRefused(RuleViolation):
    """A kind that products do not have."""

    code: ClassVar[str] = "product-kind-refused"
    field: ClassVar[str | None] = "kind"
    sentence: ClassVar[str] = gettext_noop(
        "“%(found)s” is no kind of product. It should be one of %(expected)s."
    )

    found: str
    expected: tuple[str, ...] = ("crop", "material", "trade_item")


@dataclass(eq=False)
class ProducerMissing(RuleViolation):
    """A pack that nobody makes."""

    code: ClassVar[str] = "producer-missing"
    field: ClassVar[str | None] = "organisation"
    sentence: ClassVar[str] = gettext_noop(
        "%(product)s is a trade item and names no producer. Choose the organisation that makes it."
    )

    product: str


@dataclass(eq=False)
class ProducerUnknown(RuleViolation):
    """A producer that nobody knows."""

    code: ClassVar[str] = "producer-unknown"
    field: ClassVar[str | None] = "producer"
    sentence: ClassVar[str] = gettext_noop(
        "There is no organisation with the code %(producer)s. Register it first."
    )

    producer: str


@dataclass(eq=False)
class NetContentRefused(RuleViolation):
    """A net content that no pack can have."""

    code: ClassVar[str] = "net-content-refused"
    field: ClassVar[str | None] = "net_content"
    sentence: ClassVar[str] = gettext_noop(
        "A net content of %(found)s was given; it should be more than nothing, in whole grams or "
        "pieces, and at most 50 t."
    )

    found: str


@dataclass(eq=False)
class SpecificationRefused(RuleViolation):
    """A line of a specification that says too little."""

    code: ClassVar[str] = "specification-refused"
    field: ClassVar[str | None] = "specification"
    sentence: ClassVar[str] = gettext_noop(
        "Line %(line)s of the specification: %(reason)s. "
        "Write each line as characteristic | limit | unit | method."
    )

    line: int
    reason: str


@dataclass(eq=False)
class DatesRefused(RuleViolation):
    """A right that ends before it begins."""

    code: ClassVar[str] = "right-dates-refused"
    field: ClassVar[str | None] = "valid_until"
    sentence: ClassVar[str] = gettext_noop(
        "Valid until %(valid_until)s is before the registration on %(registered_on)s. "
        "Check both dates."
    )

    registered_on: date
    valid_until: date


@dataclass(eq=False)
class RightRecorded(RuleViolation):
    """The same right twice."""

    code: ClassVar[str] = "right-recorded"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "number"
    sentence: ClassVar[str] = gettext_noop(
        "%(number)s of %(authority)s is recorded for this product already. Change that record."
    )

    number: str
    authority: str


@dataclass(eq=False)
class UnknownRight(RuleViolation):
    """No such right in this product."""

    code: ClassVar[str] = "unknown-right"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "This product has no right %(right)s. Somebody may have removed it."
    )

    right: str


@dataclass(eq=False)
class UnknownPicture(RuleViolation):
    """No such picture of this product."""

    code: ClassVar[str] = "unknown-picture"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "This product has no picture %(picture)s. Somebody may have removed it."
    )

    picture: str


@dataclass(eq=False)
class PictureLimit(RuleViolation):
    """More pictures than a page should carry."""

    code: ClassVar[str] = "picture-limit"
    field: ClassVar[str | None] = "file"
    sentence: ClassVar[str] = gettext_noop(
        "A product has at most %(most)s pictures. Remove one first."
    )

    most: int


@dataclass(eq=False)
class WrongOrder(RuleViolation):
    """An order that forgets a picture, or names one twice."""

    code: ClassVar[str] = "picture-order-refused"
    sentence: ClassVar[str] = gettext_noop(
        "%(found)s pictures were put in order, the product has %(expected)s. Name each once."
    )

    found: int
    expected: int
