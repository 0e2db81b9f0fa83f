"""Pages about applications: the list, one application, applying, deciding."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.sentences import say
from originmark.frame.web.tables import table_page
from originmark.mark.licensing import application_rules as rules
from originmark.mark.licensing import selectors, services
from originmark.mark.licensing.application_forms import (
    ApplicationForm,
    GrantApplicationForm,
    MayNoteForm,
    NoteForm,
    WhoForm,
    applicants,
    draft_of,
)
from originmark.mark.licensing.application_tables import (
    APPLICATIONS,
    application_badge,
    application_url,
)
from originmark.mark.licensing.lists import names_of_products
from originmark.mark.licensing.models import Application
from originmark.mark.licensing.services.application_facts import check
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

Command = Callable[..., Application]
STEPS: Final[dict[str, tuple[Command, str, Any, Any]]] = {
    "ask": (services.ask_for_more, "licensing.grant", _("Ask for more"), _("It is sent back.")),
    "refuse": (services.refuse_application, "licensing.grant", _("Refuse"), _("It is refused.")),
    "consent": (
        services.consent_to_own_brand,
        "licensing.grant",
        _("Record the consent to the own brand"),
        _("The consent is recorded."),
    ),
    "withdraw": (
        services.withdraw_application,
        "licensing.apply",
        _("Withdraw"),
        _("It is withdrawn."),
    ),
}


@login_required
@require_GET
def application_list(request: HttpRequest) -> HttpResponseBase:
    """List the applications that the person may read."""
    by = access.actor_of(request)
    context = {
        "may_apply": access.allows_somewhere(by, "licensing.apply"),
        "brands": schemes.brands().filter(is_active=True),
    }
    rows = selectors.applications(by)
    template = "licensing/application_list.html"
    return table_page(request, APPLICATIONS, rows, template=template, context=context)


@login_required
@require_GET
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Show an application, what its conditions say today, and what happened to it."""
    by = access.actor_of(request)
    row = selectors.application(number, by)
    is_open = row.state in rules.OPEN
    found = check(row, clock.today()) if is_open else []
    names = names_of_products()
    context = {
        "application": row,
        "badge": application_badge(row),
        "products": [names.get(code, code) for code in row.products],
        "conditions": [_told(each) for each in found],
        "is_open": is_open,
        "use": schemes.use_rules(row.brand.code, clock.today()),
        "steps": row.steps.all(),
        "may_decide": is_open and _may(by, "licensing.grant", row),
        "may_answer": is_open and _may(by, "licensing.apply", row),
    }
    return render(request, "licensing/application.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def application_new(request: HttpRequest, brand_code: str) -> HttpResponse:
    """Apply for a brand: first who, if that is not plain, then for what."""
    by = access.actor_of(request)
    brand = schemes.brand(brand_code)
    mine = dict(applicants(by))
    if not mine:
        access.require(by, "licensing.apply")
    asked = request.GET.get("organisation", "")
    chosen = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    if len(mine) == 1:
        chosen = next(iter(mine))
    title = _("Apply for %(brand)s") % {"brand": brand.name}
    if chosen not in mine:
        return _ask_who(request, by, {"title": title, "submit": _("Go on")})

    def act(data: dict[str, Any]) -> Application:
        draft = draft_of(brand_code, chosen, data)
        return services.apply_for_mark(draft, by=by, now=clock.now())

    form = ApplicationForm(
        request.POST or None,
        brand_code=brand_code,
        organisation_id=chosen,
        initial={"season": clock.today().year},
    )
    context = {
        "title": title,
        "intro": mine[chosen],
        "submit": _("Apply"),
        "cancel_url": reverse("schemes:brand", args=[brand_code]),
    }
    done = _("The application is with the office.")
    return submit(request, form, act, context=context, success=application_url, done=done)


def _ask_who(request: HttpRequest, by: Actor, context: dict[str, Any]) -> HttpResponse:
    def go_on(data: dict[str, Any]) -> str:
        return f"{request.path}?{urlencode({'organisation': data['organisation']})}"

    return submit(request, WhoForm(request.POST or None, by=by), go_on, context=context)


@login_required
@require_http_methods(["GET", "POST"])
def application_answer(request: HttpRequest, number: str) -> HttpResponse:
    """Change an application that is not decided."""
    by = access.actor_of(request)
    row = selectors.application(number, by)
    access.require(by, "licensing.apply", organisation_id=row.organisation_id)

    def act(data: dict[str, Any]) -> Application:
        draft = draft_of(row.brand.code, row.organisation_id, data)
        return services.answer_application(number, draft, by=by, now=clock.now())

    initial = {
        "products": row.products,
        "areas": row.areas,
        "season": row.season,
        "forecast_kg": "" if row.forecast_kg is None else f"{row.forecast_kg:f}",
        "own_brand": row.own_brand,
    }
    form = ApplicationForm(
        request.POST or None,
        brand_code=row.brand.code,
        organisation_id=row.organisation_id,
        initial=initial,
    )
    context = _page(row, _("Change application %(number)s"), _("Send to the office"))
    done = _("The application is with the office.")
    return submit(request, form, act, context=context, success=application_url, done=done)


@login_required
@require_http_methods(["GET", "POST"])
def application_grant(request: HttpRequest, number: str) -> HttpResponse:
    """Grant what an application asks for."""
    by = access.actor_of(request)
    row = selectors.application(number, by)
    access.require(by, "licensing.grant", organisation_id=row.organisation_id)

    def act(data: dict[str, Any]) -> Application:
        return services.grant_application(number, by=by, now=clock.now(), **data)

    form = GrantApplicationForm(request.POST or None, initial={"valid_from": clock.today()})
    context = _page(row, _("Grant application %(number)s"), _("Grant"))
    done = _("The licence is granted.")
    return submit(request, form, act, context=context, success=application_url, done=done)


@login_required
@require_http_methods(["GET", "POST"])
def application_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Ask for more, refuse, record a consent, or withdraw."""
    if step not in STEPS:
        raise Http404
    command, permission, button, done = STEPS[step]
    by = access.actor_of(request)
    row = selectors.application(number, by)
    access.require(by, permission, organisation_id=row.organisation_id)
    now: datetime = clock.now()

    def act(data: dict[str, Any]) -> Application:
        return command(number, note=data["note"], by=by, now=now)

    context = _page(row, _("Application %(number)s"), button)
    form = (MayNoteForm if step == "withdraw" else NoteForm)(request.POST or None)
    return submit(request, form, act, context=context, success=application_url, done=done)


def _page(row: Application, title: Any, button: Any) -> dict[str, Any]:
    return {
        "title": title % {"number": row.number},
        "intro": f"{row.organisation.name} · {row.brand.name}",
        "submit": button,
        "cancel_url": application_url(row),
    }


def _may(by: Actor, permission: str, row: Application) -> bool:
    return access.allows(by, permission, organisation_id=row.organisation_id)


def _told(condition: rules.Condition) -> dict[str, Any]:
    return {
        "text": condition.text.in_language((get_language() or "en").split("-")[0]),
        "source": condition.source,
        "is_met": condition.is_met,
        "do": say(condition.refusal) if condition.refusal else "",
    }
