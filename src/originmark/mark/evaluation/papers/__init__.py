"""Certificate and minutes as PDF. Each carries a code that its public page answers for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from originmark.frame.web import typesetting
from originmark.frame.web.refusals import plain
from originmark.mark.evaluation import rulebooks
from originmark.mark.evaluation.models import Decision, Note, Session
from originmark.mark.evaluation.seats import seated
from originmark.mark.evaluation.selectors.papers import decisions_of
from originmark.origin.products import selectors as products

HERE: Final = Path(__file__).parent


def certificate_url(decision: Decision) -> str:
    """Return the whole address at which a certificate is verified."""
    return f"{settings.PUBLIC_URL}{reverse('evaluation:certificate', args=[decision.code])}"


def minutes_url(session: Session) -> str:
    """Return the whole address at which minutes are verified."""
    return f"{settings.PUBLIC_URL}{reverse('evaluation:public_minutes', args=[session.code])}"


def certificate_pdf(decision: Decision, *, valid_until: Any, language: str) -> bytes:
    """Return the certificate of a decision that grants stars."""
    dossier, round_ = decision.dossier, decision.session.round
    scheme = rulebooks.scheme_of(dossier)
    url = certificate_url(decision)
    with translation.override(language):
        content = {
            **_frame(url, language),
            "title": _("Certificate"),
            "scheme": scheme.title,
            "stars": decision.granted_stars,
            "stars_word": _("%(count)s stars") % {"count": decision.granted_stars},
            "product": products.product_by_id(dossier.product_id).name_in(language),
            "holder": dossier.organisation.name,
            "note": _("Potential five stars: the dossier goes on to the next level.")
            if decision.is_potential_five
            else "",
            "facts": [
                [_("Number"), dossier.number],
                [_("Decided"), date_format(decision.decided_on, "DATE_FORMAT")],
                [_("Valid until"), date_format(valid_until, "DATE_FORMAT")],
                [_("Points"), plain(decision.points)],
                [_("Council"), round_.name],
                [_("Place"), round_.unit.name if round_.unit else "–"],
                [_("Legal basis"), "; ".join(scheme.legal_basis)],
            ],
        }
    return typesetting.pdf(HERE / "certificate.typ", content, made_at=decision.decided_at)


def minutes_pdf(session: Session, *, language: str) -> bytes:
    """Return the minutes of a closed session."""
    if session.closed_at is None:
        raise ValueError(f"session {session} is not closed")
    with translation.override(language):
        content = {
            **_frame(minutes_url(session), language),
            "title": _("Minutes of session %(session)s") % {"session": session},
            "round": session.round.name,
            "facts": [
                [_("Day"), date_format(session.held_on, "DATE_FORMAT")],
                [_("Place"), session.place or "–"],
                [_("Dossiers sent"), _day(session.sent_on)],
                [_("Rounding"), str(session.round.get_rounding_display())],
            ],
            "members": {"title": _("Members"), "rows": _members(session)},
            "decisions": [_decided(each) for each in decisions_of(session)],
            "postponed": _postponed(session),
        }
    return typesetting.pdf(HERE / "minutes.typ", content, made_at=session.closed_at)


def _frame(url: str, language: str) -> dict[str, Any]:
    return {
        "lang": language.split("-", maxsplit=1)[0],
        "qr": typesetting.qr_svg(url),
        "url": url,
        "check": _("Read the code to see what this paper is worth today."),
        "demonstration": _("DEMONSTRATION") if settings.IS_DEMONSTRATION else "",
    }


def _day(value: Any) -> str:
    return date_format(value, "DATE_FORMAT") if value else "–"


def _members(session: Session) -> list[list[str]]:
    present = set(session.attendance.filter(is_present=True).values_list("member_id", flat=True))
    return [
        [
            member.person.name,
            str(member.get_role_display()),
            member.seat or "–",
            _("present") if member.pk in present else _("absent"),
        ]
        for member in seated(session.round_id)
    ]


def _decided(decision: Decision) -> dict[str, Any]:
    dossier = decision.dossier
    reckoned = _("%(sum)s points on %(sheets)s sheets, average %(points)s") % {
        "sum": decision.sum_of_points,
        "sheets": decision.sheets,
        "points": plain(decision.points),
    }
    quorum = _("%(present)s of %(appointed)s members decided; %(quorum)s are needed") % {
        "present": decision.members_present,
        "appointed": decision.members_appointed,
        "quorum": decision.quorum,
    }
    votes = [
        _("Knock-out at %(criterion)s: %(yes)s for, %(no)s against, %(abstained)s abstained.")
        % {
            "criterion": vote.criterion,
            "yes": vote.votes_for,
            "no": vote.votes_against,
            "abstained": vote.abstained,
        }
        for vote in dossier.votes.filter(session=decision.session)
    ]
    stars = _("%(count)s stars granted") % {"count": decision.granted_stars}
    return {
        "title": f"{dossier.number} · {dossier.product.name} · {dossier.organisation.name}",
        "lines": [
            f"{decision.get_outcome_display()}; {stars}",
            reckoned,
            quorum,
            *votes,
            *_notes(dossier.notes.filter(session=decision.session)),
        ],
    }


def _notes(notes: Sequence[Note] | Any) -> list[str]:
    return [
        " ".join(filter(None, [each.criterion, each.text, f"({each.said_by})"])) for each in notes
    ]


def _postponed(session: Session) -> list[str]:
    decided = [each.dossier_id for each in decisions_of(session)]
    left = session.agenda.exclude(dossier__in=decided).select_related("dossier__product")
    return [
        _("Postponed: %(dossier)s") % {"dossier": f"{each.dossier} · {each.dossier.product.name}"}
        for each in left
    ]
