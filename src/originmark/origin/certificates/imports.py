"""Certificates from spreadsheets."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from originmark.frame.web.importer import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    each_row,
)
from originmark.origin.certificates import rules, selectors, services
from originmark.origin.certificates.models import Certificate
from originmark.origin.certificates.rules import CertificateDraft, HolderUnknown
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.standards.gs1.keys import DIGITS


def read_day(text: str) -> date:
    """Return a day written as 2026-09-30."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise ValueError(f"“{text}” is no day; write it as 2026-09-30") from wrong


def read_count(text: str) -> int:
    """Return a whole number."""
    if DIGITS.fullmatch(text.strip()) is None or len(text.strip()) > 9:
        raise ValueError(f"“{text}” is no whole number; write digits, as in 120")
    return int(text)


def read_area(text: str) -> Decimal:
    """Return an area in hectares."""
    plain = text.strip().replace(",", ".")
    try:
        area = Decimal(plain) if plain.isascii() else Decimal("NaN")
    except InvalidOperation:
        area = Decimal("NaN")
    if not area.is_finite() or area >= 10**8:
        raise ValueError(f"“{text}” is no area; write hectares, as in 12.5")
    return area.quantize(Decimal("0.0001"))


def read_codes(text: str) -> tuple[str, ...]:
    """Return codes that stand apart by ; or ,."""
    return tuple(
        sorted({code.strip() for code in text.replace(",", ";").split(";") if code.strip()})
    )


def import_certificates(rows: list[ImportRow], *, by: Actor, now: datetime) -> ImportResult:
    """Record the papers that are new and change those that differ."""

    def act(row: ImportRow) -> str:
        draft = rules.checked(_draft(row))
        known = Certificate.objects.select_related("type").filter(
            type__code=draft.type, issuer=draft.issuer, number=draft.number
        )
        there = known.first()
        if there is None:
            services.record_certificate(draft, by=by, now=now)
            return "created"
        before = selectors.draft_of(there)
        draft = replace(draft, is_public=before.is_public, note=before.note)
        if before == draft:
            return "unchanged"
        services.change_certificate(there.pk, draft, by=by)
        return "updated"

    return each_row(rows, act)


def _draft(row: ImportRow) -> CertificateDraft:
    holder = parties.find_organisation(row["holder"])
    if holder is None:
        raise HolderUnknown(holder=row["holder"])
    said = {name: row[name] for name in row.values if name != "holder"}
    return CertificateDraft(holder_id=holder.pk, **said)


def _codes(name: str, label: Any) -> ImportColumn:
    return ImportColumn(
        name, label, parse=read_codes, default=(), help=_("Codes, apart by a semicolon")
    )


CERTIFICATES = Importer(
    name="certificates",
    title=_("Import certificates"),
    intro=_("One row for each paper. A row whose type, issuer and number are known changes it."),
    columns=[
        ImportColumn("number", _("Number"), required=True, example="VN-TGOR-0095"),
        ImportColumn("type", _("Code of the type"), required=True, example="growing-area-code"),
        ImportColumn("issuer", _("Issuer"), required=True),
        ImportColumn("holder", _("Code of the holder"), required=True),
        ImportColumn(
            "scope_kind",
            _("It covers"),
            default=rules.ORGANISATION,
            help=_("area, product, facility or organisation"),
            example="area",
        ),
        ImportColumn("valid_from", _("Valid from"), parse=read_day, default=None),
        ImportColumn("valid_until", _("Valid until"), parse=read_day, default=None),
        ImportColumn("area_ha", _("Area in ha"), parse=read_area, default=None, example="12.5"),
        ImportColumn("heads", _("Heads"), parse=read_count, default=None),
        ImportColumn("households", _("Households"), parse=read_count, default=None),
        _codes("growing_areas", _("Growing areas")),
        _codes("products", _("Products")),
        _codes("facilities", _("Facilities")),
    ],
    apply=import_certificates,
)
