"""What labels add to the pages of other rooms: a panel on a lot, search, a home card."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from originmark.frame.web import clock
from originmark.frame.web.sockets import Hit, HomeCard, HomeLine, list_card
from originmark.mark.labels import (
    box_selectors,
    commitment_selectors,
    roll_selectors,
    selectors,
)
from originmark.mark.labels.watch import counts
from originmark.mark.labels.watch import selectors as watch
from originmark.mark.schemes.selectors import BrandFacts
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.trace.lots.selectors import LotFacts


def lot_panel(lot: LotFacts, request: HttpRequest) -> str | None:
    """Return the labels of a packed lot; nothing for a lot that is not in packs."""
    if lot.pack_count is None:
        return None
    by = access.actor_of(request)
    return render_to_string(
        "labels/_lot_panel.html",
        {
            "lot": lot,
            "left": selectors.labels_left(lot.code),
            "runs": selectors.runs_of_lot(lot.code),
            "open_cases": watch.open_cases_of(by, lot.code),
            "may_issue": access.allows(by, "labels.issue", organisation_id=lot.organisation_id),
        },
        request=request,
    )


def suspects_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the lots with open cases of the scan watch, for whoever may judge them."""
    if not access.allows(by, "labels.judge"):
        return None
    lines = (
        HomeLine(each.lot_code, reverse("labels:watch_lot", args=[each.lot_code]),
                 _("Open cases: %(n)s") % {"n": each.cases})
        for each in counts.open_by_lot(by)[:5]
    )  # fmt: skip
    url = reverse("labels:watch")
    return list_card(_("Suspected copies"), lines, url=url, icon="flag", order=42)


def find_runs(by: Actor, query: str) -> list[Hit]:
    """Return the runs whose number holds the query, and the run of a serial."""
    found = selectors.verify(query)
    rows = selectors.runs(by)
    rows = rows.filter(number=found.run_number) if found else rows.filter(number__icontains=query)
    return [
        Hit(run.number, f"{run.product.name} · {run.count}", selectors.url_of_run(run), "tags")
        for run in rows[:5]
    ]


def home_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the runs that wait for activation, for whoever may activate some."""
    if not access.allows_somewhere(by, "labels.activate"):
        return None
    lines = (
        HomeLine(run.number, reverse("labels:activate", args=[run.number]),
                 _("%(open)s of %(count)s") % {"open": run.issued_count, "count": run.count})
        for run in selectors.waiting_runs(selectors.runs(by))[:5]
    )  # fmt: skip
    url = reverse("labels:runs") + "?state=waiting"
    return list_card(_("Labels to activate"), lines, url=url, icon="tags", order=40)


def brand_panel(brand: BrandFacts, request: HttpRequest) -> str | None:
    """Return when labels of a brand become active, for whoever may choose it."""
    if not access.allows(access.actor_of(request), "labels.options"):
        return None
    at_packing = box_selectors.activates_at_packing(brand.id)
    shown = {"brand": brand, "at_packing": at_packing}
    return render_to_string("labels/_brand_panel.html", shown, request=request)


def differences_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the rolls whose count differs from the records, for whoever may count some."""
    if not access.allows_somewhere(by, "labels.roll"):
        return None
    lines = (
        HomeLine(each.code, reverse("labels:roll", args=[each.code]), each.holder_name)
        for each in roll_selectors.differing(by)[:5]
    )
    url = reverse("labels:rolls") + "?state=difference"
    return list_card(_("Rolls that do not reconcile"), lines, url=url, icon="scale", order=41)


def commitment_panel(lot: LotFacts, request: HttpRequest) -> str | None:
    """Return how a lot stands with commitment certificates, where somebody owes or issued one."""
    standing = commitment_selectors.standing(lot, clock.today())
    by = access.actor_of(request)
    may_issue = access.allows(by, "labels.commit", organisation_id=lot.organisation_id)
    if standing.covering is None and not may_issue:
        return None
    shown = {"lot": lot, "standing": standing, "may_issue": may_issue}
    return render_to_string("labels/_commitment_panel.html", shown, request=request)
