"""Pages for those whose programs talk to the ledger."""

from itertools import groupby
from typing import Any

import orjson
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from originmark.origin.parties import access
from originmark.standards.epcis.times import write_moment
from originmark.standards.epcis.xml_writer import document_to_xml
from originmark.trace.ledger import selectors, store
from originmark.trace.ledger.openapi import description
from originmark.trace.ledger.openapi.resources import OPERATIONS, Operation


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """Answer the description of ``/epcis`` as OpenAPI 3.1; anybody may read it."""
    return JsonResponse(description(request.build_absolute_uri("/epcis")))


@login_required
@require_GET
def api_page(request: HttpRequest) -> HttpResponse:
    """Show every resource of ``/epcis``, with how to try it."""
    if not access.allowed_somewhere(request, "ledger.query"):
        access.require(access.actor_of(request), "ledger.query")
    address = request.build_absolute_uri("/epcis")
    groups = [
        (name, [_shown(each, address) for each in operations])
        for name, operations in groupby(OPERATIONS, key=lambda operation: operation.group)
    ]
    return render(request, "ledger/api.html", {"address": address, "groups": groups})


@login_required
@require_GET
def event_json(request: HttpRequest, index: int) -> HttpResponse:
    """Answer one event as a document of its own, in JSON."""
    body = orjson.dumps(_document(request, index), option=orjson.OPT_INDENT_2)
    return _file(body, "application/ld+json", f"event-{index}.jsonld")


@login_required
@require_GET
def event_xml(request: HttpRequest, index: int) -> HttpResponse:
    """Answer one event as a document of its own, in XML."""
    return _file(
        document_to_xml(_document(request, index)), "application/xml", f"event-{index}.xml"
    )


def _document(request: HttpRequest, index: int) -> dict[str, Any]:
    """Return a document with one event that the person may read, or answer 404."""
    rows = selectors.events(access.actor_of(request)).select_related("context")
    row = rows.filter(pk=index).first()
    if row is None:
        raise Http404
    stored = store.from_row(row)
    body = {**stored.body, "eventID": stored.event_id}
    return {
        "@context": stored.context or body.pop("@context", []),
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": write_moment(stored.recorded_at),
        "epcisBody": {"eventList": [body]},
    }


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=media_type, headers=disposition)


def _shown(operation: Operation, address: str) -> dict[str, Any]:
    return {
        "operation": operation,
        "verb": operation.method.upper(),
        "good": sorted(operation.answers.items()),
        "curl": _curl(operation, address),
    }


def _curl(operation: Operation, address: str) -> str:
    """Return a command that a newcomer can paste; names in capitals are to be filled in."""
    path = operation.path.replace("{", "").replace("}", "")
    parts = ["curl", "-H 'Authorization: Bearer KEY'"]
    if operation.method not in ("get", "post"):
        parts.append(f"-X {operation.method.upper()}")
    if operation.takes:
        parts += ["-H 'Content-Type: application/json'", "--data-binary @document.json"]
    return " ".join([*parts, f"'{address}{path}'"])
