"""What members of a council are told: that dossiers were sent to them."""

from typing import Any, Final

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from originmark.frame.jobs import services as jobs
from originmark.frame.jobs.sockets import Progress
from originmark.mark.evaluation.models import CouncilMember, Session
from originmark.mark.evaluation.seats import seated

TASK: Final = "evaluation.mail_dossiers"


def tell(session: Session) -> None:
    """Put a letter to each member into the outbox, once for a session."""
    for member in seated(session.round_id):
        if member.person.is_active and member.person.email:
            jobs.enqueue(
                TASK, {"session": session.pk, "member": member.pk},
                title=f"{session} · {member.person.name}",
                key=f"council-dossiers-{session.pk}-{member.pk}",
            )  # fmt: skip


def mail(payload: dict[str, Any], _progress: Progress) -> None:
    """Send the letter, unless the session is closed or the seat empty by now."""
    rows = Session.objects.filter(pk=payload["session"], closed_at=None).select_related("round")
    seats = CouncilMember.objects.filter(pk=payload["member"], ended_at=None)
    session, member = rows.first(), seats.select_related("person").first()
    if session is None or member is None:
        return
    link = f"{settings.PUBLIC_URL}{reverse('evaluation:session', args=[session.pk])}"
    agenda = session.agenda.select_related("dossier__product").order_by("dossier__number")
    with translation.override(member.person.language or settings.LANGUAGE_CODE):
        subject = _("Dossiers for the session on %(day)s") % {
            "day": date_format(session.held_on, "DATE_FORMAT")
        }
        context = {"session": session, "member": member, "link": link, "agenda": agenda}
        text = render_to_string("evaluation/mail/dossiers_sent.txt", context)
    send_mail(subject, text, None, [member.person.email])
