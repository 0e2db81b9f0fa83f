"""Pages of the watch: the board, a lot, a label, counts by day."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.forms import submit
from originmark.frame.web.tables import table_page
from originmark.mark.labels import selectors as labels
from originmark.mark.labels.models import ScanCase
from originmark.mark.labels.watch import (
    charts,
    counts,
    label_scans,
    pictures,
    selectors,
    services,
)
from originmark.mark.labels.watch.counts import Window
from originmark.mark.labels.watch.forms import DecideForm
from originmark.mark.labels.watch.rules import clusters
from originmark.mark.labels.watch.tables import SCAN_DAYS, about, badge, case_url, label_table
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.trace.lots import selectors as lots

WINDOWS = (7, 30, 90)
CLUSTERS_SHOWN = 5


@require_GET
@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Show how the watch stands: scans a day, open cases by lot, reports, places."""
    by, days = access.actor_of(request), _days(request)
    window = Window.of(days, clock.now())
    found, states = counts.days(by, window), counts.cases_by_state(by)
    places = clusters(selectors.dots(by))
    shown = {
        "days": days,
        "windows": WINDOWS,
        "scans": sum(each.scans for each in found),
        "alarming": sum(each.scans for each in found if each.verdict in counts.ALARMING),
        "open": states.get(ScanCase.State.OPEN, 0),
        "review": states.get(ScanCase.State.REVIEW, 0),
        "chart": charts.days_chart(found, window),
        "verdicts": charts.verdict_bar(found) if found else "",
        "suspects": counts.open_by_lot(by),
        "lots": counts.top_lots(by, window),
        "reports": [(each, badge(each.case)) for each in counts.newest_reports(by)],
        "map": pictures.cluster_map(places) if places else "",
        "clusters": pictures.numbered(places)[:CLUSTERS_SHOWN],
    }
    return render(request, "labels/watch/board.html", shown)


@require_GET
@login_required
def scan_days(request: HttpRequest) -> HttpResponseBase:
    """List the counts by day, run and verdict that the person may read."""
    rows = counts.rows_of_days(access.actor_of(request))
    return table_page(request, SCAN_DAYS, rows, template="labels/watch/days.html")


@require_http_methods(["GET", "POST"])
@login_required
def lot(request: HttpRequest, lot_code: str) -> HttpResponse:
    """Show the watch on one lot, and decide several of its cases with one reason."""
    by = access.actor_of(request)
    found = lots.visible_lot(lot_code, by)
    cases = counts.cases_of_lot(by, found.code)
    if request.method == "POST":
        access.require(by, "labels.judge")
    form = DecideForm(
        request.POST or None,
        cases=[(each.pk, _choice(each)) for each in cases],
        initial={"cases": [each.pk for each in cases if each.closed_at is None]},
    )
    return submit(
        request,
        form,
        lambda data: services.decide_cases(
            data["cases"], data["decision"], data["text"], by=by, now=clock.now()
        ),
        template="labels/watch/lot.html",
        context=_of_lot(found.code, cases, by, _days(request)),
        success=lambda _decided: reverse("labels:watch_lot", args=[found.code]),
        done=lambda decided: (
            ngettext("%(n)s case was decided.", "%(n)s cases were decided.", len(decided))
            % {"n": len(decided)}
        ),
    )


def _of_lot(lot_code: str, cases: list[ScanCase], by: Actor, days: int) -> dict[str, Any]:
    window = Window.of(days, clock.now())
    found = counts.days(by, window, lot_code=lot_code)
    places = clusters(selectors.dots(by, lot_code=lot_code))
    return {
        "lot_code": lot_code,
        "runs": labels.runs_of_lot(lot_code),
        "cases": [(each, badge(each), about(each), _why(each)) for each in cases],
        "days": days,
        "windows": WINDOWS,
        "scans": sum(each.scans for each in found),
        "chart": charts.days_chart(found, window),
        "verdicts": charts.verdict_bar(found) if found else "",
        "map": pictures.cluster_map(places) if places else "",
        "may_judge": access.allows(by, "labels.judge"),
    }


def _why(case: ScanCase) -> list[str]:
    if case.evidence:
        return list(pictures.seen(case.evidence)["reasons"])
    return [str(case.get_origin_display())]


def _choice(case: ScanCase) -> str:
    """Return a case as the list to tick names it."""
    facts = {"case": case.pk, "code": case.serial or about(case), "state": badge(case).text}
    return _("Case %(case)s · %(code)s · %(state)s") % facts


@require_GET
@login_required
def label(request: HttpRequest, run_number: str, number: int) -> HttpResponseBase:
    """Show the scans of one label: list, map and what is counted."""
    by = access.actor_of(request)
    found = label_scans.scans_of_label(run_number, number, by)
    cases = selectors.cases(by).filter(run=found.run, index=found.index)
    shown = {
        "found": found,
        "serial": labels.grouped(_serial(found)),
        "cases": [(each, badge(each), case_url(each)) for each in cases],
        "chart": charts.label_chart(found.kept) if found.kept else "",
        "map": pictures.cluster_map(clusters(found.dots)) if found.dots else "",
    }
    table = label_table(found.phones)
    return table_page(request, table, found.rows, template="labels/watch/label.html", context=shown)


def _serial(found: label_scans.LabelScans) -> str:
    """Return the label's serial, or nothing where its key was withdrawn."""
    try:
        return labels.serial_of(found.run, found.index)
    except LookupError:
        return ""


def _days(request: HttpRequest) -> int:
    """Return how many days the person looks at."""
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(each) for each in WINDOWS} else WINDOWS[1]
