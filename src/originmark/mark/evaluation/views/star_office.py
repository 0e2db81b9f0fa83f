"""Pages on which stars end and come again: watch, notices, counts, revocation, re-evaluation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.evaluation import services
from originmark.mark.evaluation.selectors import dossiers, star_counts, star_lists
from originmark.mark.evaluation.selectors import stars as selectors
from originmark.mark.evaluation.star_forms import (
    HonourForm,
    PeriodForm,
    ReportForm,
    RevokeForm,
    RevokeLapsedForm,
)
from originmark.mark.evaluation.star_letters import honour_pdf, notice_pdf
from originmark.mark.evaluation.star_tables import (
    NOTICES,
    ended_table,
    star_url,
    stars_said,
    watch_table,
)
from originmark.mark.evaluation.stars_rules import EXPIRED_NOT_REEVALUATED
from originmark.mark.evaluation.views.stars import READS
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access


@login_required
@require_GET
def watch(request: HttpRequest) -> HttpResponseBase:
    """List the stars that end, and who was told."""
    by = access.actor_of(request)
    context = {
        "may_notify": access.allows(by, "evaluation.notify"),
        "may_revoke": access.allows(by, "evaluation.revoke"),
        "may_count": access.allows(by, "evaluation.count_stars"),
        "schemes": sorted({each.code for each in schemes.star_schemes()}),
    }
    rows = star_lists.watch(by, clock.today())
    return table_page(
        request, watch_table(), rows, template="evaluation/star_watch.html", context=context
    )


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponseBase:
    """List who was told when that a star ends."""
    rows = star_lists.notices(access.actor_of(request))
    return table_page(request, NOTICES, rows, template="evaluation/star_notices.html")


@login_required
@require_GET
def notice_letter(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the letter of a notice as PDF."""
    notice = star_lists.notice(number, access.actor_of(request))
    return files.made(notice_pdf(notice), f"{notice.star.number}.pdf")


@login_required
@require_POST
def write_notices(request: HttpRequest) -> HttpResponse:
    """Write every notice that is due."""
    written = services.send_expiry_notices(by=access.actor_of(request), now=clock.now())
    said = ngettext("%(count)s notice is written.", "%(count)s notices are written.", len(written))
    none = _("No notice is due: all were written before.")
    messages.success(request, said % {"count": len(written)} if written else none)
    return HttpResponseRedirect(reverse("evaluation:star_watch"))


@login_required
@require_POST
def write_notice(request: HttpRequest, number: str) -> HttpResponse:
    """Write the notice for one star now."""
    services.send_expiry_notice(number, by=access.actor_of(request), now=clock.now())
    messages.success(request, _("The notice is written."))
    return HttpResponseRedirect(reverse("evaluation:star", args=[number]))


@login_required
@require_GET
def counts(request: HttpRequest) -> HttpResponseBase:
    """Count what became of the terms that ended in a period, each count with its list."""
    access.require(access.actor_of(request), "evaluation.count_stars")
    asked = request.GET if "on_from" in request.GET else None
    form = PeriodForm(asked, places=star_lists.places())
    on_from, on_to, place = form.period(clock.today())
    if not form.is_bound:
        form.initial = {"on_from": on_from, "on_to": on_to}
    rows = star_counts.ended(on_from, on_to, place=place).select_related("product", "organisation")
    context = {
        "form": form,
        "counts": star_counts.counts(on_from, on_to, place=place),
        "on_from": on_from,
        "on_to": on_to,
        "place": place,
    }
    table = ended_table(on_to)
    return table_page(request, table, rows, template="evaluation/star_counts.html", context=context)


@login_required
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Revoke a star."""
    by = access.actor_of(request)
    access.require(by, "evaluation.revoke")
    star = selectors.star(number, clock.today())
    language = (get_language() or "en").split("-")[0]
    reasons = selectors.revocation_reasons(star.scheme_code, star.scheme_version, language)
    form = RevokeForm(request.POST or None, reasons=reasons, initial=_from_today())

    def act(said: dict[str, Any]) -> Any:
        draft = form.draft(said["reason"], said["hearing_note"])
        return services.revoke(number, draft, by=by, now=clock.now())

    context = {
        "title": _("Revoke the stars of %(product)s") % {"product": star.product.name},
        "intro": f"{star.organisation.name} · {stars_said(star)}",
        "submit": _("Revoke"),
        "danger": True,
        "cancel_url": star_url(star),
    }
    done = _("The stars are revoked.")
    return submit(request, form, act, context=context, success=star_url(star), done=done)


@login_required
def revoke_lapsed(request: HttpRequest, scheme: str) -> HttpResponse:
    """Show all that lapsed, and revoke them by one decision when the number is typed."""
    by = access.actor_of(request)
    access.require(by, "evaluation.revoke")
    form = RevokeLapsedForm(request.POST or None, initial=_from_today())

    def act(said: dict[str, Any]) -> Any:
        draft = form.draft(EXPIRED_NOT_REEVALUATED)
        return services.revoke_lapsed(
            scheme, draft, confirmed=said["confirmed"], by=by, now=clock.now()
        )

    def done(made: list[Any]) -> str:
        said = ngettext("%(count)s star is revoked.", "%(count)s stars are revoked.", len(made))
        return said % {"count": len(made)}

    lapsed = list(selectors.lapsed_unrevoked(scheme, clock.today()).order_by("valid_until", "pk"))
    context = {
        "lapsed": lapsed,
        "submit": _("Revoke them all"),
        "danger": True,
        "cancel_url": reverse("evaluation:star_watch"),
    }
    return submit(
        request,
        form,
        act,
        template="evaluation/star_lapsed.html",
        context=context,
        success=reverse("evaluation:star_watch"),
        done=done,
    )


@login_required
@require_POST
def re_evaluate(request: HttpRequest, number: str) -> HttpResponse:
    """Open the re-evaluation of a star."""
    by = access.actor_of(request)
    opened = services.open_re_evaluation(number, by=by, now=clock.now())
    return HttpResponseRedirect(reverse("evaluation:re_evaluation", args=[opened.reference]))


@login_required
def re_evaluation(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a re-evaluation, and take the report of what changed."""
    by = access.actor_of(request)
    row = star_lists.re_evaluation(reference, by)
    sections = ("materials", "market", "quality_declaration", "results")
    form = ReportForm(request.POST or None, initial={name: getattr(row, name) for name in sections})

    def act(_said: dict[str, Any]) -> Any:
        return services.record_report(reference, form.report(), by=by, now=clock.now())

    org = row.star.organisation_id
    context = {
        "row": row,
        "has_dossier": dossiers(by).filter(number=row.dossier_number).exists(),
        "said": [(form.fields[name].label, getattr(row, name)) for name in sections],
        "may_write": access.allows(by, "evaluation.re_evaluate", organisation_id=org)
        and row.closed_on is None,
        "may_fail": access.allows(by, "evaluation.recognise", organisation_id=org),
        "submit": _("Save the report"),
    }
    return submit(
        request,
        form,
        act,
        template="evaluation/re_evaluation.html",
        context=context,
        success=request.path,
        done=_("The report is saved."),
    )


@login_required
@require_POST
def close_re_evaluation(request: HttpRequest, reference: str, outcome: str) -> HttpResponse:
    """End a re-evaluation without a star."""
    by = access.actor_of(request)
    star_lists.re_evaluation(reference, by)
    row = services.close_re_evaluation(reference, outcome=outcome, by=by, now=clock.now())
    messages.success(request, _("The re-evaluation is closed."))
    return HttpResponseRedirect(star_url(row.star))


@login_required
def honour(request: HttpRequest, number: str) -> HttpResponse:
    """Honour a product."""
    by = access.actor_of(request)
    access.require(by, "evaluation.honour")
    star = selectors.star(number, clock.today())
    form = HonourForm(request.POST or None, initial={"on": clock.today()})

    def act(said: dict[str, Any]) -> Any:
        return services.honour(number, **said, by=by)

    context = {
        "title": _("Honour %(product)s") % {"product": star.product.name},
        "submit": _("Honour"),
        "cancel_url": star_url(star),
    }
    done = _("The product is honoured.")
    return submit(request, form, act, context=context, success=star_url(star), done=done)


@require_GET
def honour_certificate(request: HttpRequest, honour_id: int) -> HttpResponse:
    """Hand out the certificate of an honour as PDF. For everybody, as the list is."""
    READS.count(request)
    row = get_object_or_404(star_lists.honours(), pk=honour_id)
    return files.made(honour_pdf(row), f"{row.star.number}-{row.year}.pdf")


def _from_today() -> dict[str, Any]:
    return {"decided_on": clock.today(), "effective_from": clock.today()}
