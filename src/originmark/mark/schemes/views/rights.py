"""Pages about rights: the register that can be searched, and one right."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table, table_page
from originmark.mark.schemes import rules, selectors, services
from originmark.mark.schemes.countries import country_names
from originmark.mark.schemes.forms import RightForm
from originmark.mark.schemes.models import Right
from originmark.origin.parties import access

SHORT_KINDS = {"gi": "GI", "gi_agricultural": "AGI", "pdo": "PDO", "pgi": "PGI", "tsg": "TSG"}
TONES = {
    Right.Status.REGISTERED: "ok",
    Right.Status.APPLIED: "info",
    Right.Status.PUBLISHED: "info",
    Right.Status.REJECTED: "bad",
    Right.Status.CANCELLED: "bad",
}


def right_url(right: Right) -> str:
    """Return the address of a right's page."""
    return reverse("schemes:right", args=[right.pk])


def short_kind(right: Right) -> str:
    """Return the kind as its register abbreviates it, where it does."""
    return SHORT_KINDS.get(right.kind) or str(right.get_kind_display())


def status_badge(right: Right) -> Badge:
    """Return the status of a right as a badge."""
    return Badge(right.get_status_display(), TONES[Right.Status(right.status)])


def countries_of(right: Right) -> str:
    """Return the countries of a right by name."""
    return country_names(right.country)


def equal_to(field: str) -> Callable[[QuerySet[Right], str], QuerySet[Right]]:
    """Return how a filter narrows to the rows whose field has the value chosen."""
    return lambda rows, value: rows.filter(**{field: value})


def by_country(rows: QuerySet[Right], code: str) -> QuerySet[Right]:
    """Narrow to the rights of a country, also where it shares them with others."""
    return rows.filter(country__contains=code)


TABLE = Table(
    name="rights",
    columns=[
        Column("name", _("Name"), link=right_url, sort="folded_name"),
        Column("number", _("Number"), sort="number"),
        Column("country", _("Country"), value=countries_of, sort="country"),
        Column("kind", _("Kind"), value=short_kind, sort="kind", is_wide_only=True),
        Column("product_class", _("Class"), sort="product_class", is_wide_only=True),
        Column("registered_on", _("Registered on"), sort="registered_on"),
        Column("status", _("Status"), value=status_badge, sort="status"),
    ],
    filters=[
        Filter("country", _("Country"), selectors.right_countries, by_country),
        Filter("register", _("Register"), selectors.right_registers, equal_to("register")),
        Filter("class", _("Class"), selectors.right_classes, equal_to("product_class")),
        Filter("status", _("Status"), Right.Status.choices, equal_to("status")),
    ],
    search=["folded_name__contains", "name__icontains", "number__icontains"],
    default_sort="folded_name",
    empty=EmptyState(
        _("The register is empty"),
        _("Take a register from a file, or record single rights that protect your brands."),
        _("Take a register"),
        lambda: reverse("schemes:rights-import"),
        "certificate",
        "schemes.import_rights",
    ),
)  # fmt: skip


@login_required
@require_GET
def right_list(request: HttpRequest) -> HttpResponseBase:
    """List the rights of every register."""
    by = access.actor_of(request)
    context = {
        "may_record": access.allows(by, "schemes.record_right"),
        "may_import": access.allows(by, "schemes.import_rights"),
    }
    rows = selectors.rights()
    return table_page(request, TABLE, rows, template="schemes/right_list.html", context=context)


@login_required
@require_GET
def right(request: HttpRequest, right_id: int) -> HttpResponse:
    """Show one right."""
    row = selectors.right(right_id)
    today = clock.today()
    context = {
        "right": row,
        "status": status_badge(row),
        "countries": country_names(row.country),
        "in_force": rules.in_force(
            status=row.status,
            registered_on=row.registered_on,
            valid_until=row.valid_until,
            on=today,
        ),
        "may_record": access.allows(access.actor_of(request), "schemes.record_right"),
    }
    return render(request, "schemes/right.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def right_new(request: HttpRequest) -> HttpResponse:
    """Record a right, perhaps for the brand that the address names."""
    by = access.actor_of(request)
    access.require(by, "schemes.record_right")
    form = RightForm(request.POST or None, initial={"brand": request.GET.get("brand", "")})

    def act(data: dict[str, Any]) -> str:
        draft = RightForm.draft(data)
        return right_url(
            services.record_right(draft, brand_code=data["brand"], by=by, now=clock.now())
        )

    context = {"title": _("Record a right"), "cancel_url": reverse("schemes:right_list")}
    return submit(request, form, act, context=context, done=_("The right is recorded."))


@login_required
@require_http_methods(["GET", "POST"])
def right_edit(request: HttpRequest, right_id: int) -> HttpResponse:
    """Change a right."""
    by = access.actor_of(request)
    access.require(by, "schemes.record_right")
    row = selectors.right(right_id)
    form = RightForm(request.POST or None, initial=RightForm.values(row))

    def act(data: dict[str, Any]) -> str:
        draft = RightForm.draft(data)
        services.change_right(row.pk, draft, brand_code=data["brand"], by=by, now=clock.now())
        return right_url(row)

    context = {"title": _("Change %(name)s") % {"name": row.name}, "cancel_url": right_url(row)}
    return submit(request, form, act, context=context, done=_("The right is changed."))
