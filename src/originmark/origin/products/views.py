"""The pages of products."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.origin.parties import access
from originmark.origin.products import selectors, services, sockets, tables
from originmark.origin.products.forms import GroupForm, ProductForm
from originmark.origin.products.models import Product
from originmark.standards.gs1 import keys


@login_required
@require_GET
def product_list(request: HttpRequest) -> HttpResponseBase:
    """List the products that the person may read."""
    by = access.actor_of(request)
    context = {
        "may_group": access.allows(by, "products.catalogue"),
        "may_record": access.allows_somewhere(by, "products.record"),
    }
    rows = selectors.products(by)
    return table_page(
        request, tables.PRODUCTS, rows, template="products/product_list.html", context=context
    )


@login_required
@require_GET
def product(request: HttpRequest, code: str) -> HttpResponse:
    """Show a product with all that is known of it."""
    by = access.actor_of(request)
    row = selectors.row(code, by)
    may_change = access.allows(by, "products.record", organisation_id=row.organisation_id)
    today = timezone.localdate(clock.now())
    context = {
        "product": row,
        "gtin": keys.shown_gtin(row.gtin) if row.gtin else "",
        "net_content": selectors.net_content(row),
        "pictures": selectors.pictures(row.pk),
        "story": selectors.story(row.pk, get_language() or "en"),
        "specification": selectors.specification(row.pk),
        "rights": selectors.intellectual_property(row.pk, today),
        "panels": sockets.product_panels(row.pk, request),
        "may_change": may_change,
    }
    return render(request, "products/product.html", context)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Register a product."""
    by = access.actor_of(request)
    form = ProductForm(request.POST or None, by=by, initial=_proposal(request))

    def act(_said: dict[str, Any]) -> Product:
        return services.register_product(form.draft(), by=by, now=clock.now())

    return submit(
        request,
        form,
        act,
        success=_address,
        done=lambda made: _("%(product)s is registered.") % {"product": made.name},
        context={
            "title": _("Register a product"),
            "submit": _("Register"),
            "cancel_url": reverse("products:list"),
        },
    )


@login_required
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a product."""
    by = access.actor_of(request)
    row = selectors.row(code, by)
    access.require(by, "products.record", organisation_id=row.organisation_id)
    form = ProductForm(request.POST or None, by=by, product=row)
    title = _("Change %(product)s") % {"product": row.name}

    def act(_said: dict[str, Any]) -> Product:
        return services.change_product(code, form.draft(), by=by)

    return submit(
        request,
        form,
        act,
        success=_address,
        done=_("The changes are saved."),
        context={"title": title, "cancel_url": _address(row)},
    )


@login_required
@require_POST
def archive(request: HttpRequest, code: str) -> HttpResponse:
    """Take a product off the lists."""
    row = services.archive_product(code, by=access.actor_of(request))
    messages.success(request, _("%(product)s is archived.") % {"product": row.name})
    return HttpResponseRedirect(_address(row))


@login_required
@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Bring an archived product back."""
    row = services.restore_product(code, by=access.actor_of(request))
    messages.success(request, _("%(product)s is active again.") % {"product": row.name})
    return HttpResponseRedirect(_address(row))


@login_required
@require_GET
def group_list(request: HttpRequest) -> HttpResponseBase:
    """List the product groups."""
    may_change = access.allows(access.actor_of(request), "products.catalogue")
    return table_page(
        request,
        tables.GROUPS,
        tables.group_rows(),
        template="products/group_list.html",
        context={"may_change": may_change},
    )


@login_required
def group(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add or change a product group."""
    by = access.actor_of(request)
    access.require(by, "products.catalogue")
    row = selectors.group(code) if code else None
    form = GroupForm(request.POST or None, group=row)

    def act(said: dict[str, Any]) -> None:
        services.record_group(
            said["code"],
            said["name"],
            by=by,
            parent=said["parent"].code if said["parent"] else "",
            names={"vi": said["name_vi"], "zh-hans": said["name_zh_hans"]},
        )

    title = _("Change %(group)s") % {"group": row.name} if row else _("Add a product group")
    groups = reverse("products:groups")
    context = {"title": title, "cancel_url": groups}
    return submit(
        request, form, act, success=groups, done=_("The group is saved."), context=context
    )


def _address(row: Product) -> str:
    return reverse("products:product", args=[row.code])


def _proposal(request: HttpRequest) -> dict[str, str]:
    """Return what a link may propose for a new product."""
    return {name: request.GET[name] for name in ("kind", "organisation") if name in request.GET}
