"""What this room puts on the home page: what waits, what is overdue, what ends."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from originmark.frame.web import clock
from originmark.frame.web.sockets import HomeCard, HomeLine, list_card
from originmark.mark.schemes import gi_selectors, plan_selectors
from originmark.mark.schemes import gi_values as values
from originmark.mark.schemes.gi_models import GiApplication
from originmark.mark.schemes.gi_tables import gi_badge, gi_url
from originmark.mark.schemes.plan_tables import days_left, plan_url
from originmark.mark.schemes.services import plans
from originmark.origin.parties.access import Actor

LINES: Final = 5


def gi_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the applications that wait for the person; late ones are marked."""
    on = clock.today()
    lines = (
        HomeLine(
            text=row.name,
            url=gi_url(row),
            note=_gi_note(row),
            tone="bad" if row.due_on and row.due_on < on else gi_badge(row).tone,
            badge=gi_badge(row).text,
        )
        for row in gi_selectors.waiting_gi(by, on)[:LINES]
    )
    title, url = _("GI applications that wait for you"), reverse("schemes:gi_list")
    return list_card(title, lines, url=url, icon="file-certificate", order=43)


def plan_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the measures that should be done by now, the longest overdue first."""
    on = clock.today()
    lines = (
        HomeLine(
            text=row.title,
            url=plan_url(row.plan),
            note=row.owner.name,
            tone="bad",
            badge=date_format(row.due_on, "DATE_FORMAT"),
        )
        for row in plan_selectors.overdue_measures(by, on)[:LINES]
    )
    title, url = _("Overdue measures of brand plans"), reverse("schemes:plan_list")
    return list_card(title, lines, url=url, icon="clock-exclamation", order=44)


def rights_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the rights that end soon: for the office, and for the owner of the brand."""
    on = clock.today()
    found = plan_selectors.rights_ending(on)
    if not by.sees_everything:
        found = found.filter(brand__owner__in=by.organisation_ids)
    lines = (
        HomeLine(
            text=row.name,
            url=reverse("schemes:right", args=[row.pk]),
            note=row.number,
            tone="warn",
            badge=_("%(days)s days") % {"days": days_left(row)},
        )
        for row in found[:LINES]
    )
    title, url = _("Rights about to end"), reverse("schemes:right_watch")
    return list_card(title, lines, url=url, icon="shield-x", order=41)


def notice_daily(_payload: dict[str, Any], _progress: Any) -> dict[str, int]:
    """Write a notice for each right that ends soon; the daily task."""
    return {"noticed": len(plans.notice_rights(clock.now()))}


def _gi_note(row: GiApplication) -> str:
    if row.due_on:
        return _("due %(day)s") % {"day": date_format(row.due_on, "DATE_FORMAT")}
    if row.phase == values.OPPOSITION and row.oppose_until:
        until = date_format(row.oppose_until, "DATE_FORMAT")
        return _("opposed until %(day)s") % {"day": until}
    return row.number
