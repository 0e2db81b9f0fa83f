"""Pages about brands."""

import json
from pathlib import PurePath
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.maps import Shape, svg_map
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table, table_page
from originmark.mark.schemes import selectors, services, sockets
from originmark.mark.schemes.forms import BrandForm
from originmark.mark.schemes.models import Brand
from originmark.origin.parties import access
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products

TABLE = Table(
    name="brands",
    columns=[
        Column("name", _("Brand"), link=lambda row: brand_url(row.code), sort="name"),
        Column("kind", _("Kind"), sort="kind"),
        Column("owner__name", _("Owner"), sort="owner__name"),
        Column("product_count", _("Products"), sort="product_count", align="end"),
        Column("right_count", _("Rights"), sort="right_count", align="end"),
        Column("state", _("State"), value=lambda row: state_badge(row.is_active)),
    ],
    filters=[
        Filter(
            "kind",
            _("Kind"),
            Brand.Kind.choices,
            lambda rows, value: rows.filter(kind=value),
        )
    ],
    search=["name__icontains", "code__icontains", "owner__name__icontains"],
    default_sort="name",
    empty=EmptyState(
        _("No brand yet"),
        _("A brand is the mark that producers share. Record it with the rights that protect it."),
        _("Record a brand"),
        lambda: reverse("schemes:brand_new"),
        "rosette",
        "schemes.record_brand",
    ),
)  # fmt: skip


def brand_url(code: str) -> str:
    """Return the address of a brand's page."""
    return reverse("schemes:brand", args=[code])


def state_badge(is_active: bool) -> Badge:  # noqa: FBT001 (a cell has one value)
    """Return the state of a brand as a badge."""
    return Badge(_("in use"), "ok") if is_active else Badge(_("resting"), "plain")


@login_required
@require_GET
def brand_list(request: HttpRequest) -> HttpResponseBase:
    """List the brands."""
    may_record = access.allows(access.actor_of(request), "schemes.record_brand")
    return table_page(
        request,
        TABLE,
        selectors.brands(),
        template="schemes/brand_list.html",
        context={"may_record": may_record},
    )


def outline_of(boundary: places.Boundary | None) -> str:
    """Return a boundary as a map; nothing where there is none."""
    if boundary is None or not boundary.geometry:
        return ""
    return svg_map([Shape(json.loads(boundary.geometry), boundary.name, "outline")], height=420)


@login_required
@require_GET
def brand(request: HttpRequest, code: str) -> HttpResponse:
    """Show a brand with its rights, products, caps and whatever the rooms above add."""
    facts = selectors.brand(code)
    by = access.actor_of(request)
    today = clock.today()
    in_force = {each.id for each in selectors.rights_in_force(code, today)}
    rights = [(row, row.pk in in_force) for row in selectors.rights().filter(brand_id=facts.id)]
    mother = selectors.mother_of(code)
    boundary = places.boundary(facts.boundary_code) if facts.boundary_code else None
    context = {
        "brand": facts,
        "row": Brand.objects.get(pk=facts.id),
        "mother": mother,
        "children": [
            (each, selectors.consent_on(each.code, today)) for each in selectors.children_of(code)
        ],
        "consents": selectors.consents_of(code),
        "may_consent": mother is not None
        and access.allows(by, "schemes.consent", organisation_id=mother.owner_id),
        "rights": rights,
        "in_force": len(in_force),
        "products": products.products_of_codes(selectors.brand_products(code)),
        "rulebook": selectors.rulebook_in_force(code, today),
        "caps": selectors.brand_caps(code),
        "conversions": selectors.brand_conversions(code),
        "boundary": boundary,
        "map": outline_of(boundary),
        "panels": sockets.brand_panels(facts, request),
        "may_record": access.allows(by, "schemes.record_brand"),
        "may_load": access.allows(by, "schemes.load_rulebook"),
    }
    return render(request, "schemes/brand.html", context)


@require_GET
def brand_logo(_request: HttpRequest, code: str) -> HttpResponseBase:
    """Hand out the logo; for everybody, as it is printed on every pack."""
    name = selectors.logo_name(code)
    if not name:
        raise Http404
    media_type = files.MEDIA_TYPES[PurePath(name).suffix]
    response = FileResponse(default_storage.open(name), content_type=media_type)
    response["Cache-Control"] = "public, max-age=3600"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def brand_new(request: HttpRequest) -> HttpResponse:
    """Record a brand."""
    by = access.actor_of(request)
    access.require(by, "schemes.record_brand")
    form = BrandForm(request.POST or None, request.FILES or None, by=by)

    def act(data: dict[str, Any]) -> str:
        draft = BrandForm.draft(data)
        services.record_brand(draft, logo=data["logo"], by=by, now=clock.now())
        return brand_url(draft.code)

    context = {"title": _("Record a brand"), "cancel_url": reverse("schemes:brand_list")}
    return submit(request, form, act, context=context, done=_("The brand is recorded."))


@login_required
@require_http_methods(["GET", "POST"])
def brand_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a brand; its code stays."""
    by = access.actor_of(request)
    access.require(by, "schemes.record_brand")
    facts = selectors.brand(code)
    values = BrandForm.values(Brand.objects.get(pk=facts.id))
    form = BrandForm(request.POST or None, request.FILES or None, by=by, initial=values)
    form.fields["code"].disabled = True

    def act(data: dict[str, Any]) -> str:
        draft = BrandForm.draft(data)
        services.change_brand(code, draft, logo=data["logo"], by=by, now=clock.now())
        return brand_url(code)

    context = {"title": _("Change %(name)s") % {"name": facts.name}, "cancel_url": facts.url}
    return submit(request, form, act, context=context, done=_("The brand is changed."))
