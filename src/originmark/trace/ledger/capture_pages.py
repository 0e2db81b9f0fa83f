"""Pages about documents that came in: the list, one of them, and sending one by hand."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table, table_page
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.trace.ledger import capture_jobs, selectors, services
from originmark.trace.ledger.capture_headers import Terms
from originmark.trace.ledger.door import errors_of
from originmark.trace.ledger.models import CaptureJob

MOST_SHOWN = 200
LONGEST_EXCERPT = 400
XML_NAMES = (".xml",)
JSON_TYPE, XML_TYPE = "application/json", "application/xml"
STATES = [
    ("running", _("under way")),
    ("stored", _("stored")),
    ("refused", _("nothing stored")),
    ("partly", _("stored in part")),
]


def state_of(job: CaptureJob) -> str:
    """Return which of STATES a job is in."""
    if job.is_running:
        return "running"
    if job.is_success:
        return "stored"
    return "partly" if job.stored else "refused"


TONES = {"running": "info", "stored": "ok", "refused": "bad", "partly": "warn"}


def _badge(job: CaptureJob) -> Badge:
    state = state_of(job)
    return Badge(dict(STATES)[state], TONES[state])


def _in_state(rows: Any, value: str) -> Any:
    kept: dict[str, dict[str, bool | int]] = {
        "running": {"is_running": True},
        "stored": {"is_running": False, "is_success": True},
        "refused": {"is_running": False, "is_success": False, "stored": 0},
        "partly": {"is_running": False, "is_success": False, "stored__gt": 0},
    }
    return rows.filter(**kept[value])


TABLE = Table(
    name="captures",
    columns=[
        Column(
            "created_at",
            _("Received"),
            link=lambda job: reverse("ledger:capture-page", args=[job.pk]),
            sort="created_at",
        ),
        Column("state", _("State"), value=_badge),
        Column("stored", _("Stored"), sort="stored", align="end"),
        Column("repeated", _("There before"), sort="repeated", align="end", is_wide_only=True),
        Column("rejected", _("Refused"), sort="rejected", align="end", is_wide_only=True),
        Column("organisation__name", _("From"), sort="organisation__name", is_wide_only=True),
    ],
    filters=[Filter("state", _("State"), choices=STATES, apply=_in_state)],
    search=["organisation__name__icontains", "captured_by__name__icontains"],
    default_sort="-created_at",
    empty=EmptyState(
        _("No document yet"),
        _("Documents that partners' programs send appear here, with what became of them."),
        _("Send a document"),
        "/ledger/captures/new/",
        icon="upload",
        permission="ledger.capture",
    ),
)


@login_required
@require_GET
def capture_list(request: HttpRequest) -> HttpResponseBase:
    """List the documents that the person may see."""
    by = access.actor_of(request)
    rows = selectors.jobs(by).select_related("organisation", "captured_by")
    context = {"may_capture": access.allows_somewhere(by, "ledger.capture")}
    return table_page(request, TABLE, rows, template="ledger/capture_list.html", context=context)


@login_required
@require_GET
def capture_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Show what became of a document, place by place."""
    rows = selectors.jobs(access.actor_of(request)).select_related("organisation", "captured_by")
    job = rows.filter(pk=job_id).first()
    if job is None:
        raise Http404
    state = state_of(job)
    context = {
        "job": job,
        "state": dict(STATES)[state],
        "tone": TONES[state],
        "errors": job.errors[:MOST_SHOWN],
        "advice": job.advice[:MOST_SHOWN],
        "refused": job.rejected,
    }
    return render(request, "ledger/capture_job.html", context)


class DocumentForm(forms.Form):
    """A document from the person's computer."""

    document = forms.FileField(
        label=_("Document"), help_text=_("JSON or XML, as EPCIS 2.0 or 1.2 writes it.")
    )
    behaviour = forms.ChoiceField(
        label=_("If an event is wrong"),
        choices=[("rollback", _("store nothing")), ("proceed", _("store the others"))],
        initial="rollback",
        widget=forms.RadioSelect,
    )
    check_only = forms.BooleanField(label=_("Check only"), required=False)

    def clean_document(self) -> UploadedFile[bytes]:
        """Refuse a document that is too large to be captured while the person waits."""
        document: UploadedFile[bytes] = self.cleaned_data["document"]
        most = settings.LEDGER_WAIT_BYTES
        if (document.size or 0) > most:
            raise forms.ValidationError(
                _(
                    "The document has %(found)s bytes; this page takes %(most)s. Send a larger "
                    "one through the interface, or with the command “originmark capture”."
                ),
                code="too-large",
                params={"found": document.size, "most": most},
            )
        return document


@dataclass
class Verdict:
    """What a check of a document found."""

    new: int = 0
    repeated: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    advice: list[dict[str, Any]] = field(default_factory=list)


@login_required
@require_http_methods(["GET", "POST"])
def capture_new(request: HttpRequest) -> HttpResponse:
    """Take a document by hand, or check one without storing it."""
    by = access.actor_of(request)
    if not access.allows_somewhere(by, "ledger.capture"):
        access.require(by, "ledger.capture")
    form = DocumentForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid() and form.cleaned_data["check_only"]:
        context |= {"form": form, "verdict": _check(form.cleaned_data["document"], by=by)}
        return render(request, "ledger/capture_new.html", context)

    def act(cleaned: dict[str, Any]) -> str:
        upload: UploadedFile[bytes] = cleaned["document"]
        terms = Terms(media_type_of(upload), cleaned["behaviour"])
        job = capture_jobs.capture(upload.read(), terms, by=by, now=clock.now())
        return reverse("ledger:capture-page", args=[job.pk])

    return submit(request, form, act, template="ledger/capture_new.html", context=context)


def media_type_of(upload: UploadedFile[bytes]) -> str:
    """Return whether a file is XML or JSON, by its name and, failing that, its first character."""
    if str(upload.name).lower().endswith(XML_NAMES):
        return XML_TYPE
    start = upload.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    upload.seek(0)
    return XML_TYPE if start.startswith(b"<") else JSON_TYPE


def _check(upload: UploadedFile[bytes], *, by: Actor) -> Verdict:
    media_type, data = media_type_of(upload), upload.read()
    try:
        result = services.capture(data, by=by, now=clock.now(), media_type=media_type, dry_run=True)
    except RuleViolation as refused:
        found = errors_of(refused)[:MOST_SHOWN]
        return Verdict(problems=[each | {"excerpt": excerpt(data, each)} for each in found])
    advice = [{"pointer": each.pointer, "detail": each.reason} for each in result.advice]
    return Verdict(len(result.stored), result.repeated, advice=advice[:MOST_SHOWN])


def excerpt(data: bytes, problem: dict[str, Any]) -> str:
    """Return what a JSON document holds at the place of a problem, cut short; else nothing."""
    try:
        value = orjson.loads(data)
        for step in str(problem.get("pointer", "")).split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            value = value[int(key)] if isinstance(value, list) else value[key]
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return text if len(text) <= LONGEST_EXCERPT else f"{text[:LONGEST_EXCERPT]} …"
