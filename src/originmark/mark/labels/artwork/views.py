"""Pages about artwork: write down a label, read what is missing, approve it for print."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.labels.artwork import choices, proposals, selectors, services
from originmark.mark.labels.artwork.content import FIELD_NAMES, ON_LABEL, LabelContent
from originmark.mark.labels.artwork.forms import ArtworkForm
from originmark.mark.labels.artwork.models import Artwork, ArtworkPicture
from originmark.mark.labels.artwork.picture_rules import BY_EYE
from originmark.mark.labels.artwork.rulesets import MUST
from originmark.mark.labels.artwork.sentences import told
from originmark.mark.labels.artwork.tables import ARTWORK, artwork_url, badge
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products


@require_GET
@login_required
def artwork_list(request: HttpRequest) -> HttpResponseBase:
    """Show the artwork that the person may read."""
    rows = selectors.artworks(access.actor_of(request))
    return table_page(request, ARTWORK, rows, template="labels/artwork_list.html")


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, number: str = "") -> HttpResponse:
    """Write down a label; ``number`` names the artwork that it starts from."""
    by = access.actor_of(request)
    before = selectors.artwork(number, by) if number else None
    form = ArtworkForm(
        request.POST or None,
        products=choices.products_of(by),
        brands=choices.brands(),
        initial=_typed(before) if before else _proposal(request, by),
    )

    def act(data: dict[str, Any]) -> Artwork:
        return services.record_artwork(_draft(data), by=by, now=clock.now())

    context = {
        "product_code": before.product_code if before else request.GET.get("product", ""),
        "title": _("New version of %(number)s") % {"number": number} if number
        else _("Check a label"),
        "intro": _("Write what stands on the label. What you leave empty is not on it."),
        "submit": _("Check"),
        "cancel_url": artwork_url(before) if before else "",
    }  # fmt: skip
    return submit(
        request, form, act, template="labels/artwork_form.html", context=context,
        success=artwork_url,
    )  # fmt: skip


@require_GET
@login_required
def artwork(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is missing on a label, then what is fine."""
    by = access.actor_of(request)
    row = selectors.artwork(number, by)
    found = selectors.checked(row)
    content = row.says
    is_draft = row.status == Artwork.Status.DRAFT
    context = {
        "artwork": row,
        "badge": badge(row),
        "found": found,
        "must": [told(each) for each in found.findings if each.severity == MUST],
        "should": [told(each) for each in found.findings if each.severity != MUST],
        "fine": [_(FIELD_NAMES[name]) for name in found.fine],
        "says": _says(content),
        "picture": selectors.picture_of(row),
        "ticks": _ticks(selectors.picture_of(row)),
        "is_draft": is_draft,
        "may_inspect": is_draft and access.allows(by, "labels.inspect_artwork"),
        "may_change": access.allows(by, "labels.artwork", organisation_id=row.organisation_id),
        "may_approve": is_draft and access.allows(by, "labels.approve_artwork"),
    }
    return render(request, "labels/artwork.html", context)


@require_POST
@login_required
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve artwork for print."""
    row = services.approve_artwork(number, by=access.actor_of(request), now=clock.now())
    messages.success(request, _("%(number)s is approved for print.") % {"number": row.number})
    return redirect(artwork_url(row))


def _ticks(picture: ArtworkPicture | None) -> list[tuple[str, Any]]:
    set_ = {each.item: each for each in picture.ticks.all()} if picture else {}
    return [(_(words), set_.get(code)) for code, words in BY_EYE.items()]


def _says(content: LabelContent) -> list[tuple[str, str]]:
    lines = [
        (_(FIELD_NAMES[field]), content.shown(field))
        for field in ON_LABEL
        if content.shown(field) not in {"", "0"}
    ]
    return [(name, f"{text} {content.net_unit}" if name == _("Net content") else text)
            for name, text in lines]  # fmt: skip


def _proposal(request: HttpRequest, by: Actor) -> dict[str, Any]:
    """Return what the records know already, where a product is named in the address."""
    facts: dict[str, Any] = {"print_on": clock.today(), "star_count": 0}
    if code := request.GET.get("product", ""):
        product = products.product(products.row(code, by).code)
        said = proposals.content(product, get_language() or "en")
        facts |= {
            "product": product.code, "market": choices.market_of(product.code),
            "brand_code": choices.brand_of(product.code), **_fields_of(said),
        }  # fmt: skip
    return facts


def _fields_of(content: LabelContent) -> dict[str, Any]:
    return {each.name: getattr(content, each.name) for each in fields(content)}


def _typed(row: Artwork) -> dict[str, Any]:
    content = row.says
    head = ("market", "category", "print_on", "brand_code")
    return {
        **_fields_of(content),
        "product": row.product_code,
        **{name: getattr(row, name) for name in head},
    }


def _draft(data: dict[str, Any]) -> services.ArtworkDraft:
    content = LabelContent(**{each.name: data[each.name] for each in fields(LabelContent)})
    return services.ArtworkDraft(
        product_code=data["product"], market=data["market"], category=data["category"],
        print_on=data["print_on"], brand_code=data["brand_code"], content=content,
    )  # fmt: skip
