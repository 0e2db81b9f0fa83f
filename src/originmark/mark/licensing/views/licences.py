"""Pages about licences."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import Text, submit
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


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a licence: what takes it, and what it is called."""

    command: Callable[..., Licence]
    title: Text
    button: Text
    done: Text
    form: type[forms.Form] = StepForm

    @property
    def is_grave(self) -> bool:
        """Return whether it takes something from the holder."""
        return self.form is StepForm


STEPS: Final = {
    "suspend": Step(
        services.suspend_licence,
        _("Suspend licence %(number)s"),
        _("Suspend"),
        _("The licence is suspended."),
    ),
    "lift": Step(
        services.lift_suspension,
        _("Lift the suspension of %(number)s"),
        _("Lift"),
        _("The suspension is lifted."),
        LiftForm,
    ),
    "end": Step(
        services.end_licence,
        _("End licence %(number)s"),
        _("End for good"),
        _("The licence is ended."),
    ),
}


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
    rows = selectors.expiring(access.actor_of(request), on=clock.today())
    return _listed(request, rows, "licensing/expiry_list.html")


def _listed(request: HttpRequest, rows: QuerySet[Licence], template: str) -> HttpResponseBase:
    may_grant = access.allows(access.actor_of(request), "licensing.grant")
    context = {"may_grant": may_grant, "brands": schemes.brands().filter(is_active=True)}
    return table_page(
        request, licence_table(clock.today()), rows, template=template, context=context
    )


@require_GET
def user_list(request: HttpRequest) -> HttpResponseBase:
    """Show everybody who may use which mark today. For everybody."""
    rows = selectors.published_users(clock.today())
    return table_page(request, user_table(clock.today()), rows, template="licensing/user_list.html")


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
        "rights": schemes.rights_in_force(row.brand.code, clock.today()),
        "state": selectors.state_of(row, clock.today()),
        "badge": state_badge(row, clock.today()),
        "products": product_names(row),
        "suspensions": suspensions,
        "is_suspended": any(each.lifted_on is None for each in suspensions),
        "today": clock.today(),
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
        "reports": [(each, report_badge(each, clock.today())) for each in reports],
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
        request.POST or None, brand_code=brand_code, by=by, initial={"valid_from": clock.today()}
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
def licence_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Suspend a licence, lift its suspension, or end it for good."""
    by, found = access.actor_of(request), STEPS[step]
    row = selectors.licence(number, by)
    access.require(by, "licensing.suspend", organisation_id=row.organisation_id)

    def act(data: dict[str, Any]) -> Licence:
        return found.command(number, by=by, now=clock.now(), **data)

    context = {
        "title": found.title % {"number": number},
        "submit": found.button,
        "danger": found.is_grave,
        "cancel_url": licence_url(row),
        "intro": f"{row.organisation.name} · {row.brand.name}",
    }
    form = found.form(request.POST or None, initial={"on": clock.today()})
    return submit(request, form, act, context=context, success=licence_url, done=found.done)
