"""Pages about templates: choose, look, take the files."""

from typing import Any, Final, Literal
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.mark.labels.artwork import choices, selectors
from originmark.mark.labels.artwork.design import services
from originmark.mark.labels.artwork.design.forms import DesignForm
from originmark.mark.labels.artwork.design.panels import DEFAULT_PANEL
from originmark.mark.labels.artwork.models import LabelTemplate
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

SVG: Final = "image/svg+xml"
LANGUAGE_OF = {"VN": "vi", "CN": "zh-hans"}


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Choose a product and a panel; the template is drawn beside the form at once."""
    by = access.actor_of(request)
    form = _form(request, by, request.POST if request.method == "POST" else None)
    shown = _form(request, by, _chosen(request, by))
    return submit(
        request,
        form,
        lambda _data: services.take(form.asked(), by=by, now=clock.now()),
        template="labels/design.html",
        context={**_preview(shown, by), "has_products": bool(choices.products_of(by))},
        success=template_url,
        done=_("Take the files below. What they show is kept."),
    )


@require_GET
@login_required
def preview(request: HttpRequest) -> HttpResponse:
    """Answer the drawing for what is chosen so far."""
    by = access.actor_of(request)
    return render(
        request, "labels/_design_preview.html", _preview(_form(request, by, request.GET), by)
    )


@require_GET
@login_required
def drawing(request: HttpRequest) -> HttpResponse:
    """Answer the drawing itself, for the preview."""
    by = access.actor_of(request)
    form = _form(request, by, request.GET)
    if not form.is_valid():
        return HttpResponse(status=422)
    drawn = services.draw(form.asked(), by=by)
    return files.made(services.svg(drawn.as_json()), "label.svg", media_type=SVG)


@require_GET
@login_required
def template(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a template that somebody took, with its files."""
    row = selectors.template(key, access.actor_of(request))
    blanks = [each["word"] for each in row.drawn["lines"] if each["is_blank"]]
    return render(request, "labels/template.html", {"template": row, "blanks": blanks})


@require_GET
@login_required
def file(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """Answer a template as SVG or PDF."""
    row = selectors.template(key, access.actor_of(request))
    name = f"template-{row.product.code}-{row.market}.{kind}"
    how: Literal["attachment", "inline"] = "attachment" if "download" in request.GET else "inline"
    if kind == "svg":
        return files.made(services.svg(row.drawn), name, media_type=SVG, how=how)
    return files.made(services.pdf(row.drawn, made_at=row.made_at), name, how=how)


def template_url(row: LabelTemplate) -> str:
    """Return the address of a template's page."""
    return reverse("labels:template", args=[row.key])


def _form(request: HttpRequest, by: Actor, data: Any) -> DesignForm:
    return DesignForm(
        data, products=choices.products_of(by), brands=choices.brands(),
        initial=_chosen(request, by),
    )  # fmt: skip


def _chosen(request: HttpRequest, by: Actor) -> dict[str, Any]:
    """Return what is chosen before anybody chooses: the first product, the rules of today."""
    told = {name: str(value) for name, value in (request.POST or request.GET).items()}
    mine = choices.products_of(by)
    product = told.get("product") or (mine[0][0] if mine else "")
    market = told.get("market") or choices.market_of(product)
    facts = {
        "product": product, "market": market, "category": "food", "panel": DEFAULT_PANEL,
        "language": LANGUAGE_OF.get(market, "en"),
        "print_on": clock.today().isoformat(),
        "brand": choices.brand_of(product),
    }  # fmt: skip
    return facts | told


def _preview(form: DesignForm, by: Actor) -> dict[str, Any]:
    if not form.is_valid():
        return {"preview_query": ""}
    try:
        drawn = services.draw(form.asked(), by=by)
    except RuleViolation as refusal:
        return {"preview_query": "", "preview_refusal": say(refusal)}
    asked = form.asked()
    return {
        "preview_query": choices.query_of(form.cleaned_data),
        "drawn": drawn,
        "write_url": f"{reverse('labels:artwork_new')}?product={asked.product_code}",
    }
