"""Pages about rolls."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.labels import roll_selectors, roll_services, selectors
from originmark.mark.labels.models import Roll
from originmark.mark.labels.reconciling import Counted
from originmark.mark.labels.roll_forms import CountForm, CutForm, ExplainForm, HandOverForm
from originmark.mark.labels.roll_tables import ROLLS, badge, roll_url
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@require_GET
@login_required
def roll_list(request: HttpRequest) -> HttpResponseBase:
    """Show the rolls that the person may read."""
    rows = roll_selectors.rolls(access.actor_of(request))
    return table_page(request, ROLLS, rows, template="labels/roll_list.html")


@require_http_methods(["GET", "POST"])
@login_required
def cut(request: HttpRequest, number: str) -> HttpResponse:
    """Cut what is left of a run into rolls."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    access.require(by, "labels.roll", organisation_id=run.organisation_id)
    uncut = run.count - roll_selectors.uncut_from(run)
    url = reverse("labels:run", args=[run.number])
    context = {
        "title": _("Cut %(run)s into rolls") % {"run": run.number},
        "intro": _("%(uncut)s labels are on no roll yet.") % {"uncut": uncut},
        "submit": _("Cut into rolls"),
        "cancel_url": url,
    }
    return submit(
        request,
        CutForm(request.POST or None),
        lambda data: roll_services.cut_rolls(run.number, data["size"], by=by, now=clock.now()),
        context=context,
        success=url + "#rolls",
        done=lambda made: _("%(count)s rolls were cut.") % {"count": len(made)},
    )


@require_GET
@login_required
def roll_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a roll: who holds it, what was counted, what the records say."""
    by = access.actor_of(request)
    return render(request, "labels/roll.html", _shown(roll_selectors.roll(code, by), by))


def _shown(roll: Roll, by: Actor) -> dict[str, Any]:
    found = roll_selectors.reconciled(roll)
    return {
        "roll": roll,
        "badge": badge(roll),
        "found": found,
        "lines": [{"name": _(each.name), "line": each} for each in found.lines],
        "is_counted": found.lines[0].counted is not None,
        "moves": roll.moves.all()[:50],
        "counts": roll.counts.all()[:50],
        "cases": roll.cases.select_related("found")[:50],
        "may_roll": access.allows(by, "labels.roll", organisation_id=roll.run.organisation_id),
        "may_settle": access.allows(by, "labels.settle"),
    }


@require_http_methods(["GET", "POST"])
@login_required
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Record that a roll changed hands."""
    by = access.actor_of(request)
    roll = roll_selectors.roll(code, by)
    access.require(by, "labels.roll", organisation_id=roll.run.organisation_id)
    today = clock.today()

    def act(data: dict[str, Any]) -> Roll:
        to = roll_services.HandOver(**data)
        return roll_services.hand_over(roll.code, to, by=by, now=clock.now())

    form = HandOverForm(request.POST or None, initial={"holder_kind": "producer", "on": today})
    return submit(
        request, form, act, context=_context(roll, _("Hand over %(roll)s"), _("Hand over")),
        success=roll_url, done=_("Recorded."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def count(request: HttpRequest, code: str) -> HttpResponse:
    """Record what is counted on a roll."""
    by = access.actor_of(request)
    roll = roll_selectors.roll(code, by)
    access.require(by, "labels.roll", organisation_id=roll.run.organisation_id)
    intro = _("Count all labels of the roll, since it was cut: %(count)s in all.")
    context = {
        **_context(roll, _("Count %(roll)s"), _("Record the count")),
        "intro": intro % {"count": roll.count},
    }
    return submit(
        request,
        CountForm(request.POST or None),
        lambda data: roll_services.count_roll(
            roll.code, Counted(**data), by=by, now=clock.now()
        ),
        context=context,
        success=roll_url(roll),
        done=lambda found: _("Recorded: the roll is in order.") if found.agrees else _(
            "Recorded: count and records differ. Look at the lines below."
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def explain(request: HttpRequest, code: str) -> HttpResponse:
    """Close the difference on a roll."""
    by = access.actor_of(request)
    roll = roll_selectors.roll(code, by)
    access.require(by, "labels.settle")
    return submit(
        request,
        ExplainForm(request.POST or None),
        lambda data: roll_services.close_case(roll.code, by=by, now=clock.now(), **data),
        context=_context(roll, _("Close the difference on %(roll)s"), _("Close the difference")),
        success=roll_url,
        done=_("The difference is closed."),
    )


def _context(roll: Roll, title: str, button: str) -> dict[str, Any]:
    return {"title": title % {"roll": roll.code}, "submit": button, "cancel_url": roll_url(roll)}
