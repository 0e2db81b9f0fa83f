"""Public pages: what is behind a code, and the form for codes that are typed."""

from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.limits import WindowLimit
from originmark.mark.labels import selectors as labels
from originmark.mark.passport import lost, selectors, services
from originmark.mark.passport.credentials import issuing
from originmark.mark.passport.credentials import views as credentials
from originmark.mark.passport.forms import CodeForm, PlaceForm
from originmark.mark.passport.models import Credential
from originmark.mark.passport.refusals import BadGtin
from originmark.mark.passport.resolver.answers import (
    for_program,
    led_elsewhere,
    linkset_link,
    resolver_door,
    with_links,
)
from originmark.mark.passport.resolver.rules import OWN, Subject, subject_of
from originmark.mark.passport.resolver.selectors import thing
from originmark.mark.passport.rules import Verdict
from originmark.mark.passport.services import Look, Place
from originmark.mark.passport.values import Passport
from originmark.mark.passport.words import LOT_ONLY, WORDS
from originmark.standards.gs1 import keys

SCANS = WindowLimit(times=120, seconds=60)
log = structlog.get_logger(__name__)
NOT_OURS = {Verdict.UNKNOWN, Verdict.MISPLACED}


class PackPage(HttpResponse):
    """The page of a pack or a lot, which knows what it was made of."""

    def __init__(self, page: str, *, look: Look | None, status: int) -> None:
        super().__init__(page, status=status)
        self.look = look


@resolver_door
def scan_gtin(request: HttpRequest, gtin: str, lot: str, serial: str = "") -> HttpResponse:
    """Answer a scan of a GS1 Digital Link; 400 when the address cannot be one."""
    try:
        number = keys.gtin(gtin)
    except keys.InvalidKey as problem:
        raise BadGtin(gtin=gtin, why=str(problem)) from None
    return scan(request, subject_of("01", number, lot=lot, serial=serial))


@resolver_door
def scan_own(request: HttpRequest, product: str, lot: str, serial: str = "") -> HttpResponse:
    """Answer a scan of a product that has no GTIN."""
    return scan(request, subject_of(OWN, product, lot=lot, serial=serial))


def scan(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Answer a scan of a lot or a pack; by its tag alone while the database is away."""
    try:
        return _scan(request, subject)
    except lost.LOST_ERRORS as error:
        if not subject.serial:
            raise
        log.warning("a scan is answered without the database", why=str(error))
        return lost.answer(
            request, serial=subject.serial, lot_code=subject.lot, viewer=_viewer(request)
        )


def _scan(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Answer what a program asks for, else the passport page."""
    if not _wants_credential(request) and (led := for_program(request, subject)):
        return led
    found = thing(subject).product
    if found is None and (led := led_elsewhere(request, subject)):
        return led
    code = found.code if found else ""
    page = _answer(request, product_code=code, lot_code=subject.lot, serial=subject.serial)
    return with_links(page, linkset_link(subject))


@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """Lead a code that was typed to its passport."""
    SCANS.count(request)
    form = CodeForm(request.GET or None)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "passport/check.html", {"form": form}, status=status)
    try:
        label = labels.verify(form.cleaned_data["code"])
    except lost.LOST_ERRORS:
        serial = form.cleaned_data["code"]
        return lost.answer(request, serial=serial, lot_code="", viewer=_viewer(request))
    if label is None:
        look = Look(Verdict.UNKNOWN)
        return render(request, "passport/scan.html", page_of(look), status=404)
    return HttpResponseRedirect(label.url)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def share_place(request: HttpRequest) -> HttpResponse:
    """Ask whether the shopper says where a pack is, and keep it: a place to about a kilometre.

    The pages of packs set no cookie and so have no token; the browser says whose page asks. 404
    where no scan of this phone waits for a place: it may be on its way for a second or two.
    """
    SCANS.count(request)
    if request.method == "GET":
        return _ask_for_place(request)
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise PermissionDenied
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    said = form.cleaned_data
    place = Place(said["latitude"], said["longitude"])
    is_kept = services.share_place(
        said["code"], viewer=_viewer(request), place=place, now=clock.now()
    )
    return HttpResponse(status=204 if is_kept else 404)


def _ask_for_place(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET)
    if not form.is_valid() or labels.opened(form.cleaned_data["code"]) is None:
        return HttpResponseRedirect(f"{reverse('passport:check')}?{request.GET.urlencode()}")
    code = labels.grouped(form.cleaned_data["code"])
    return render(request, "passport/place.html", {"code": code})


def _answer(request: HttpRequest, *, product_code: str, lot_code: str, serial: str) -> HttpResponse:
    SCANS.count(request)
    look = None
    if serial:
        look = services.look(
            serial,
            product_code=product_code,
            lot_code=lot_code,
            viewer=_viewer(request),
            now=clock.now(),
        )
    passport = _passport(look, product_code=product_code, lot_code=lot_code)
    status = 200 if passport else 404
    if passport and _wants_credential(request):
        return credentials.answer(request, _credential(lot_code, serial))
    if _wants_json(request):
        return _json(look, passport, status)
    page = render_to_string("passport/scan.html", page_of(look, passport), request)
    return PackPage(page, look=look, status=status)


def _credential(lot_code: str, serial: str) -> Credential:
    """Return the signed passport of the pack, or of the lot where no pack is named."""
    if serial:
        return issuing.passport_of_pack(serial, now=clock.now())
    return issuing.passport_of_lot(lot_code, now=clock.now())


def _passport(look: Look | None, *, product_code: str, lot_code: str) -> Passport | None:
    """Return the passport to show, if the code may be shown with one."""
    if look is not None and look.verdict in NOT_OURS:
        return None
    brand = look.label.brand_code if look and look.label else None
    return selectors.passport_of(
        product_code=product_code,
        lot_code=lot_code,
        brand_code=brand,
        language=get_language() or "en",
        now=clock.now(),
        found=look.standing if look else None,
    )


def page_of(look: Look | None, passport: Passport | None = None) -> dict[str, Any]:
    """Return what the page of a code shows."""
    if look is None and passport is None:
        look = Look(Verdict.UNKNOWN)
    answer = _verdict(look, passport)
    return {
        "look": look,
        "code": labels.grouped(look.label.serial) if look and look.label else "",
        "words": WORDS[answer] if answer else LOT_ONLY,
        "tone": answer.tone if answer else "plain",
        "verdict": answer,
        "passport": passport,
        "json_url": "?format=json",
        "host": urlsplit(settings.PUBLIC_URL).netloc,
    }


def _verdict(look: Look | None, passport: Passport | None) -> Verdict | None:
    """Return the verdict on a pack; on a lot there is none unless it was recalled."""
    if look is not None:
        return look.verdict
    return Verdict.RECALLED if passport and passport.alarm else None


def _json(look: Look | None, passport: Passport | None, status: int) -> JsonResponse:
    body: dict[str, Any] = {"verdict": _verdict(look, passport)}
    if look:
        body["genuine"] = look.verdict.is_genuine
        body["seen_before_by"] = look.others
    if passport:
        body["passport"] = passport.for_programs()
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def _wants_credential(request: HttpRequest) -> bool:
    return "linkType" not in request.GET and credentials.is_asked_for(request)


def _wants_json(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return request.GET.get("format") == "json" or ("json" in accept and "text/html" not in accept)


def _viewer(request: HttpRequest) -> str:
    address = request.META.get("REMOTE_ADDR", "")
    browser = request.headers.get("User-Agent", "")
    return services.viewer_of(address, browser, now=clock.now())
