"""The tables of licences, and how a licence is told in a cell."""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.licensing import rules, selectors
from originmark.mark.licensing.models import Licence
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties.access import SYSTEM
from originmark.origin.products import selectors as products

STATES: Final = {
    rules.VALID: (_("valid"), "ok"),
    rules.NOT_YET: (_("not yet valid"), "info"),
    rules.SUSPENDED: (_("suspended"), "bad"),
    rules.EXPIRED: (_("expired"), "plain"),
    rules.ENDED: (_("ended"), "plain"),
}


def licence_url(row: Licence) -> str:
    """Return the address of a licence's page."""
    return reverse("licensing:licence", args=[row.number])


def state_badge(row: Licence, on: date) -> Badge:
    """Return the state of a licence on a day as a badge."""
    return Badge(*STATES[selectors.state_of(row, on)])


def names_of_products() -> dict[str, str]:
    """Return the name of every product by its code: names are no secret. One query."""
    return dict(products.products(SYSTEM).values_list("code", "name"))


def product_names(row: Licence) -> list[str]:
    """Return the names of the products that a licence covers. Two queries at most."""
    codes = [each.product_code for each in row.products.all()]
    return [each.name for each in products.products_of_codes(codes)]


def product_codes(row: Licence) -> str:
    """Return the codes of the products that a licence covers."""
    return ", ".join(each.product_code for each in row.products.all())


def brand_choices() -> list[tuple[str, str]]:
    """Return the brands to choose from."""
    return list(schemes.brands().values_list("code", "name"))


def by_brand(rows: QuerySet[Licence], code: str) -> QuerySet[Licence]:
    """Narrow to the licences of a brand."""
    return rows.filter(brand__code=code)


def by_state(on: date) -> Callable[[QuerySet[Licence], str], QuerySet[Licence]]:
    """Return the filter for the state on a day."""

    def narrow(rows: QuerySet[Licence], state: str) -> QuerySet[Licence]:
        if state == rules.ENDED:
            return rows.filter(ended_on__lte=on)
        rows = rows.exclude(ended_on__lte=on)
        if state == rules.NOT_YET:
            return rows.filter(valid_from__gt=on)
        if state == rules.EXPIRED:
            return rows.filter(valid_until__lt=on)
        running = rows.filter(valid_from__lte=on, valid_until__gte=on)
        resting = selectors.resting_on(on)
        return running.filter(resting) if state == rules.SUSPENDED else running.filter(~resting)

    return narrow


def licence_table(on: date) -> Table:
    """Return the list of licences as it stands on a day."""
    return Table(
        name="licences",
        columns=[
            Column("number", _("Number"), link=licence_url, sort="number"),
            Column("state", _("State"), value=lambda row: state_badge(row, on)),
            Column("organisation__name", _("Holder"), sort="organisation__name"),
            Column("brand__name", _("Brand"), sort="brand__name", is_wide_only=True),
            Column("products", _("Products"), value=product_codes, is_wide_only=True),
            Column("valid_from", _("From"), sort="valid_from", is_wide_only=True),
            Column("valid_until", _("Until"), sort="valid_until", is_wide_only=True),
        ],
        filters=[
            Filter("brand", _("Brand"), brand_choices, by_brand),
            Filter("state", _("State"), [(key, STATES[key][0]) for key in STATES], by_state(on)),
        ],
        search=["number__icontains", "organisation__name__icontains", "brand__name__icontains"],
        default_sort="valid_until",
        empty=EmptyState(
            _("No licence yet"),
            _("A licence says who may put a brand on which products, and how long."),
            icon="license",
        ),
    )


def user_table(on: date) -> Table:
    """Return the published list of who may use a mark on a day."""
    return Table(
        name="licensed-users",
        columns=[
            Column("organisation__name", _("Who may use the mark"), sort="organisation__name"),
            Column("state", _("Today"), value=lambda row: state_badge(row, on)),
            Column("brand__name", _("Mark"), sort="brand__name"),
            Column("products", _("On which products"), value=_said_by(names_of_products())),
            Column("number", _("Licence"), sort="number", is_wide_only=True),
            Column("valid_until", _("Until"), sort="valid_until", is_wide_only=True),
        ],
        filters=[Filter("brand", _("Mark"), brand_choices, by_brand)],
        search=["organisation__name__icontains", "brand__name__icontains", "number__icontains"],
        default_sort="organisation__name",
        empty=EmptyState(
            _("Nobody may use a mark today"),
            _("As soon as a licence is granted, its holder stands here."),
            icon="license",
        ),
    )


def _said_by(names: dict[str, str]) -> Callable[[Licence], str]:
    def said(row: Licence) -> str:
        codes = (each.product_code for each in row.products.all())
        return ", ".join(names.get(code, code) for code in codes)

    return said
