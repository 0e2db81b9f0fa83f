"""Pages about quotas: the list, one user's season, computing, changing by hand."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.licensing import quota_tables, selectors, services
from originmark.mark.licensing.forms import QuotaForm
from originmark.mark.licensing.models import Quota
from originmark.mark.licensing.quota_panel import quota_bar
from originmark.mark.licensing.services.quota_figures import computed_quotas
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access


@login_required
@require_GET
def quota_list(request: HttpRequest) -> HttpResponseBase:
    """List the quotas that the person may read."""
    rows = selectors.quotas(access.actor_of(request))
    template = "licensing/quota_list.html"
    return table_page(request, quota_tables.quota_table(), rows, template=template)


@login_required
@require_GET
def quota(request: HttpRequest, quota_id: int) -> HttpResponse:
    """Show how a quota adds up, what drew on it and what happened to it."""
    by = access.actor_of(request)
    row = selectors.quota(quota_id, by)
    context = {
        "quota": row,
        "bar": quota_bar(row.granted_kg, row.used_kg),
        "badge": quota_tables.state_badge(row),
        "plots": quota_tables.plot_lines(row.basis.get("plots", [])),
        "tolerance": row.basis.get("tolerance_share", "0"),
        "draws": row.draws.all()[:50],
        "changes": row.changes.all()[:50],
        "may_change": access.allows(by, "licensing.quota"),
    }
    return render(request, "licensing/quota.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def quota_change(request: HttpRequest, quota_id: int) -> HttpResponse:
    """Change a quota by hand."""
    by = access.actor_of(request)
    access.require(by, "licensing.quota")
    row = selectors.quota(quota_id, by)
    initial = {"granted_kg": f"{row.granted_kg:f}", "fuse_at_kg": f"{row.fuse_at_kg:f}"}

    def act(data: dict[str, Any]) -> Quota:
        return services.adjust_quota(row.pk, by=by, now=clock.now(), **data)

    context = {
        "title": _("Change the quota of %(user)s") % {"user": row.organisation.name},
        "intro": f"{row.brand.name} · {row.season}",
        "submit": _("Change"),
        "cancel_url": quota_tables.quota_url(row),
    }
    form = QuotaForm(request.POST or None, initial=initial)
    done = _("The quota is changed.")
    return submit(request, form, act, context=context, success=quota_tables.quota_url, done=done)


@login_required
@require_http_methods(["GET", "POST"])
def quotas_compute(request: HttpRequest, brand_code: str, season: int) -> HttpResponse:
    """Show what each quota of a season would be, and set them."""
    by = access.actor_of(request)
    access.require(by, "licensing.quota")
    if request.method == "POST":
        written = services.compute_quotas(brand_code, season, by=by, now=clock.now())
        count = len(written)
        said = ngettext("%(count)s quota is set.", "%(count)s quotas are set.", count)
        messages.success(request, said % {"count": count})
        return redirect(f"{reverse('licensing:quota_list')}?{urlencode({'brand': brand_code})}")
    there = {
        row.organisation_id: row
        for row in selectors.quotas(by).filter(brand__code=brand_code, season=season)
    }
    found = computed_quotas(brand_code, season)
    context = {
        "brand": schemes.brand(brand_code),
        "season": season,
        "lines": [(each, there.get(each.organisation_id)) for each in found],
    }
    return render(request, "licensing/quotas_compute.html", context)
