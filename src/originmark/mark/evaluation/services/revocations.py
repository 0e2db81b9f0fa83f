"""Commands that take stars away."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from originmark.mark.evaluation import stars_refusals as refusals
from originmark.mark.evaluation import stars_rules as rules
from originmark.mark.evaluation.models.stars import Star, StarRevocation
from originmark.mark.evaluation.selectors import stars as selectors
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class RevocationDraft:
    """What a decision to revoke says; ``reason`` is one of the rulebook's codes."""

    reason: str
    decision_number: str
    decided_on: date
    effective_from: date
    hearing_note: str = ""


@transaction.atomic
def revoke(number: str, draft: RevocationDraft, *, by: Actor, now: datetime) -> StarRevocation:
    """Revoke a star from a day on, by a decision and for a reason of its rulebook.

    Raises UnknownStar, WrongStarState for a star that is revoked or superseded,
    UnknownRevocationReason, DecisionMissing, DecidedInTheFuture, EffectiveBeforeDecided, or
    NotLapsed when the reason says that nobody came back in time and the term still runs.
    """
    access.require(by, "evaluation.revoke")
    star = Star.objects.select_for_update().filter(number=number).first()
    if star is None:
        raise refusals.UnknownStar(number=number)
    today = timezone.localtime(now).date()
    state = selectors.state(star, today)
    if star.revoked_from or state == rules.SUPERSEDED:
        raise refusals.WrongStarState(
            number=number,
            state=rules.REVOKED if star.revoked_from else state,
            step="revoked",
        )
    _check(star, draft, state=state, today=today)
    return _revoked(star, draft, by=by, now=now)


@transaction.atomic
def revoke_lapsed(
    scheme_code: str,
    draft: RevocationDraft,
    *,
    confirmed: int,
    by: Actor,
    now: datetime,
) -> list[StarRevocation]:
    """Revoke by one decision every star of a scheme that ran out and did not come back.

    ``confirmed`` is the number that somebody saw and typed; nothing happens when it is another
    by now. The reason is EXPIRED_NOT_REEVALUATED whatever the draft says.

    Raises LapsedChanged, or what ``revoke`` raises.
    """
    access.require(by, "evaluation.revoke")
    today = timezone.localtime(now).date()
    lapsed = selectors.lapsed_unrevoked(scheme_code, today)
    stars = list(lapsed.select_for_update(of=("self",)).order_by("pk"))
    if len(stars) != confirmed:
        raise refusals.LapsedChanged(typed=confirmed, found=len(stars))
    for star in stars:
        _check(star, draft, state=rules.EXPIRED, today=today)
    return [_revoked(star, draft, by=by, now=now) for star in stars]


def _check(star: Star, draft: RevocationDraft, *, state: str, today: date) -> None:
    known = dict(selectors.revocation_reasons(star.scheme_code, star.scheme_version))
    if draft.reason not in known:
        raise refusals.UnknownRevocationReason(
            number=star.number, reason=draft.reason, known=tuple(known)
        )
    if not draft.decision_number.strip():
        raise refusals.DecisionMissing(number=star.number)
    if draft.decided_on > today:
        raise refusals.DecidedInTheFuture(
            number=star.number, decided_on=draft.decided_on, today=today
        )
    if draft.effective_from < draft.decided_on:
        raise refusals.EffectiveBeforeDecided(
            number=star.number, effective_from=draft.effective_from, decided_on=draft.decided_on
        )
    if draft.reason == rules.EXPIRED_NOT_REEVALUATED and state != rules.EXPIRED:
        raise refusals.NotLapsed(number=star.number, state=state, valid_until=star.valid_until)


def _revoked(star: Star, draft: RevocationDraft, *, by: Actor, now: datetime) -> StarRevocation:
    star.revoked_from = draft.effective_from
    star.save(update_fields=["revoked_from"])
    return StarRevocation.objects.create(
        star=star,
        reason=draft.reason,
        decision_number=draft.decision_number.strip(),
        decided_on=draft.decided_on,
        effective_from=draft.effective_from,
        hearing_note=draft.hearing_note.strip(),
        revoked_at=now,
        revoked_by=by.name,
        revoked_by_person_id=by.person_id,
    )


def annul(revocation: StarRevocation, *, note: str, on: date) -> Star:
    """Undo a revocation as if it had not been; for the decision on an appeal."""
    revocation.annulled_on, revocation.annulment_note = on, note
    revocation.save(update_fields=["annulled_on", "annulment_note"])
    star = Star.objects.select_for_update().get(pk=revocation.star_id)
    star.revoked_from = None
    star.save(update_fields=["revoked_from"])
    return star
