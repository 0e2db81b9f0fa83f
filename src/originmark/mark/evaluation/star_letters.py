"""What letters about stars say: the notice that one ends, the certificate of an honour."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.mark.evaluation import letters
from originmark.mark.evaluation.models.honours import Honour
from originmark.mark.evaluation.models.notices import ExpiryNotice


def notice_pdf(notice: ExpiryNotice) -> bytes:
    """Return the letter as PDF in the language of its reader."""
    with translation.override(notice.language or settings.LANGUAGE_CODE):
        return letters.pdf(_letter(notice), made_at=_midnight(notice.written_on))


def honour_pdf(honour: Honour) -> bytes:
    """Return the certificate of an honour in the language of whoever asks."""
    star = honour.star
    letter = letters.Letter(
        title=f"{honour.title} {honour.year}",
        lang=(translation.get_language() or "en").split("-")[0],
        sender=(),
        recipient=(star.organisation.name,),
        place_and_day=date_format(honour.honoured_on, "DATE_FORMAT"),
        subject=f"{honour.title} {honour.year}",
        paragraphs=(
            _("%(product)s of %(producer)s is honoured.")
            % {"product": star.product.name, "producer": star.organisation.name},
            honour.citation,
        ),
        facts=((_("Product"), star.product.name), (_("Stars"), str(star.stars))),
        closing=(honour.honoured_by,),
    )
    return letters.pdf(letter, made_at=_midnight(honour.honoured_on))


def mail_notice(payload: dict[str, Any], _progress: Progress) -> None:
    """Send the e-mail of a notice with its letter, unless that is done; a task of the outbox."""
    rows = ExpiryNotice.objects.select_related("star__product", "star__organisation")
    notice = rows.filter(pk=payload["notice_id"], mailed_at=None).first()
    if notice is None:
        return
    with translation.override(notice.language or settings.LANGUAGE_CODE):
        context = {"notice": notice, "link": f"{settings.PUBLIC_URL}{_page(notice)}"}
        text = render_to_string("evaluation/mail/expiry_notice.txt", context)
        message = EmailMessage(_subject(notice), text, None, notice.emails)
    name = f"{notice.star.number}.pdf"
    message.attach(name, notice_pdf(notice), "application/pdf")
    message.send()
    notice.mailed_at = clock.now()
    notice.save(update_fields=["mailed_at"])


def _letter(notice: ExpiryNotice) -> letters.Letter:
    star = notice.star
    until = date_format(star.valid_until, "DATE_FORMAT")
    return letters.Letter(
        title=_subject(notice),
        lang=(translation.get_language() or "en").split("-")[0],
        sender=(notice.sender,),
        recipient=(notice.recipient, notice.address),
        place_and_day=date_format(notice.written_on, "DATE_FORMAT"),
        subject=_subject(notice),
        paragraphs=(
            _(
                "Your product carries its stars until %(until)s. From the day after, neither "
                "stars nor mark may be used on it."
            )
            % {"until": until},
            _(
                "To keep them without a gap, register for the re-evaluation before that day and "
                "report what has changed since the recognition: materials, market, quality "
                "declaration, and the results of these years."
            ),
            _("This page shows how the star stands: %(link)s")
            % {"link": f"{settings.PUBLIC_URL}{_page(notice)}"},
        ),
        facts=(
            (_("Product"), star.product.name),
            (_("Number"), star.number),
            (_("Stars"), str(star.stars)),
            (_("Decided on"), date_format(star.decided_on, "DATE_FORMAT")),
            (_("Last day"), until),
        ),
        closing=(_("For the programme office"), notice.sender),
    )


def _subject(notice: ExpiryNotice) -> str:
    return _("The stars of %(product)s end on %(until)s") % {
        "product": notice.star.product.name,
        "until": date_format(notice.star.valid_until, "DATE_FORMAT"),
    }


def _page(notice: ExpiryNotice) -> str:
    return reverse("evaluation:star", args=[notice.star.number])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
