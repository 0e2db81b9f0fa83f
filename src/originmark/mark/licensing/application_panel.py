"""What applications and use reports add to other pages: navigation, search, home."""

from typing import Final

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.sockets import Hit, HomeCard, HomeLine, NavItem, list_card
from originmark.mark.licensing import selectors
from originmark.mark.licensing.application_tables import application_badge, application_url
from originmark.mark.licensing.report_tables import report_badge, report_url
from originmark.origin.parties.access import Actor

NAVIGATION: Final = NavItem(
    _("Applications"), "licensing:application_list", "file-text", order=62, section=_("Licences")
)

REPORTS: Final = NavItem(
    _("Use reports"), "licensing:report_list", "clipboard-list", order=65, section=_("Licences")
)


def find(actor: Actor, query: str) -> list[Hit]:
    """Return applications by number or applicant. One query."""
    rows = selectors.applications(actor).filter(
        Q(number__icontains=query) | Q(organisation__name__icontains=query)
    )
    return [
        Hit(
            row.number,
            f"{row.organisation.name} · {row.brand.name}",
            application_url(row),
            "file-text",
        )
        for row in rows[:5]
    ]


def home_card(_request: HttpRequest, actor: Actor) -> HomeCard | None:
    """Return the applications that wait for whoever looks; nothing when there is none."""
    lines = []
    for row in selectors.waiting(actor)[:5]:
        badge = application_badge(row)
        note = f"{row.organisation.name}, {date_format(row.applied_at, 'DATE_FORMAT')}"
        lines.append(HomeLine(row.number, application_url(row), note, badge.tone, badge.text))
    url = reverse("licensing:application_list")
    return list_card(_("Applications that wait for you"), lines, url=url, icon="file-text")


def reports_card(_request: HttpRequest, actor: Actor) -> HomeCard | None:
    """Return the use reports that are overdue, for whoever may read them."""
    today = clock.today()
    lines = []
    for row in selectors.overdue(actor, on=today)[:5]:
        badge = report_badge(row, today)
        due = date_format(row.due_on or today, "DATE_FORMAT")
        note = f"{row.licence.brand.name}, {due}"
        name = row.licence.organisation.name
        lines.append(HomeLine(name, report_url(row), note, badge.tone, badge.text))
    url = reverse("licensing:report_list")
    return list_card(_("Use reports overdue"), lines, url=url, icon="clipboard-list")
