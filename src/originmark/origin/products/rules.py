"""What a product may say: pure decisions."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from originmark.origin.products.refusals import (
    CodeRefused,
    CodeTaken,
    DatesRefused,
    GtinRefused,
    GtinTaken,
    KindRefused,
    NetContentRefused,
    PictureLimit,
    ProducerMissing,
    ProducerUnknown,
    RightRecorded,
    SpecificationRefused,
    UnknownGroup,
    UnknownPicture,
    UnknownProduct,
    UnknownRight,
    WrongOrder,
)
from originmark.standards.gs1 import keys

__all__ = [
    "CROP",
    "KINDS",
    "MATERIAL",
    "TRADE_ITEM",
    "Characteristic",
    "CodeRefused",
    "CodeTaken",
    "DatesRefused",
    "GtinRefused",
    "GtinTaken",
    "KindRefused",
    "NetContentRefused",
    "PictureLimit",
    "ProducerMissing",
    "ProducerUnknown",
    "ProductDraft",
    "RightDraft",
    "RightRecorded",
    "SpecificationRefused",
    "UnknownGroup",
    "UnknownPicture",
    "UnknownProduct",
    "UnknownRight",
    "WrongOrder",
    "check_dates",
    "checked",
    "net_content",
    "read_net_content",
    "read_specification",
    "right_status",
    "shown_amount",
    "stored_gtin",
    "write_specification",
]

CROP, MATERIAL, TRADE_ITEM = "crop", "material", "trade_item"
KINDS = (CROP, MATERIAL, TRADE_ITEM)
GRAMS_IN = {"g": Decimal(1), "kg": Decimal(1000), "jin": Decimal(500)}
_UNIT_WORDS = {"pieces": "piece", "pcs": "piece", "克": "g", "公斤": "kg", "斤": "jin"}
_NET_CONTENT = re.compile(
    r"([0-9]{1,9}(?:[.,][0-9]{1,6})?)\s*(g|kg|jin|piece|pieces|pcs|克|公斤|斤)?"
)
HEAVIEST_PACK_G = 50_000_000
RESERVED_CODES = ("new", "groups", "pictures", "import")  # addresses of pages
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


@dataclass(frozen=True, slots=True)
class RightDraft:
    """What somebody says about a right in a product."""

    kind: str
    title: str
    number: str
    authority: str
    holder: str = ""
    registered_on: date | None = None
    valid_until: date | None = None
    withdrawn_on: date | None = None


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
    if draft.code in RESERVED_CODES:
        raise CodeTaken(taken=draft.code)
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


def read_net_content(text: str) -> tuple[Decimal, str]:
    """Return number and unit of a net content as people write it.

    >>> read_net_content("2,5 kg")
    (Decimal('2.5'), 'kg')
    """
    match = _NET_CONTENT.fullmatch(text.strip().lower())
    if match is None:
        raise NetContentRefused(found=text)
    number, unit = match.groups()
    return Decimal(number.replace(",", ".")), _UNIT_WORDS.get(unit or "g", unit or "g")


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
