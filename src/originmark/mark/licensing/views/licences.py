"""Pages about licences."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.licensing import selectors, services
from originmark.mark.licensing.forms import GrantForm, LiftForm, StepForm
from originmark.mark.licensing.lists import (
    licence_table,
    licence_url,
    product_names,
    state_badge,
    user_table,
)
from originmark.mark.licensing.models import Licence
from originmark.mark.licensing.report_tables import report_badge
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access


def today() -> date:
    """Return the present day in the installation's time zone."""
    return timezone.localtime(clock.now()).date()


@login_required
@require_GET
def licence_list(request: HttpRequest) -> HttpResponseBase:
    """List the licences that the person may read."""
    by = access.actor_of(request)
    return _listed(request, selectors.licences(by), "licensing/licence_list.html")


@login_required
@require_GET
def expiry_list(request: HttpRequest) -> HttpResponseBase:
    """List the licences that end within ninety days."""
    rows = selectors.expiring(access.actor_of(request), on=today())
    return _listed(request, rows, "licensing/expiry_list.html")


def _listed(request: HttpRequest, rows: QuerySet[Licence], template: str) -> HttpResponseBase:
    may_grant = access.allows(access.actor_of(request), "licensing.grant")
    context = {"may_grant": may_grant, "brands": schemes.brands().filter(is_active=True)}
    return table_page(request, licence_table(today()), rows, template=template, context=context)


@require_GET
def user_list(request: HttpRequest) -> HttpResponseBase:
    """Show everybody who may use which mark today. For everybody."""
    rows = selectors.published_users(today())
    return table_page(request, user_table(today()), rows, template="licensing/user_list.html")


@login_required
@require_GET
def licence(request: HttpRequest, number: str) -> HttpResponse:
    """Show a licence and what happened to it."""
    context = _about(request, number)
    return render(request, "licensing/licence.html", context | _life(request, context["licence"]))


@login_required
@require_GET
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Show a licence as a sheet to print."""
    return render(request, "licensing/certificate.html", _about(request, number))


def _about(request: HttpRequest, number: str) -> dict[str, Any]:
    by = access.actor_of(request)
    row = selectors.licence(number, by)
    suspensions = list(row.suspensions.all())
    brand = schemes.brand(row.brand.code)
    return {
        "licence": row,
        "brand": brand,
        "owner": brand.owner_name,
        "rights": schemes.rights_in_force(row.brand.code, today()),
        "state": selectors.state_of(row, today()),
        "badge": state_badge(row, today()),
        "products": product_names(row),
        "suspensions": suspensions,
        "is_suspended": any(each.lifted_on is None for each in suspensions),
        "today": today(),
        "may_change": access.allows(by, "licensing.suspend", organisation_id=row.organisation_id),
    }


def _life(request: HttpRequest, row: Licence) -> dict[str, Any]:
    """Return what was agreed, reported and announced."""
    by = access.actor_of(request)
    holder = row.organisation_id
    reports = selectors.reports(by).filter(licence=row)[:6]
    return {
        "agreement": selectors.newest_agreement(row.brand_id),
        "accepted": selectors.acceptance(row),
        "ending": selectors.exit_of(row),
        "reports": [(each, report_badge(each, today())) for each in reports],
        "application": selectors.applications(by).filter(licence=row).first(),
        "may_accept": access.allows(by, "licensing.accept", organisation_id=holder),
        "may_leave": access.allows(by, "licensing.apply", organisation_id=holder),
    }


@login_required
@require_http_methods(["GET", "POST"])
def licence_new(request: HttpRequest, brand_code: str) -> HttpResponse:
    """Grant a licence for a brand."""
    by = access.actor_of(request)
    access.require(by, "licensing.grant")
    brand = schemes.brand(brand_code)
    form = GrantForm(
        request.POST or None, brand_code=brand_code, by=by, initial={"valid_from": today()}
    )

    def act(data: dict[str, Any]) -> str:
        grant = GrantForm.grant(brand_code, data)
        return licence_url(services.grant_licence(grant, by=by, now=clock.now()))

    context = {
        "title": _("Grant a licence for %(brand)s") % {"brand": brand.name},
        "submit": _("Grant"),
        "cancel_url": reverse("licensing:licence_list"),
    }
    return submit(request, form, act, context=context, done=_("The licence is granted."))


@login_required
@require_http_methods(["GET", "POST"])
def licence_suspend(request: HttpRequest, number: str) -> HttpResponse:
    """Suspend a licence."""
    by = access.actor_of(request)

    def act(data: dict[str, Any]) -> Licence:
        return services.suspend_licence(
            number, reason=data["reason"], on=data["on"], by=by, now=clock.now()
        )

    words = (_("Suspend licence %(number)s"), _("Suspend"), _("The licence is suspended."))
    return _step(request, number, act, words)


@login_required
@require_http_methods(["GET", "POST"])
def licence_lift(request: HttpRequest, number: str) -> HttpResponse:
    """Lift the suspension of a licence."""
    by = access.actor_of(request)

    def act(data: dict[str, Any]) -> Licence:
        return services.lift_suspension(
            number, note=data["reason"], on=data["on"], by=by, now=clock.now()
        )

    words = (_("Lift the suspension of %(number)s"), _("Lift"), _("The suspension is lifted."))
    return _step(request, number, act, words, form_class=LiftForm)


@login_required
@require_http_methods(["GET", "POST"])
def licence_end(request: HttpRequest, number: str) -> HttpResponse:
    """End a licence for good."""
    by = access.actor_of(request)

    def act(data: dict[str, Any]) -> Licence:
        return services.end_licence(
            number, reason=data["reason"], on=data["on"], by=by, now=clock.now()
        )

    words = (_("End licence %(number)s"), _("End for good"), _("The licence is ended."))
    return _step(request, number, act, words)


def _step(
    request: HttpRequest,
    number: str,
    act: Callable[[dict[str, Any]], Licence],
    words: tuple[Any, Any, Any],
    form_class: type[forms.Form] = StepForm,
) -> HttpResponse:
    """Show the form of a step in the life of a licence, or take the step."""
    by = access.actor_of(request)
    row = selectors.licence(number, by)
    access.require(by, "licensing.suspend", organisation_id=row.organisation_id)
    title, button, done = words
    context = {
        "title": title % {"number": number},
        "submit": button,
        "danger": form_class is StepForm,
        "cancel_url": licence_url(row),
        "intro": f"{row.organisation.name} · {row.brand.name}",
    }
    form = form_class(request.POST or None, initial={"on": today()})
    return submit(request, form, act, context=context, success=licence_url, done=done)
