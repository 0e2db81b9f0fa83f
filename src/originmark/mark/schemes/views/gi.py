"""Pages about applications for a geographical indication, for the applicant and the office."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.sentences import say
from originmark.frame.web.tables import table_page
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.countries import country_names
from originmark.mark.schemes.gi_forms import (
    GiDocumentForm,
    GiForm,
    GiLinkForm,
    NewGiForm,
    applicants,
)
from originmark.mark.schemes.gi_models import GiApplication, GiDecision, GiDocument
from originmark.mark.schemes.gi_tables import GI_APPLICATIONS, gi_badge, gi_url
from originmark.mark.schemes.gi_timeline import timeline
from originmark.mark.schemes.services import gi as services
from originmark.origin.parties import access


@login_required
@require_GET
def gi_list(request: HttpRequest) -> HttpResponseBase:
    """List the applications that the person may read."""
    by = access.actor_of(request)
    context = {"may_apply": access.allows_somewhere(by, services.APPLY)}
    rows = selectors.gi_applications(by)
    template = "schemes/gi_list.html"
    return table_page(request, GI_APPLICATIONS, rows, template=template, context=context)


@login_required
@require_GET
def gi(request: HttpRequest, number: str) -> HttpResponse:
    """Show an application: what it says, what it lacks, and what happened to it."""
    by = access.actor_of(request)
    row = selectors.gi_application(number, by)
    oppositions = list(row.oppositions.prefetch_related("hearings"))
    context = {
        **_standing(row),
        **_missing(row),
        "gi": row,
        "country": country_names(row.country),
        "badge": gi_badge(row),
        "parts": selectors.gi_parts(row),
        "links": row.links.all(),
        "documents": [(each, selectors.stage_name(row, each.stage)) for each in _papers(row)],
        "happenings": timeline(row, oppositions),
        "oppositions": [(each, selectors.ground_name(each)) for each in oppositions],
        "decision": GiDecision.objects.filter(application=row).first(),
        "may_apply": access.allows(by, services.APPLY, organisation_id=row.organisation_id),
        "may_decide": access.allows(by, services.DECIDE, organisation_id=row.organisation_id),
    }
    return render(request, "schemes/gi.html", context)


def _standing(row: GiApplication) -> dict[str, Any]:
    """Return where the application stands, and what may come next."""
    stages = selectors.procedure_of(row).stages
    codes = [each.code for each in stages]
    position = codes.index(row.stage) if row.stage in codes else -1
    following = selectors.next_stage(row)
    return {
        "procedure": row.procedure,
        "stages": [(each, number < position, number == position)
                   for number, each in enumerate(stages)],
        "next": following,
        "may_return": rules.turns_aside(row.phase, values.PREPARED),
        "may_refuse": rules.turns_aside(row.phase, values.REFUSED),
        "is_draft": row.phase == values.PREPARED,
        "is_open": row.phase in rules.OPEN,
        "is_examined": row.phase in rules.EXAMINED,
        "is_published": row.phase == values.OPPOSITION,
        "is_late": row.due_on is not None and row.due_on < clock.today(),
    }  # fmt: skip


def _missing(row: GiApplication) -> dict[str, Any]:
    """Return what is shown, and what is missing before the application can go on."""
    found = selectors.shown(row)
    gaps = selectors.gi_gaps(row, found) if row.phase == values.PREPARED else []
    unready = selectors.gi_unready(row, found) if row.phase in rules.EXAMINED else []
    on = clock.today()
    blocked = selectors.gi_blocked(row, on) if row.phase == values.OPPOSITION else []
    return {
        "shown": found,
        "blocked": [say(each) for each in blocked],
        "gaps": [say(each) for each in gaps],
        "unready": [say(each) for each in unready],
    }


def _papers(row: GiApplication) -> list[GiDocument]:
    return list(row.documents.all())


@login_required
@require_http_methods(["GET", "POST"])
def gi_new(request: HttpRequest) -> HttpResponse:
    """Begin an application."""
    by = access.actor_of(request)
    if not applicants(by):
        access.require(by, services.APPLY)

    def act(data: dict[str, Any]) -> GiApplication:
        holder = int(data.pop("organisation"))
        draft = services.GiDraft(**data)
        return services.begin_gi(draft, organisation_id=holder, by=by, now=clock.now())

    context = {
        "title": _("Apply for a geographical indication"),
        "intro": _("Nothing is sent yet: fill in what you know, and go on later."),
        "cancel_url": reverse("schemes:gi_list"),
    }
    form = NewGiForm(request.POST or None, by=by)
    return submit(request, form, act, context=context, success=gi_url, done=_("It is begun."))


@login_required
@require_http_methods(["GET", "POST"])
def gi_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change a draft."""
    by, row = access.actor_of(request), own_gi(request, number)

    def act(data: dict[str, Any]) -> GiApplication:
        return services.change_gi(number, services.GiDraft(**data), by=by)

    form = GiForm(request.POST or None, initial=GiForm.values(row))
    context = {"title": _("Change %(number)s") % {"number": number}, "cancel_url": gi_url(row)}
    return submit(request, form, act, context=context, success=gi_url, done=_("It is changed."))


@login_required
@require_http_methods(["GET", "POST"])
def gi_link_new(request: HttpRequest, number: str) -> HttpResponse:
    """Tie a quality of the product to the place."""
    by, row = access.actor_of(request), own_gi(request, number)

    def act(data: dict[str, Any]) -> str:
        services.add_link(number, services.GiLinkDraft(**data), by=by)
        return gi_url(row)

    context = {"title": _("Link a quality to the place"), "cancel_url": gi_url(row)}
    return submit(request, GiLinkForm(request.POST or None), act, context=context)


@login_required
@require_POST
def gi_link_remove(request: HttpRequest, number: str, link_id: int) -> HttpResponse:
    """Take a link out of a draft."""
    row = own_gi(request, number)
    services.remove_link(number, link_id, by=access.actor_of(request))
    return HttpResponseRedirect(gi_url(row))


@login_required
@require_http_methods(["GET", "POST"])
def gi_document_new(request: HttpRequest, number: str) -> HttpResponse:
    """File a paper."""
    by, row = access.actor_of(request), own_gi(request, number)

    def act(data: dict[str, Any]) -> str:
        services.add_document(number, data["file"], title=data["title"], by=by, now=clock.now())
        return gi_url(row)

    form = GiDocumentForm(request.POST or None, request.FILES or None)
    context = {"title": _("File a paper"), "cancel_url": gi_url(row)}
    return submit(request, form, act, context=context)


@login_required
@require_GET
def gi_document(request: HttpRequest, number: str, document_id: int) -> HttpResponseBase:
    """Hand out a paper to whoever may read the application."""
    row = selectors.gi_application(number, access.actor_of(request))
    paper = row.documents.filter(pk=document_id).first()
    if paper is None:
        raise Http404
    return files.downloaded(paper.file, paper.name)


def own_gi(request: HttpRequest, number: str) -> GiApplication:
    """Return an application that the person may write; raises NotAllowed or unknown."""
    by = access.actor_of(request)
    row = selectors.gi_application(number, by)
    access.require(by, services.APPLY, organisation_id=row.organisation_id)
    return row
