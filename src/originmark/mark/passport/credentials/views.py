"""Public doors of credentials: the programme's keys, its lists, what it issued, and verifying."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from originmark.frame.web import clock
from originmark.frame.web.limits import Limit
from originmark.mark.passport.credentials import checking, issuing, keys, register
from originmark.mark.passport.credentials.forms import VerifyForm
from originmark.mark.passport.credentials.models import Credential
from originmark.mark.passport.credentials.words import CHECKS, words_of
from originmark.origin.parties import access
from originmark.standards.credentials import jose
from originmark.standards.credentials.jose import MEDIA_TYPE, TokenMalformed
from originmark.standards.credentials.verification import Verification, issuer_of, moment_in

READS = Limit("credential", times=240, seconds=60)
VERIFIES = Limit("verify-credential", times=60, seconds=60)
JSON_TYPES = ("application/vc", "application/ld+json", "application/json")
FORMATS = {"jwt": MEDIA_TYPE, "json": "application/vc"}


@require_safe
def did_document(request: HttpRequest) -> HttpResponse:
    """Publish the keys that verify what the programme issued."""
    READS.count(request)
    return _for_all(json.dumps(keys.document(now=clock.now())), "application/did+json")


@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """Publish which credentials count no more."""
    READS.count(request)
    return _for_all(register.status_token(number, now=clock.now()), MEDIA_TYPE)


@require_safe
@vary_on_headers("Accept", "Accept-Language")
def credential(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """Hand out a credential: signed, as JSON, or as a page that verifies it."""
    READS.count(request)
    return answer(request, register.by_key(key, number))


@require_safe
@vary_on_headers("Accept", "Accept-Language")
def of_lot(request: HttpRequest, lot: str) -> HttpResponseBase:
    """Hand out the passport of a lot as it stands, issued on demand."""
    READS.count(request)
    return answer(request, issuing.passport_of_lot(lot, now=clock.now()), is_address=False)


@require_safe
@vary_on_headers("Accept", "Accept-Language")
def of_pack(request: HttpRequest, serial: str) -> HttpResponseBase:
    """Hand out the passport of one pack, issued on demand."""
    READS.count(request)
    return answer(request, issuing.passport_of_pack(serial, now=clock.now()), is_address=False)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Verify a credential of ours or of others, pasted or uploaded, and say each check."""
    VERIFIES.count(request)
    if request.method != "POST":
        return render(request, "passport/verify.html", {"form": VerifyForm()})
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "passport/verify.html", {"form": form}, status=422)
    data = form.cleaned_data
    found = checking.check(
        data["credential"] or data["file"],
        now=clock.now(),
        issuers=data["document"],
        status_lists=_lists(data["status_list"]),
    )
    return render(request, "passport/verify.html", {"form": form, **_page(found)})


def is_asked_for(request: HttpRequest) -> bool:
    """Return whether a program asks for a signed credential rather than for a page."""
    accepted = [each.split(";")[0].strip() for each in request.headers.get("Accept", "").split(",")]
    return MEDIA_TYPE in accepted or "application/vc" in accepted


def answer(request: HttpRequest, row: Credential, *, is_address: bool = True) -> HttpResponse:
    """Answer in the form that was asked for.

    Where the address is not the credential's own, people are sent to that one.
    """
    asked = FORMATS.get(request.GET.get("format", "")) or request.get_preferred_type(
        ["text/html", MEDIA_TYPE, *JSON_TYPES]
    )
    if asked == MEDIA_TYPE:
        return _for_all(row.token, MEDIA_TYPE)
    if asked in JSON_TYPES:
        said = jose.read(row.token).credential
        return _for_all(json.dumps(said, ensure_ascii=False, indent=1), str(asked))
    if not is_address:
        return HttpResponseRedirect(reverse("passport:credential", args=[row.key]))
    found = checking.check(row.token, now=clock.now())
    may_revoke = row.revoked_at is None and access.allows(
        access.actor_of(request), "credentials.revoke", organisation_id=row.organisation_id
    )
    context = {"row": row, "may_revoke": may_revoke, **_page(found)}
    return render(request, "passport/credential.html", context)


def _page(found: Verification) -> dict[str, Any]:
    said = found.credential
    subject = said.get("credentialSubject")
    issuer = said.get("issuer")
    return {
        "words": words_of(found),
        "checks": [(CHECKS[check.name], check) for check in found.checks],
        "said": said,
        "valid_from": moment_in(said.get("validFrom")),
        "valid_until": moment_in(said.get("validUntil")),
        "issuer_name": issuer.get("name", "") if isinstance(issuer, dict) else "",
        "issuer_did": issuer_of(said),
        "subject_name": subject.get("name", "") if isinstance(subject, dict) else "",
        "is_signed": found.is_signed,
        "text": json.dumps(said, ensure_ascii=False, indent=2) if said else "",
    }


def _lists(text: str) -> list[str]:
    """Return the list that somebody brought along; what is none is left out, and told so."""
    try:
        jose.read(text)
    except TokenMalformed:
        return []
    return [text]


def _for_all(body: str, media_type: str) -> HttpResponse:
    """Answer programs on any site, who may keep it for five minutes."""
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
    return HttpResponse(body, content_type=media_type, headers=headers)
