"""The pages of links: list, enter, change, remove, try; number ranges that are handed on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import add_refusal, submit
from originmark.frame.web.tables import table_page
from originmark.mark.passport.resolver import selectors, services, tables, trial
from originmark.mark.passport.resolver.forms import DelegationForm, LinkForm, TestForm
from originmark.mark.passport.resolver.models import Delegation, Link
from originmark.mark.passport.resolver.refusals import BadLink
from originmark.origin.parties import access
from originmark.origin.products import selectors as products
from originmark.standards.gs1 import link_types
from originmark.standards.gs1.negotiation import Wanted


@login_required
@require_GET
def link_list(request: HttpRequest) -> HttpResponseBase:
    """List the links that the person may read."""
    by = access.actor_of(request)
    rows = selectors.links(by)
    if code := request.GET.get("product"):
        product = products.row(code, by)
        rows = selectors.links_of_product(products.product_by_id(product.pk), by)
    context = {
        "may_delegate": access.allows(by, services.DELEGATE),
        "may_add": access.allows_somewhere(by, services.LINKS),
    }
    template = "passport/links/link_list.html"
    return table_page(request, tables.links_for(by), rows, template=template, context=context)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Enter a link."""
    by = access.actor_of(request)
    proposed = {"anchor": request.GET.get("anchor", ""), "is_public": True, "passes_query": True,
                "link_type": "gs1:pip", "media_type": "text/html"}  # fmt: skip
    form = LinkForm(request.POST or None, initial=proposed)

    def act(_said: dict[str, Any]) -> Link:
        return services.add_link(form.draft(), by=by, now=clock.now())

    context = {"title": _("Add a link"), "submit": _("Add"), "cancel_url": _list()}
    return submit(request, form, act, success=_list(), done=_("The link is added."),
                  context=context)  # fmt: skip


@login_required
def edit(request: HttpRequest, link_id: int) -> HttpResponse:
    """Change a link."""
    by = access.actor_of(request)
    row = selectors.link(link_id, by)
    access.require(by, services.LINKS, organisation_id=row.organisation_id)
    form = LinkForm(request.POST or None, initial=_typed(row))

    def act(_said: dict[str, Any]) -> Link:
        return services.change_link(row.pk, form.draft(), by=by)

    context = {"title": _("Change a link"), "submit": _("Save"), "cancel_url": _list(), "link": row}
    return submit(request, form, act, success=_list(), done=_("The link is changed."),
                  template="passport/links/link_edit.html", context=context)  # fmt: skip


@login_required
@require_POST
def remove(request: HttpRequest, link_id: int) -> HttpResponse:
    """Remove a link."""
    services.remove_link(link_id, by=access.actor_of(request))
    messages.success(request, _("The link is removed."))
    return HttpResponseRedirect(_list())


@login_required
@require_GET
def test_link(request: HttpRequest) -> HttpResponse:
    """Show each step of what a scanner would get for a link."""
    form = TestForm(request.GET or None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        wanted = Wanted.read(link_type=said["link_type"], accept=said["accept"],
                             languages=said["language"], context=said["context"])  # fmt: skip
        try:
            context["trial"] = trial.try_link(
                said["link"], wanted, by=access.actor_of(request),
                language=get_language() or "en", now=clock.now(),
            )  # fmt: skip
        except BadLink as refusal:
            add_refusal(form, refusal)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "passport/links/test.html", context, status=status)


@login_required
@require_GET
def delegation_list(request: HttpRequest) -> HttpResponse:
    """Show the number ranges that other resolvers answer for."""
    may_change = access.allows(access.actor_of(request), services.DELEGATE)
    context = {"rows": selectors.delegations(), "may_change": may_change}
    return render(request, "passport/links/delegations.html", context)


@login_required
def delegate(request: HttpRequest) -> HttpResponse:
    """Hand a number range on to another resolver."""
    by = access.actor_of(request)
    access.require(by, services.DELEGATE)
    form = DelegationForm(request.POST or None)

    def act(said: dict[str, Any]) -> Delegation:
        prefix, root = said["company_prefix"], said["resolver_root"]
        return services.delegate(prefix, root, title=said["title"], by=by, now=clock.now())

    target = reverse("passport:delegations")
    context = {"title": _("Hand a number range on"), "submit": _("Hand on"), "cancel_url": target}
    return submit(request, form, act, success=target, done=_("The range is handed on."),
                  context=context)  # fmt: skip


@login_required
@require_POST
def end_delegation(request: HttpRequest, prefix: str) -> HttpResponse:
    """Answer for a number range ourselves again."""
    services.end_delegation(prefix, by=access.actor_of(request))
    messages.success(request, _("The range is ours again."))
    return HttpResponseRedirect(reverse("passport:delegations"))


def product_panel(product_id: int, request: HttpRequest) -> SafeString | None:
    """Return the links of a product, for its page."""
    by = access.actor_of(request)
    product = products.product_by_id(product_id)
    may_add = access.allows(by, services.LINKS, organisation_id=product.organisation_id)
    rows = list(selectors.links_of_product(product, by)[:10])
    if product.kind != products.TRADE_ITEM and not rows:
        return None
    context = {
        "rows": [(row, tables.badge(row), link_types.short(row.link_type)) for row in rows],
        "product": product,
        "anchor": f"/01/{product.gtin}" if product.gtin else f"/own/{product.code}",
        "may_add": may_add,
    }
    return render_to_string("passport/links/_product_panel.html", context, request)


def _typed(row: Link) -> dict[str, Any]:
    draft = selectors.draft_of(row)
    said = {name: getattr(draft, name) for name in draft.__slots__}
    return {
        **said,
        "link_type": link_types.short(row.link_type),
        "hreflang": ", ".join(row.hreflang),
        "context": ", ".join(row.context),
    }


def _list() -> str:
    return reverse("passport:links")
