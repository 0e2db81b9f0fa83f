"""The pages of certificates."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.origin.certificates import rules, selectors, services, tables
from originmark.origin.certificates.documents import document_response
from originmark.origin.certificates.forms import CertificateForm, FateForm, TypeForm
from originmark.origin.certificates.models import Certificate
from originmark.origin.parties import access

WATCHED_DAYS = (30, 60, 90)


@login_required
@require_GET
def certificate_list(request: HttpRequest) -> HttpResponseBase:
    """List the certificates that the person may read."""
    by = access.actor_of(request)
    context = {"may_record": access.allows_somewhere(by, "certificates.record")}
    template = "certificates/certificate_list.html"
    rows = selectors.certificates(by)
    return table_page(request, tables.CERTIFICATES, rows, template=template, context=context)


@login_required
@require_GET
def certificate(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Show a certificate."""
    by = access.actor_of(request)
    row = selectors.row(certificate_id, by)
    holder = row.holder_id
    context = {
        "certificate": row,
        "badge": tables.badge(row),
        "days_left": row.validity.days_left(clock.today()),
        "is_usual": rules.number_is_usual(row.number, row.type.number_pattern),
        "may_change": access.allows(by, "certificates.record", organisation_id=holder),
        "may_suspend": access.allows(by, "certificates.suspend", organisation_id=holder),
    }
    return render(request, "certificates/certificate.html", context)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Record a certificate."""
    context = {"title": _("Record a certificate"), "submit": _("Record")}
    return _record(request, None, {**context, "cancel_url": reverse("certificates:list")})


@login_required
def edit(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Change a certificate."""
    by = access.actor_of(request)
    row = selectors.row(certificate_id, by)
    access.require(by, "certificates.record", organisation_id=row.holder_id)
    title = _("Change %(certificate)s") % {"certificate": row}
    return _record(request, row, {"title": title, "cancel_url": _address(row)})


@login_required
def suspend(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Take a certificate out of force for a while."""
    return _fate(request, certificate_id, services.suspend_certificate, _("Suspend %(paper)s"))


@login_required
def revoke(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Take a certificate out of force for good."""
    return _fate(request, certificate_id, services.revoke_certificate, _("Revoke %(paper)s"))


@login_required
@require_POST
def lift(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Bring a suspended certificate back."""
    row = services.lift_suspension(certificate_id, by=access.actor_of(request))
    messages.success(request, _("The suspension is lifted."))
    return HttpResponseRedirect(_address(row))


@login_required
@require_GET
def document(request: HttpRequest, certificate_id: int) -> FileResponse:
    """Hand out the document to whoever may read the certificate."""
    return document_response(selectors.row(certificate_id, access.actor_of(request)))


@login_required
@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    """Show what ends in the next 30, 60 and 90 days, and what the papers in force cover."""
    by, today = access.actor_of(request), clock.today()
    rows = list(selectors.expiring(by, on=today, days=WATCHED_DAYS[-1]))
    left = [(row, row.validity.days_left(today) or 0) for row in rows]
    starts = (-1, *WATCHED_DAYS)
    groups = [
        {"days": end, "rows": [(row, days) for row, days in left if start < days <= end]}
        for start, end in zip(starts, WATCHED_DAYS, strict=False)
    ]
    context = {"groups": groups, "total": len(rows), "totals": selectors.roll_up(by, today)}
    return render(request, "certificates/watch.html", context)


@login_required
@require_GET
def type_list(request: HttpRequest) -> HttpResponse:
    """Show the types of certificates."""
    types = selectors.certificate_types().prefetch_related("equivalents")
    may_change = access.allows(access.actor_of(request), "certificates.types")
    context = {"types": types, "may_change": may_change}
    return render(request, "certificates/types.html", context)


@login_required
def edit_type(request: HttpRequest, code: str) -> HttpResponse:
    """Change what the programme decides about a type."""
    by = access.actor_of(request)
    access.require(by, "certificates.types")
    row = selectors.certificate_type(code)
    form = TypeForm(request.POST or None, row=row)

    def act(said: dict[str, Any]) -> None:
        services.change_type(code, by=by, **said)

    types = reverse("certificates:types")
    context = {"title": _("Change %(type)s") % {"type": row.name}, "cancel_url": types}
    return submit(request, form, act, success=types, done=_("The type is saved."), context=context)


def _record(request: HttpRequest, row: Certificate | None, context: dict[str, Any]) -> HttpResponse:
    by = access.actor_of(request)
    form = CertificateForm(
        request.POST or None, request.FILES or None, by=by, initial=_typed(row) if row else {}
    )

    @transaction.atomic
    def act(said: dict[str, Any]) -> Certificate:
        """Write paper and document together: a refused document leaves no record behind."""
        if row is None:
            made = services.record_certificate(form.draft(), by=by, now=clock.now())
        else:
            made = services.change_certificate(row.pk, form.draft(), by=by)
        if said["document"]:
            services.attach_document(made.pk, said["document"], by=by)
        return made

    return submit(
        request, form, act, success=_address, done=_("The certificate is saved."), context=context
    )


def _fate(request: HttpRequest, certificate_id: int, act: Any, title: str) -> HttpResponse:
    by = access.actor_of(request)
    row = selectors.row(certificate_id, by)
    access.require(by, "certificates.suspend", organisation_id=row.holder_id)
    form = FateForm(request.POST or None, initial={"on": clock.today()})
    return submit(
        request,
        form,
        lambda said: act(row.pk, on=said["on"], reason=said["reason"], by=by),
        success=_address(row),
        done=_("The certificate is changed."),
        context={"title": title % {"paper": row}, "cancel_url": _address(row), "danger": True},
    )


def _typed(row: Certificate) -> dict[str, Any]:
    draft = selectors.draft_of(row)
    said = {name: getattr(draft, name) for name in draft.__slots__}
    return {**said, "holder": row.holder_id}


def _address(row: Certificate) -> str:
    return reverse("certificates:certificate", args=[row.pk])
