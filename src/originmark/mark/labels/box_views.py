"""Pages about boxes and pallets: the packing screen, the label, and a look inside for everybody."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.limits import Limit
from originmark.frame.web.tables import table_page
from originmark.mark.labels import box_selectors, box_services, selectors
from originmark.mark.labels.box_models import Box
from originmark.mark.labels.box_tables import BOXES, badge, box_url
from originmark.mark.labels.printing import box_label
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor

LOOKS = Limit("box", times=120, seconds=60)
SHOWN_UNITS: Final = 20
STEPS: Final[dict[str, tuple[Callable[..., Box], Any]]] = {
    "close": (box_services.close, _("Closed. Print its label now.")),
    "unpack": (box_services.unpack, _("Everything is taken out.")),
}


class ScanInput(forms.TextInput):
    """A field that is empty again after each scan, also after one that was refused."""

    def get_context(self, name: str, _value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template of the field needs, without what was scanned."""
        return super().get_context(name, None, attrs)


class ScanForm(forms.Form):
    """One scan: the field waits for the next one."""

    scanned = forms.CharField(
        label=_("Scan"),
        max_length=400,
        widget=ScanInput(
            attrs={"autofocus": True, "autocomplete": "off", "autocapitalize": "characters",
                   "enterkeyhint": "done"}
        ),
    )  # fmt: skip


class OpenForm(forms.Form):
    """What to open, and whose it is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Box.Kind.choices)
    organisation = forms.ChoiceField(label=_("Packer"))

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = parties.organisations(by).filter(is_active=True).order_by("name", "pk")
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            (row.pk, row.name)
            for row in rows
            if access.allows(by, "labels.pack", organisation_id=row.pk)
        ]


@require_GET
@login_required
def box_list(request: HttpRequest) -> HttpResponseBase:
    """Show the boxes and pallets that the person may read."""
    rows = box_selectors.boxes(access.actor_of(request))
    return table_page(request, BOXES, rows, template="labels/box_list.html")


@require_http_methods(["GET", "POST"])
@login_required
def open_box(request: HttpRequest) -> HttpResponse:
    """Open a box or a pallet."""
    by = access.actor_of(request)
    form = OpenForm(request.POST or None, by=by, initial=request.GET.dict())

    def act(data: dict[str, Any]) -> Box:
        organisation_id = int(data["organisation"])
        return box_services.open_box(organisation_id, data["kind"], by=by, now=clock.now())

    context = {"title": _("Open a box or a pallet"), "submit": _("Open")}
    return submit(request, form, act, context=context, success=box_url)


@require_http_methods(["GET", "POST"])
@login_required
def box_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a box; while it is open, each scan puts something in."""
    by = access.actor_of(request)
    box = box_selectors.own_box(code, by)
    form = ScanForm(request.POST or None)

    def act(data: dict[str, Any]) -> Box:
        return box_services.put_in(box.code, data["scanned"], by=by, now=clock.now())

    context = _shown(box, by)
    return submit(request, form, act, template="labels/box.html", context=context, success=box_url)


def _shown(box: Box, by: Actor) -> dict[str, Any]:
    units = box.units.select_related("run").order_by("-pk")[:SHOWN_UNITS]
    return {
        "box": box,
        "badge": badge(box),
        "contents": box_selectors.contents(box),
        "units": [
            (each, selectors.grouped(selectors.serial_of(each.run, each.index))) for each in units
        ],
        "boxes": box.boxes.order_by("-pk")[:200],
        "may_pack": access.allows(by, "labels.pack", organisation_id=box.organisation_id),
    }


@require_POST
@login_required
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Close or unpack a box."""
    by = access.actor_of(request)
    act, done = STEPS[verb]
    box = act(box_selectors.own_box(code, by).code, by=by, now=clock.now())
    messages.success(request, str(done))
    return redirect("labels:box", box.code)


@require_http_methods(["GET", "POST"])
@login_required
def take_out(request: HttpRequest, code: str) -> HttpResponse:
    """Take one thing out of a box or off a pallet."""
    by = access.actor_of(request)
    box = box_selectors.own_box(code, by)
    access.require(by, "labels.pack", organisation_id=box.organisation_id)
    return submit(
        request,
        ScanForm(request.POST or None),
        lambda data: box_services.take_out(box.code, data["scanned"], by=by, now=clock.now()),
        context={
            "title": _("Take out of %(box)s") % {"box": box.code},
            "submit": _("Take out"),
            "cancel_url": box_url(box),
        },
        success=box_url,
        done=_("Taken out."),
    )


@require_GET
@login_required
def label(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the label of a box as a PDF."""
    by = access.actor_of(request)
    box = box_selectors.own_box(code, by)
    return files.made(box_label.pdf(box, made_at=clock.now()), f"{box.code}.pdf")


@require_GET
def look(request: HttpRequest, code: str) -> HttpResponse:
    """Show everybody what is in a box that was closed."""
    LOOKS.count(request)
    return render(request, "labels/box_look.html", {"box": selectors.box(code)})
