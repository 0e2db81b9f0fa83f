"""Rulebooks for programs: versions, star schemes, criteria, rules of use, and how they differ."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from originmark.mark.schemes import selectors
from originmark.mark.schemes.models import Rulebook
from originmark.mark.schemes.rulebook_compare import compare
from originmark.mark.schemes.star_values import Criterion, Words

router = Router(tags=["schemes"])


class RulebookVersionOut(Schema):
    code: str
    version: int
    kind: str
    title: str
    brand: str | None
    legal_basis: list[str]
    valid_from: date
    valid_until: date | None
    superseded_by: int | None


class RulebookOut(RulebookVersionOut):
    tables: dict[str, list[dict[str, Any]]]
    product_sets: list[str]


class SetOptionOut(Schema):
    points: int
    text: dict[str, str]


class SetCriterionOut(Schema):
    code: str
    name: dict[str, str]
    max_points: int
    note: dict[str, str] | None
    knock_out: dict[str, str] | None
    only_if: tuple[str, int] | None
    evidence: list[dict[str, str]]
    options: list[SetOptionOut]


class SetSectionOut(Schema):
    code: str
    part: str
    name: dict[str, str]
    max_points: int
    criteria: list[SetCriterionOut]


class ProductSetOut(Schema):
    scheme: str
    version: int
    code: str
    name: dict[str, str]
    subgroups: list[str]
    source: str
    sections: list[SetSectionOut]


class RulebookChangeOut(Schema):
    table: str
    kind: str
    name: str
    before: dict[str, Any]
    after: dict[str, Any]


@router.get(
    "/rulebooks", response=list[RulebookVersionOut], summary="Every version of every rulebook"
)
def get_rulebooks(
    request: HttpRequest,  # noqa: ARG001 (ninja gives it)
    kind: str = "",
    code: str = "",
) -> list[dict[str, Any]]:
    """Return the versions, newest first; of one kind or one code where the address says so."""
    rows = selectors.rulebooks()
    if kind:
        rows = rows.filter(kind=kind)
    if code:
        rows = rows.filter(code=code)
    return [_version(row) for row in rows]


@router.get(
    "/rulebooks/{code}/compare", response=list[RulebookChangeOut], summary="How two versions differ"
)
def get_comparison(
    request: HttpRequest,  # noqa: ARG001 (ninja gives it)
    code: str,
    before: int,
    after: int,
) -> list[dict[str, Any]]:
    """Return each row that one version has and the other has not, or has with other values."""
    older, newer = (selectors.file_of(selectors.rulebook(code, each)) for each in (before, after))
    return [
        {
            "table": each.table,
            "kind": change.kind,
            "name": change.name,
            "before": _plain(dict(change.before)),
            "after": _plain(dict(change.after)),
        }
        for each in compare(older, newer)
        for change in each.changes
    ]


@router.get("/rulebooks/{code}/{version}", response=RulebookOut, summary="A version, whole")
def get_rulebook(
    request: HttpRequest,  # noqa: ARG001 (ninja gives it)
    code: str,
    version: int,
) -> dict[str, Any]:
    """Return a version with its tables as the file has them, and the codes of its product sets."""
    row = selectors.rulebook(code, version)
    tables = selectors.file_of(row).tables
    return {
        **_version(row),
        "tables": {
            name: [_plain(each.values) for each in found]
            for name, found in tables.items()
            if name != "rulebook"
        },
        "product_sets": [set_code for set_code, _name in selectors.product_sets(code, version)],
    }


@router.get(
    "/rulebooks/{code}/{version}/sets/{set_code}",
    response=ProductSetOut,
    summary="The criteria of a product set",
)
def get_product_set(
    request: HttpRequest,  # noqa: ARG001 (ninja gives it)
    code: str,
    version: int,
    set_code: str,
) -> dict[str, Any]:
    """Return sections, criteria and options with their points, in each language by its code."""
    found = selectors.product_set(code, version, set_code)
    return {
        "scheme": found.scheme_code,
        "version": found.scheme_version,
        "code": found.code,
        "name": _words(found.name),
        "subgroups": list(found.subgroups),
        "source": found.source,
        "sections": [
            {
                "code": section.code,
                "part": section.part,
                "name": _words(section.name),
                "max_points": section.max_points,
                "criteria": [_criterion(each) for each in section.criteria],
            }
            for section in found.sections
        ],
    }


def _version(row: Rulebook) -> dict[str, Any]:
    return {
        "code": row.code,
        "version": row.version,
        "kind": row.kind,
        "title": row.title,
        "brand": row.brand.code if row.brand else None,
        "legal_basis": row.legal_basis,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "superseded_by": row.superseded_by,
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": _words(criterion.name),
        "max_points": criterion.max_points,
        "note": _words(criterion.note) if criterion.note else None,
        "knock_out": _words(criterion.knock_out) if criterion.knock_out else None,
        "only_if": criterion.only_if,
        "evidence": [_words(each) for each in criterion.evidence],
        "options": [
            {"points": each.points, "text": _words(each.text)} for each in criterion.options
        ],
    }


def _words(words: Words) -> dict[str, str]:
    return {"en": words.english, **dict(words.others)}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as JSON has them: exact decimals as texts."""
    return {
        key: str(each) if isinstance(each, Decimal | date) else each for key, each in values.items()
    }
