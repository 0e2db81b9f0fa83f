"""Pages about a licence's agreement, its exit and its authorisation."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.mark.licensing import selectors, services
from originmark.mark.licensing.authorisations import authorisation
from originmark.mark.licensing.forms import AgreementForm, ExitForm, SettleForm
from originmark.mark.licensing.lists import licence_url
from originmark.mark.licensing.models import Licence
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access


@login_required
@require_GET
def licence_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Give the authorisation of a licence as PDF."""
    row = selectors.licence(number, access.actor_of(request))
    made = authorisation(row, on=clock.today(), made_at=clock.now())
    return files.made(made, f"{row.number}.pdf", how="attachment")


@login_required
@require_http_methods(["GET", "POST"])
def agreement_write(request: HttpRequest, brand_code: str) -> HttpResponse:
    """Write the next version of a brand's agreement."""
    by = access.actor_of(request)
    access.require(by, "licensing.grant")
    brand = schemes.brand(brand_code)
    newest = selectors.newest_agreement(brand.id)

    def act(data: dict[str, Any]) -> str:
        services.write_agreement(brand_code, data["text"], by=by, now=clock.now())
        return brand.url

    context = {
        "title": _("Agreement on the use of %(brand)s") % {"brand": brand.name},
        "intro": _("Users accept it on the page of their licence, each version anew."),
        "submit": _("Write version %(version)s") % {"version": newest.version + 1 if newest else 1},
        "cancel_url": brand.url,
    }
    form = AgreementForm(request.POST or None, initial={"text": newest.text if newest else ""})
    return submit(request, form, act, context=context, done=_("The agreement is written."))


@login_required
@require_http_methods(["GET", "POST"])
def agreement_accept(request: HttpRequest, number: str) -> HttpResponse:
    """Read the agreement of a licence, and accept it."""
    by = access.actor_of(request)
    row = selectors.licence(number, by)
    newest = selectors.newest_agreement(row.brand_id)
    may = access.allows(by, "licensing.accept", organisation_id=row.organisation_id)
    context = {"licence": row, "agreement": newest, "may_accept": may}
    template = "licensing/agreement.html"
    if request.method == "GET":
        return render(request, template, context)
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 9 else 0

    def act(_data: dict[str, Any]) -> str:
        services.accept_agreement(number, version=version, by=by, now=clock.now())
        return licence_url(row)

    done = _("The agreement is accepted.")
    form = forms.Form(request.POST)
    return submit(request, form, act, template=template, context=context, done=done)


@login_required
@require_http_methods(["GET", "POST"])
def exit_announce(request: HttpRequest, number: str) -> HttpResponse:
    """Announce the end of a use."""
    by = access.actor_of(request)
    row = selectors.licence(number, by)
    access.require(by, "licensing.apply", organisation_id=row.organisation_id)

    def act(data: dict[str, Any]) -> str:
        services.announce_exit(number, by=by, now=clock.now(), **data)
        return licence_url(row)

    context = _page(row, _("Stop using the mark"), _("Announce the exit"))
    form = ExitForm(request.POST or None, initial={"last_use_on": clock.today()})
    return submit(request, form, act, context=context, done=_("The exit is announced."))


@login_required
@require_http_methods(["GET", "POST"])
def exit_settle(request: HttpRequest, number: str) -> HttpResponse:
    """Write down what became of the labels."""
    by = access.actor_of(request)
    row = selectors.licence(number, by)
    access.require(by, "licensing.suspend", organisation_id=row.organisation_id)

    def act(data: dict[str, Any]) -> str:
        services.settle_exit(number, by=by, now=clock.now(), **data)
        return licence_url(row)

    context = _page(row, _("What became of the labels"), _("Settle the exit"))
    done = _("The exit is settled.")
    return submit(request, SettleForm(request.POST or None), act, context=context, done=done)


def _page(row: Licence, title: Any, button: Any) -> dict[str, Any]:
    return {
        "title": title,
        "intro": f"{row.number} · {row.organisation.name} · {row.brand.name}",
        "submit": button,
        "danger": True,
        "cancel_url": licence_url(row),
    }
