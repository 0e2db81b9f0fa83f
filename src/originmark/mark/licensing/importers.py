"""Licences from a spreadsheet."""

from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from originmark.frame.web.importer import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    each_row,
)
from originmark.mark.licensing import services
from originmark.mark.licensing.services import Grant
from originmark.origin.parties import selectors as parties


def _day(text: str) -> date:
    sentence = _("“%(found)s” is no day. Write it as 2026-12-31.") % {"found": text}
    if not text.isascii():
        raise ValueError(sentence)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(sentence) from None


def _codes(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.replace(",", ";").split(";") if each.strip())


def _organisation(text: str) -> int:
    return parties.organisation(text).pk


def _apply(rows: list[ImportRow], *, by: Any, now: datetime) -> ImportResult:
    def take(row: ImportRow) -> str:
        grant = Grant(
            brand_code=row["brand"],
            organisation_id=row["organisation"],
            products=row["products"],
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            number=row["number"],
            note=row["note"],
        )
        return "unchanged" if services.take_licence(grant, by=by, now=now) else "created"

    return each_row(rows, take)


LICENCES_IMPORTER: Final = Importer(
    "licences",
    gettext_lazy("Licences"),
    [
        ImportColumn("number", gettext_lazy("Number"), required=True, example="YQ-2026-0001"),
        ImportColumn(
            "brand",
            gettext_lazy("Brand"),
            required=True,
            help=gettext_lazy("The code of the brand."),
            example="yangqu-millet",
        ),
        ImportColumn(
            "organisation",
            gettext_lazy("Holder"),
            parse=_organisation,
            required=True,
            help=gettext_lazy("The code of the organisation."),
            example="heshun-coop",
        ),
        ImportColumn(
            "products",
            gettext_lazy("Products"),
            parse=_codes,
            required=True,
            help=gettext_lazy("Codes of products, with semicolons between."),
            example="millet-500g; millet-2kg",
        ),
        ImportColumn(
            "valid_from", gettext_lazy("From"), parse=_day, required=True, example="2026-01-01"
        ),
        ImportColumn(
            "valid_until", gettext_lazy("Until"), parse=_day, required=True, example="2028-12-31"
        ),
        ImportColumn("note", gettext_lazy("Note")),
    ],
    _apply,
    key="number",
    intro=gettext_lazy(
        "Each row grants a licence. A licence that is here already and says the same is left as "
        "it is; one that says otherwise is refused."
    ),
    done_url=reverse_lazy("licensing:licence_list"),
)
