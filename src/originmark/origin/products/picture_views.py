"""Pages and files of a product's pictures and rights."""

from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.origin.parties import access
from originmark.origin.products import selectors, services
from originmark.origin.products.forms import PictureForm, RightForm
from originmark.origin.products.models import PICTURE_WIDTHS, Product, picture_path
from originmark.origin.products.rules import RightDraft


@require_GET
def picture(request: HttpRequest, key: UUID, width: int) -> FileResponse:  # noqa: ARG001 (a view)
    """Hand out a picture to anybody: shoppers see it on the page behind the pack."""
    path = picture_path(key, width)
    if width not in PICTURE_WIDTHS or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path, "rb"), content_type="image/webp")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@login_required
def add_picture(request: HttpRequest, code: str) -> HttpResponse:
    """Add a picture; this page shows those that are there as well."""
    by = access.actor_of(request)
    row = _changeable(request, code)
    form = PictureForm(request.POST or None, request.FILES or None)

    def act(said: dict[str, Any]) -> None:
        services.add_picture(code, said["file"], said["description"], by=by, now=clock.now())

    return submit(
        request,
        form,
        act,
        template="products/pictures.html",
        success=reverse("products:pictures", args=[code]),
        done=_("The picture is added."),
        context={"product": row, "pictures": selectors.pictures(row.pk)},
    )


@login_required
@require_POST
def remove_picture(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Remove a picture."""
    services.remove_picture(code, key, by=access.actor_of(request))
    messages.success(request, _("The picture is removed."))
    return HttpResponseRedirect(reverse("products:pictures", args=[code]))


@login_required
@require_POST
def move_picture_up(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Show a picture one place earlier."""
    services.move_picture_up(code, key, by=access.actor_of(request))
    return HttpResponseRedirect(reverse("products:pictures", args=[code]))


@login_required
def right(request: HttpRequest, code: str, right_id: int | None = None) -> HttpResponse:
    """Record a right in a product, or change the record."""
    by = access.actor_of(request)
    row = _changeable(request, code)
    there = selectors.right(row.pk, right_id) if right_id is not None else None
    known = {name: getattr(there, name) for name in RightDraft.__slots__} if there else {}
    form = RightForm(request.POST or None, request.FILES or None, initial=known)

    def act(said: dict[str, Any]) -> None:
        document = said["document"] or None
        if right_id is None:
            services.record_right(code, form.draft(), by=by, document=document)
        else:
            services.change_right(code, right_id, form.draft(), by=by, document=document)

    address = reverse("products:product", args=[code])
    title = _("Intellectual property of %(product)s") % {"product": row.name}
    return submit(
        request,
        form,
        act,
        success=address,
        done=_("The right is recorded."),
        context={"title": title, "cancel_url": address},
    )


@login_required
@require_POST
def remove_right(request: HttpRequest, code: str, right_id: int) -> HttpResponse:
    """Remove a record of a right."""
    services.remove_right(code, right_id, by=access.actor_of(request))
    messages.success(request, _("The record is removed."))
    return HttpResponseRedirect(reverse("products:product", args=[code]))


@login_required
@require_GET
def right_document(request: HttpRequest, code: str, right_id: int) -> FileResponse:
    """Hand out the document of a right to whoever may read the product."""
    row = selectors.row(code, access.actor_of(request))
    there = selectors.right(row.pk, right_id)
    if not there.document:
        raise Http404
    ending = PurePosixPath(there.document.name or "").suffix
    return files.shown(there.document, f"{there.kind}-{there.number}{ending}")


def _changeable(request: HttpRequest, code: str) -> Product:
    by = access.actor_of(request)
    row = selectors.row(code, by)
    access.require(by, "products.record", organisation_id=row.organisation_id)
    return row
