"""What a product may say: pure decisions."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.standards.gs1 import keys

CROP, MATERIAL, TRADE_ITEM = "crop", "material", "trade_item"
KINDS = (CROP, MATERIAL, TRADE_ITEM)
GRAMS_IN = {"g": Decimal(1), "kg": Decimal(1000), "jin": Decimal(500)}
HEAVIEST_PACK_G = 50_000_000
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
LONGEST_SPECIFICATION = 100
WARN_DAYS = 90

NOT_YET, IN_FORCE, EXPIRING, EXPIRED, WITHDRAWN = (
    "not_yet",
    "in_force",
    "expiring",
    "expired",
    "withdrawn",
)


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
    expected: tuple[str, ...] = KINDS


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


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One line of a specification, as in ``moisture | at most 13 | % | GB 5009.3``."""

    characteristic: str
    limit: str
    unit: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """What somebody says about a product; ``checked`` decides whether it can be one.

    ``net_content_g`` and ``net_content_pieces`` are what a pack holds, by mass or by count;
    ``net_content_unit`` is how people wish to read it. The texts in ``names`` and ``stories`` are
    by language code.
    """

    code: str
    kind: str
    name: str
    gtin: str = ""
    names: dict[str, str] = field(default_factory=dict)
    group: str = ""
    variety: str = ""
    net_content_g: int | None = None
    net_content_pieces: int | None = None
    net_content_unit: str = "g"
    organisation_id: int | None = None
    story: str = ""
    stories: dict[str, str] = field(default_factory=dict)
    specification: tuple[Characteristic, ...] = ()


def checked(draft: ProductDraft) -> ProductDraft:
    """Return the draft tidied, its GTIN in 14 digits, or refuse it with the first reason."""
    if CODE.fullmatch(draft.code) is None:
        raise CodeRefused(found=draft.code)
    if draft.kind not in KINDS:
        raise KindRefused(found=draft.kind)
    if draft.kind == TRADE_ITEM and draft.organisation_id is None:
        raise ProducerMissing(product=draft.name)
    for amount in (draft.net_content_g, draft.net_content_pieces):
        if amount is not None and not 0 < amount <= HEAVIEST_PACK_G:
            raise NetContentRefused(found=str(amount))
    _check_lines(draft.specification)
    return replace(
        draft,
        gtin=stored_gtin(draft.gtin),
        names=_filled(draft.names),
        stories=_filled(draft.stories),
        name=draft.name.strip(),
    )


def stored_gtin(text: str) -> str:
    """Return a GTIN in 14 digits, nothing for nothing; raises GtinRefused."""
    text = text.strip()
    if not text:
        return ""
    try:
        gtin14 = keys.gtin(text)
    except keys.InvalidKey as wrong:
        raise GtinRefused(gtin=text, reason=str(wrong)) from wrong
    if not gtin14.strip("0"):
        raise GtinRefused(gtin=text, reason=f"GTIN {text} is all zeros, which names nothing")
    return gtin14


def net_content(amount: Decimal | None, unit: str) -> tuple[int | None, int | None]:
    """Return a net content as whole grams, or as pieces; raises NetContentRefused.

    >>> net_content(Decimal("2.5"), "kg")
    (2500, None)
    >>> net_content(Decimal("12"), "piece")
    (None, 12)
    """
    if amount is None:
        return None, None
    whole = amount * GRAMS_IN.get(unit, Decimal(1))
    if whole != whole.to_integral_value() or not 0 < whole <= HEAVIEST_PACK_G:
        raise NetContentRefused(found=f"{amount} {unit}")
    return (None, int(whole)) if unit == "piece" else (int(whole), None)


def shown_amount(grams: int | None, pieces: int | None, unit: str) -> Decimal | None:
    """Return the number that stands before the unit, as it was typed."""
    if grams is None:
        return None if pieces is None else Decimal(pieces)
    return Decimal(grams) / GRAMS_IN.get(unit, Decimal(1))


def read_specification(text: str) -> tuple[Characteristic, ...]:
    """Return a specification that was typed, one characteristic a line.

    >>> read_specification("moisture | at most 13 | % | GB 5009.3")[0].limit
    'at most 13'
    """
    lines: list[Characteristic] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split("|")]
        if not 2 <= len(parts) <= 4:
            raise SpecificationRefused(
                line=number, reason=f"{len(parts)} parts between | were found, 2 to 4 are needed"
            )
        lines.append(Characteristic(*parts))
    _check_lines(tuple(lines))
    return tuple(lines)


def write_specification(lines: list[dict[str, Any]]) -> str:
    """Return a stored specification as it is typed, the other way of ``read_specification``."""
    rows = ([each.get(name, "") for name in Characteristic.__slots__] for each in lines)
    return "\n".join(" | ".join(row).rstrip(" |") for row in rows)


def right_status(
    *, registered_on: date | None, valid_until: date | None, withdrawn_on: date | None, on: date
) -> str:
    """Return what a right is worth on a day; it is expiring in its last 90 days."""
    if withdrawn_on is not None and withdrawn_on <= on:
        return WITHDRAWN
    if registered_on is not None and on < registered_on:
        return NOT_YET
    if valid_until is None:
        return IN_FORCE
    left_days = (valid_until - on).days
    if left_days < 0:
        return EXPIRED
    return EXPIRING if left_days <= WARN_DAYS else IN_FORCE


def check_dates(registered_on: date | None, valid_until: date | None) -> None:
    """Raise DatesRefused when a right would end before it begins."""
    if registered_on is not None and valid_until is not None and valid_until < registered_on:
        raise DatesRefused(registered_on=registered_on, valid_until=valid_until)


def _check_lines(lines: tuple[Characteristic, ...]) -> None:
    if len(lines) > LONGEST_SPECIFICATION:
        raise SpecificationRefused(line=LONGEST_SPECIFICATION + 1, reason="100 lines are the most")
    for number, line in enumerate(lines, start=1):
        if not line.characteristic or not line.limit:
            missing = "limit" if line.characteristic else "characteristic"
            raise SpecificationRefused(line=number, reason=f"the {missing} is missing")


def _filled(texts: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}
