"""Questions about certificates and minutes: what a paper with a code is worth today."""

from dataclasses import dataclass
from datetime import date

from originmark.mark.evaluation import stars_rules
from originmark.mark.evaluation.models import Decision, Session, Star
from originmark.mark.evaluation.selectors.stars import facts, with_state
from originmark.mark.evaluation.session_refusals import NoCertificate, UnknownPaper
from originmark.mark.evaluation.values import StarFacts

SET_ASIDE = "set-aside"
VALID = (stars_rules.IN_FORCE, stars_rules.IN_RE_EVALUATION)


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate, and what is true of it on a day. ``star`` is the star that it gave."""

    decision: Decision
    star: StarFacts | None
    state: str

    @property
    def is_valid(self) -> bool:
        """Return whether the product may carry its stars by this certificate that day."""
        return self.state in VALID and self.star is not None and self.star.is_valid


def certificate(code: str, on: date) -> CertificateFacts:
    """Return what a certificate is worth on a day, for everybody; raises UnknownPaper.

    Two queries. ``state`` is one of stars_rules.STATES, or ``set-aside`` when an appeal took the
    decision back.
    """
    rows = Decision.objects.filter(code=code, granted_stars__gt=0)
    decision = rows.select_related(
        "dossier__product", "dossier__organisation", "session__round__unit"
    ).first()
    if decision is None:
        raise UnknownPaper
    star = _star(decision, on)
    if decision.set_aside_at is not None:
        return CertificateFacts(decision, star, SET_ASIDE)
    if star is None:
        return CertificateFacts(decision, None, stars_rules.REVOKED)
    has_ended = star.state == stars_rules.IN_RE_EVALUATION and not star.is_valid
    return CertificateFacts(decision, star, stars_rules.EXPIRED if has_ended else star.state)


def minutes(code: str) -> Session:
    """Return the session whose minutes have a code, for everybody; raises UnknownPaper."""
    rows = Session.objects.filter(code=code, closed_at__isnull=False)
    session = rows.select_related("round__unit").first()
    if session is None:
        raise UnknownPaper
    return session


def decisions_of(session: Session) -> list[Decision]:
    """Return what a session decided, in its order. One query."""
    rows = session.decisions.select_related("dossier__product", "dossier__organisation")
    return list(rows.order_by("decided_at", "pk"))


def certified(decision: Decision | None, number: str) -> Decision:
    """Return a decision that grants stars; raises NoCertificate."""
    if decision is None or not decision.granted_stars:
        raise NoCertificate(dossier=number)
    return decision


def _star(decision: Decision, on: date) -> StarFacts | None:
    rows = with_state(Star.objects.filter(dossier_number=decision.dossier.number), on)
    row = rows.select_related("product").order_by("-pk").first()
    return None if row is None else facts(row, on, certificate=decision.code)
