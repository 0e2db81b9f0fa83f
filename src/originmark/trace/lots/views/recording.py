"""The field book and the shop floor: one form for each verb, and taking back a mistake."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.origin.parties import access
from originmark.trace.lots import selectors, services
from originmark.trace.lots.forms import VerbForm
from originmark.trace.lots.models import Lot, LotRecord
from originmark.trace.lots.record_refusals import UnknownRecord
from originmark.trace.lots.verbs import VERBS, Verb

RECENT = 8


@login_required
@require_GET
def floor(request: HttpRequest) -> HttpResponse:
    """Offer the verbs, what is coming in, and the latest records with a way back."""
    by = access.actor_of(request)
    coming = selectors.lots(by).filter(status=Lot.Status.IN_TRANSIT)
    if not by.office_role:
        coming = coming.filter(in_transit_to_id__in=by.organisation_ids)
    sections = [
        (_("Field book"), [verb for verb in VERBS.values() if verb.section == "field"]),
        (_("Shop floor"), [verb for verb in VERBS.values() if verb.section == "floor"]),
        (_("Coming and going"), [verb for verb in VERBS.values() if verb.section == "move"]),
    ]
    return render(
        request,
        "lots/floor.html",
        {
            "sections": sections,
            "coming": coming[:5],
            "records": [(each, selectors.may_read(each.lot, by)) for each in _latest(by)[:RECENT]],
        },
    )


def _latest(by: access.Actor) -> Any:
    """Return the newest records, one for each event."""
    rows = selectors.records(by).filter(withdrawn_at=None)
    return rows.exclude(side=LotRecord.Side.OUT_OF, step__in=MADE).order_by("-recorded_at", "-pk")


MADE = ("drying", "milling", "blending", "splitting", "packing", "processing")


@login_required
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, verb_name: str) -> HttpResponse:
    """Show the form of a verb, or record what it says and go on to the lot."""
    verb = VERBS.get(verb_name)
    if verb is None:
        raise Http404
    by = access.actor_of(request)
    form = verb.form(
        request.POST or None, by=by, now=clock.now(), initial=_initial(request, verb, by)
    )
    return submit(
        request,
        form,
        form.record,
        template="lots/record.html",
        context={"verb": verb},
        success=lambda lot: reverse("lots:lot", args=[lot.code]),
        done=lambda lot: (
            _("Recorded: %(verb)s, lot %(lot)s.") % {"verb": verb.label, "lot": lot.code}
        ),
    )


def _initial(request: HttpRequest, verb: Verb, by: access.Actor) -> dict[str, Any]:
    """Return what to start with: what the link says, else what was used last time."""
    initial: dict[str, Any] = {}
    if verb.name == "harvest" and (last := _last_harvest(by)):
        initial = {"area": last.area.code if last.area else None, "product": last.lot.product.code}
    known = {name: request.GET[name] for name in ("lot", "area", "product") if name in request.GET}
    return {**initial, **known}


def _last_harvest(by: access.Actor) -> LotRecord | None:
    rows = selectors.records(by).filter(step="harvest", recorded_by_id=by.person_id)
    return rows.first() if by.person_id else None


@login_required
@require_GET
def left(request: HttpRequest, verb_name: str) -> HttpResponse:
    """Say what the lot, or the land, would have left: the line below a form."""
    verb = VERBS.get(verb_name)
    if verb is None:
        raise Http404
    by = access.actor_of(request)
    form = verb.form(request.GET, by=by, now=clock.now())
    form.is_valid()
    return render(request, "lots/_left.html", {"left": _left(form, by)})


def _left(form: VerbForm, by: access.Actor) -> dict[str, Any] | None:
    data = form.cleaned_data
    if lot := data.get("lot"):
        return {"lot": lot.code, **_of(lot.received_kg - lot.released_kg, _taken(form))}
    if not data.get("kg"):
        return None
    if data.get("area") and data.get("product"):
        rows = selectors.area_seasons(by).filter(area=data["area"], product=data["product"])
        row = rows.filter(season=data.get("season") or form.today.year).first()
        if row and row.cap_kg is not None:
            return {"area": row.area.name, **_of(row.cap_kg - row.harvested_kg, data["kg"])}
    return {"asked_kg": data["kg"]}


def _of(has_kg: Decimal, asked_kg: Decimal) -> dict[str, Any]:
    return {
        "has_kg": has_kg,
        "asked_kg": asked_kg,
        "left_kg": has_kg - asked_kg,
        "is_too_much": asked_kg > has_kg,
    }


def _taken(form: VerbForm) -> Decimal:
    """Return what the form would take out of its lot, as far as it is filled in."""
    data = form.cleaned_data
    parts = ("kg", "second_kg", "third_kg", "giveaway_kg")
    taken = sum((data[name] for name in parts if data.get(name)), Decimal(0))
    if data.get("count") and data.get("product") and data["product"].net_content_g:
        taken += Decimal(data["count"]) * data["product"].net_content_g / 1000
    return Decimal(taken)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, event_id: str) -> HttpResponse:
    """Ask once, then declare a record an error."""
    by = access.actor_of(request)
    rows = list(selectors.records(by).filter(event_uri=event_id, withdrawn_at=None).order_by("pk"))
    if not rows:
        raise UnknownRecord(event_id=event_id)
    if request.method == "POST":
        services.withdraw_record(event_id=event_id, by=by, now=clock.now())
        return redirect("lots:lot", rows[-1].lot.code)
    shown = [(each, selectors.may_read(each.lot, by)) for each in rows]
    last, may_read = shown[-1]
    back = reverse("lots:lot", args=[last.lot.code]) if may_read else reverse("lots:records")
    context = {"records": shown, "record": last, "back": back}
    return render(request, "lots/withdraw.html", context)
