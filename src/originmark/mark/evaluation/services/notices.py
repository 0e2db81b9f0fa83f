"""Commands that tell producers in writing that their star ends."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from originmark.frame.jobs import services as jobs
from originmark.mark.evaluation import stars_refusals as refusals
from originmark.mark.evaluation.models.notices import ExpiryNotice
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.evaluation.selectors import stars as selectors
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor


@transaction.atomic
def send_expiry_notices(*, by: Actor, now: datetime) -> list[ExpiryNotice]:
    """Write to every producer whose star ends soon and who has not been told yet.

    A notice is written ``STAR_NOTICE_LEAD_DAYS`` before the day by which the rulebook wants it,
    so that a machine that was off for a while is still in time. Whoever was told is never told
    twice.
    """
    access.require(by, "evaluation.notify")
    today = timezone.localtime(now).date()
    until = today + timedelta(days=settings.STAR_NOTICE_LEAD_DAYS)
    rows = selectors.without_notice(today).filter(notice_due_on__lte=until)
    locked = rows.select_for_update(of=("self",)).select_related("organisation")
    stars = list(locked.order_by("valid_until", "pk"))
    # Another watch may have told some of them while this one waited for the lock.
    told = set(ExpiryNotice.objects.filter(star__in=stars).values_list("star_id", flat=True))
    return [
        _written(star, star.notice_due_on, today=today, by=by)
        for star in stars
        if star.notice_due_on and star.pk not in told
    ]


@transaction.atomic
def send_expiry_notice(number: str, *, by: Actor, now: datetime) -> ExpiryNotice:
    """Write to one producer now; whoever was told already is not told again.

    Raises UnknownStar, or NoNoticeDue for a star that no longer counts or whose rulebook asks
    for no notice.
    """
    access.require(by, "evaluation.notify")
    today = timezone.localtime(now).date()
    rows = Star.objects.select_for_update(of=("self",)).select_related("organisation")
    star = rows.filter(number=number).first()
    if star is None:
        raise refusals.UnknownStar(number=number)
    if earlier := ExpiryNotice.objects.filter(star=star).first():
        return earlier
    if star.notice_due_on is None or not selectors.valid_on(rows, today).filter(pk=star.pk):
        raise refusals.NoNoticeDue(number=number, valid_until=star.valid_until)
    return _written(star, star.notice_due_on, today=today, by=by)


def _written(star: Star, due_on: date, *, today: date, by: Actor) -> ExpiryNotice:
    """Record the notice, and put its e-mail into the outbox in the same transaction."""
    organisation = star.organisation
    managers = [
        each.person
        for each in parties.members(organisation.pk)
        if each.role == "manager" and each.person.is_active
    ]
    emails = [organisation.email] if organisation.email else [each.email for each in managers]
    notice = ExpiryNotice.objects.create(
        star=star,
        due_on=due_on,
        written_on=today,
        written_by=by.name,
        sender=_sender(by) or by.name,
        recipient=organisation.name,
        address=organisation.address,
        emails=emails,
        language=next((each.language for each in managers if each.language), ""),
    )
    if emails:
        jobs.enqueue(
            "evaluation.mail_expiry_notice", {"notice_id": notice.pk}, title=str(notice),
            key=f"star-notice-{notice.pk}",
        )  # fmt: skip
    return notice


def _sender(by: Actor) -> str:
    """Return the name of the programme office that writes: the actor's own, else the first."""
    offices = parties.organisations(access.SYSTEM).filter(runs_programme=True, is_active=True)
    own = offices.filter(pk__in=by.organisation_ids)
    names = [rows.order_by("pk").values_list("name", flat=True).first() for rows in (own, offices)]
    return next((name for name in names if name), "")
