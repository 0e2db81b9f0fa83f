"""The home page, the search over everything, a typed code, the theme."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from originmark.frame.web import sockets
from originmark.frame.web.context import THEMES

YEAR_SECONDS = 365 * 24 * 3600
SHORTEST_SEARCH = 2
LONGEST_CODE = 2000
DIGITAL_LINK_PATHS = ("/01/", "/own/")


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show a person what waits; tell a visitor what this is."""
    if not request.user.is_authenticated:
        return render(request, "web/landing.html")
    cards = sockets.home_cards(request)
    return render(request, "web/home.html", {"cards": cards})


@require_GET
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """Show what the rooms find; with htmx, the hits alone."""
    query = request.GET.get("q", "").strip().replace("\x00", "")[:200]
    is_part = "HX-Request" in request.headers
    if not request.user.is_authenticated:
        return HttpResponse(status=403) if is_part else HttpResponseRedirect("/accounts/login/")
    found = sockets.hits(request, query) if len(query) >= SHORTEST_SEARCH else []
    template = "web/_hits.html" if is_part else "web/search.html"
    return render(request, template, {"search_query": query, "found": found})


@require_GET
def code(request: HttpRequest) -> HttpResponse:
    """Go to the page behind a code that somebody typed or pasted."""
    text = request.GET.get("code", "").strip()[:LONGEST_CODE]
    path = urlsplit(text).path if "/" in text else ""
    if path.startswith(DIGITAL_LINK_PATHS):
        return HttpResponseRedirect(path)
    if text and (address := sockets.address_of_code(text)):
        return HttpResponseRedirect(address)
    return render(request, "web/landing.html", {"unknown_code": text}, status=404 if text else 200)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme in a cookie and go back to where the person was."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    if (chosen := request.POST.get("theme", "")) in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR_SECONDS, samesite="Lax")
    else:
        response.delete_cookie("theme")
    return response
