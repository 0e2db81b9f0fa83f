"""The public doors of the resolver."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from originmark.mark.passport import views as passport
from originmark.mark.passport.resolver import answers, rules, selectors
from originmark.mark.passport.resolver.answers import resolver_door
from originmark.mark.passport.resolver.refusals import NothingKnown
from originmark.mark.passport.resolver.rules import Subject
from originmark.origin.products import selectors as products
from originmark.standards.gs1 import compression, digital_link, link_types, linksets


class CompressedPath:
    """The last part of an address that reads as a compressed link; other addresses pass by."""

    regex = r"[A-Za-z0-9_-]{8,200}/?"

    def to_python(self, value: str) -> str:
        """Return the text; ValueError lets Django look on."""
        if not compression.is_compressed(value):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """Return the text as it is."""
        return value


@resolver_door
def anything(request: HttpRequest, path: str) -> HttpResponse:
    """Answer for a Digital Link of any key, at any level."""
    return _answer(request, rules.read_path(f"/{path}"))


@resolver_door
def compressed(request: HttpRequest, path: str) -> HttpResponse:
    """Answer for a compressed link as for the same link in full, and say what that is."""
    return _answer(request, rules.read_path(f"/{path}"))


def _answer(request: HttpRequest, subject: Subject) -> HttpResponse:
    if subject.key == rules.OWN and not subject.lot:
        return product(request, subject.value)
    if not subject.is_of_a_lot:
        return answers.resolve(request, subject)
    found = passport.scan(request, subject)
    if subject.uncompressed and "owl:sameAs" not in found.get("Link", ""):
        uri = settings.PUBLIC_URL + subject.uncompressed
        answers.with_links(found, f'<{uri}>; rel="owl:sameAs"')
    return found


@resolver_door
def product(request: HttpRequest, product: str) -> HttpResponse:
    """Show a product that carries a mark, or lead to what is asked for about it."""
    subject = Subject(rules.OWN, product)
    answers.RESOLVED.count(request)
    found = selectors.thing(subject, get_language() or "en")
    if found.product is None:
        raise NothingKnown(link=subject.path)
    levels = answers.levels_for(request, subject)
    asks = answers.wanted_by(request)
    if (asks.link_type or asks.is_linkset) and (led := answers.answer(request, subject, levels)):
        return led
    context = {
        "product": found.product,
        "name": found.description,
        "pictures": products.pictures(found.product.id),
        "story": products.story(found.product.id, get_language() or "en"),
        "producer": selectors.producer_of(found),
        "links": [
            link for link in levels[0].links
            if link.is_safe and not link.href.endswith(subject.path)
        ],
    }  # fmt: skip
    page = render(request, "passport/links/product.html", context)
    return answers.with_links(page, answers.linkset_link(subject))


@resolver_door
def description(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (an address)
    """Say what this resolver supports (the resolver description file)."""
    return JsonResponse(
        {
            "name": "Originmark",
            "resolverRoot": settings.PUBLIC_URL,
            "supportedPrimaryKeys": sorted(digital_link.QUALIFIERS),
            "supportedLinkType": [{"namespace": link_types.VOCABULARY, "prefix": "gs1:"}],
            "linkTypeDefaultCanBeLinkset": False,
            "jsonLdContextLocation": linksets.CONTEXT,
        }
    )
