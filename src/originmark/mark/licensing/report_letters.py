"""What happens of itself every day: reports open, users are reminded."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.mark.licensing import services
from originmark.mark.licensing.models import UseReport
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import SYSTEM


def daily(_payload: dict[str, Any], _progress: Progress) -> dict[str, int]:
    """Open the reports of periods that are over, and remind of those overdue."""
    now = clock.now()
    opened = services.open_reports(by=SYSTEM, now=now)
    return {"opened": len(opened), "reminded": len(services.remind(by=SYSTEM, now=now))}


def mail(payload: dict[str, Any], _progress: Progress) -> None:
    """Send the reminder of a report to its user, unless it is filed by now."""
    rows = UseReport.objects.select_related("licence__organisation", "licence__brand")
    report = rows.filter(pk=payload["report"], filed_at=None).first()
    if report is None:
        return
    organisation = report.licence.organisation
    managers = [
        each.person
        for each in parties.members(organisation.pk)
        if each.role == "manager" and each.person.is_active
    ]
    emails = [organisation.email] if organisation.email else [each.email for each in managers]
    if not emails:
        return
    language = next((each.language for each in managers if each.language), "")
    link = f"{settings.PUBLIC_URL}{reverse('licensing:report', args=[report.pk])}"
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = _("Your use report for %(brand)s is overdue") % {
            "brand": report.licence.brand.name
        }
        context = {"report": report, "link": link}
        text = render_to_string("licensing/mail/report_reminder.txt", context)
    send_mail(" ".join(subject.split()), text, None, emails)
