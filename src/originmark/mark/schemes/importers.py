"""The register of rights from a spreadsheet: on a page, and as ``originmark import rights``."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.importer import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    TableFile,
    read_table,
)
from originmark.frame.web.imports import ImportReport, RegisterImport
from originmark.mark.schemes import services
from originmark.mark.schemes.register_profiles import OWN, UK_GI, Profile
from originmark.origin.parties.access import SYSTEM

LABELS: Final = {
    "name": _("Protected name"),
    "number": _("Number in the register"),
    "register": _("Register"),
    "authority": _("Authority"),
    "kind": _("Kind"),
    "country": _("Country"),
    "status": _("Status"),
    "product_class": _("Product class"),
    "legal_basis": _("Legal basis"),
    "applied_on": _("Applied for on"),
    "published_on": _("Published on"),
    "registered_on": _("Registered on"),
    "valid_until": _("Valid until"),
}
EXAMPLES: Final = {
    "name": "Yangqu millet",
    "number": "AGI2011-03",
    "register": "MARA",
    "authority": "Ministry of Agriculture",
    "country": "CN",
}


def _columns(profile: Profile) -> list[ImportColumn]:
    columns = [
        ImportColumn(
            header,
            LABELS[name],
            required=header in profile.required and name != "registered_on",
            help=_help(profile, name),
            example=EXAMPLES.get(name, ""),
        )
        for name, header in profile.headers.items()
    ]
    return columns + [ImportColumn(each, each) for each in profile.passed_over]


def _help(profile: Profile, name: str) -> Any:
    if name.endswith("_on") or name == "valid_until":
        return profile.date_words
    known = {"kind": profile.kinds, "status": profile.statuses}.get(name)
    return ", ".join(known) if known else ""


def _importer(name: str, profile: Profile) -> Importer:
    def apply(rows: list[ImportRow], *, by: Any, now: datetime) -> ImportResult:
        cells = [(row.number, row.values) for row in rows]
        headers = list(profile.headers.values())
        report = services.take_register(headers, cells, source=profile.title, by=by, now=now)
        return ImportResult(report.taken, report.changed, report.unchanged, report.refusals)

    return Importer(
        name,
        format_lazy("{}: {}", _("Rights"), profile.title),
        _columns(profile),
        apply,
        intro=_(
            "Rights that are here already are changed where the file differs; none is deleted."
        ),
        done_url=reverse_lazy("schemes:right_list"),
    )


RIGHTS_IMPORTER: Final = _importer("rights", OWN)
UK_GI_IMPORTER: Final = _importer("rights-uk-gi", UK_GI)


def _cells(table: TableFile) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, dict(zip(table.headers, row.cells, strict=False))) for row in table.rows]


def _take(path: Path) -> ImportReport:
    table = read_table(path)
    return services.take_register(
        table.headers, _cells(table), source=path.name, by=SYSTEM, now=clock.now()
    )


def _check(path: Path) -> ImportReport:
    table = read_table(path)
    return services.check_register(table.headers, _cells(table), now=clock.now())


RIGHTS: Final = RegisterImport("rights", _("Rights in names and marks"), _take, _check)
