"""Commands on stars: recognise, revoke."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Min, Q
from django.utils import timezone

from originmark.mark.evaluation import deadlines
from originmark.mark.evaluation import stars_refusals as refusals
from originmark.mark.evaluation import stars_rules as rules
from originmark.mark.evaluation.models.appeals import Appeal
from originmark.mark.evaluation.models.council import Holiday
from originmark.mark.evaluation.models.stars import ReEvaluation, Star, StarChain
from originmark.mark.evaluation.values import Recognition
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.star_values import WORKING_DAYS, StarScheme
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products


@transaction.atomic
def recognise(recognition: Recognition, *, by: Actor, now: datetime) -> Star:
    """Award stars to a product, once per dossier.

    The star carries the number of its dossier. It supersedes the earlier star of the product
    under the scheme and closes that star's re-evaluation; a decision that arrives late takes its
    place in time. The same decision again returns the star that is there. Where an appeal ordered
    the dossier to be scored again, the new star corrects the first one.

    Raises StarsOutOfRange, DecidedInTheFuture, StarNumberMalformed, RecognisedOtherwise,
    UnknownProduct or UnknownRulebook.
    """
    access.require(by, "evaluation.recognise", organisation_id=recognition.organisation_id)
    if (earlier := _of_dossier(recognition)) is not None:
        return earlier
    scheme = schemes.star_scheme(recognition.scheme_code, recognition.scheme_version)
    rules.check_recognition(
        number=recognition.dossier_number,
        stars=recognition.stars,
        points=recognition.points,
        recognised_from=scheme.recognised_from_stars,
        decided_on=recognition.decided_on,
        today=timezone.localtime(now).date(),
    )
    star = _star(recognition, rules.last_day(recognition.decided_on, scheme.validity_months))
    star.notice_due_on = _notice_due_on(scheme, star.valid_until)
    star.recorded_at, star.recorded_by = now, by.name
    if (corrected := _corrected(recognition)) is not None:
        star.corrects, star.number = corrected, f"{corrected.number}-C"
    return _awarded(star, recognition)


def _star(recognition: Recognition, valid_until: date) -> Star:
    return Star(
        number=recognition.dossier_number,
        dossier_number=recognition.dossier_number,
        product_id=products.product(recognition.product_code).id,
        organisation_id=recognition.organisation_id,
        scheme_code=recognition.scheme_code,
        scheme_version=recognition.scheme_version,
        set_code=recognition.set_code,
        group_code=recognition.group_code,
        subgroup_code=recognition.subgroup_code,
        round_code=recognition.round_code,
        level=recognition.level,
        points=recognition.points,
        stars=recognition.stars,
        is_potential_five=recognition.is_potential_five,
        decided_on=recognition.decided_on,
        valid_until=valid_until,
    )


def _notice_due_on(scheme: StarScheme, valid_until: date) -> date | None:
    """Return by which day the producer is told in writing, None where the rulebook is silent."""
    deadline = scheme.deadline("expiry-notice")
    if deadline is None:
        return None
    days = Holiday.objects.values_list("day", flat=True)
    holidays = set(days) if deadline.unit == WORKING_DAYS else set()
    return deadlines.latest_day(deadline, valid_until, holidays)


def _awarded(star: Star, recognition: Recognition) -> Star:
    """Write a star into its chain."""
    # The lock comes first: two decisions must not both take themselves for the latest.
    StarChain.objects.get_or_create(product_id=star.product_id, scheme_code=star.scheme_code)
    locked = StarChain.objects.select_for_update()
    locked.get(product_id=star.product_id, scheme_code=star.scheme_code)
    chain = Star.objects.filter(product_id=star.product_id, scheme_code=star.scheme_code)
    later = chain.filter(decided_on__gt=star.decided_on).aggregate(first=Min("decided_on"))
    star.superseded_from = later["first"]
    try:
        with transaction.atomic():
            star.save(force_insert=True)
    except IntegrityError:  # the same decision reached us twice in one moment
        if (earlier := _of_dossier(recognition)) is None:
            raise
        return earlier
    before = chain.filter(decided_on__lte=star.decided_on).exclude(pk=star.pk)
    before.filter(Q(superseded_from=None) | Q(superseded_from__gt=star.decided_on)).update(
        superseded_from=star.decided_on
    )
    ReEvaluation.objects.filter(
        star__in=before, closed_on=None, opened_on__lte=star.decided_on
    ).update(
        closed_on=star.decided_on,
        outcome=ReEvaluation.Outcome.RE_AWARDED,
        dossier_number=star.dossier_number,
    )
    return star


def _is_scored_again(row: Star) -> bool:
    """Return whether an appeal ordered a new scoring since the star was awarded."""
    ordered = Appeal.objects.filter(
        decision__dossier__number=row.dossier_number,
        outcome=Appeal.Outcome.RE_SCORE,
        decided_at__gte=row.recorded_at,
    )
    return ordered.exists()


def _corrected(recognition: Recognition) -> Star | None:
    """Return the star that the first scoring of the dossier gave, if there is one."""
    rows = Star.objects.filter(dossier_number=recognition.dossier_number, corrected_by=None)
    return rows.first()


def _of_dossier(recognition: Recognition) -> Star | None:
    """Return the star that the same decision gave; raises RecognisedOtherwise."""
    row = (
        Star.objects.select_for_update(of=("self",))
        .select_related("product")
        .filter(dossier_number=recognition.dossier_number, corrected_by=None)
        .first()
    )
    if row is None:
        return None
    said = (row.product.code, row.organisation_id, row.stars, row.points, row.decided_on)
    asked = (
        recognition.product_code,
        recognition.organisation_id,
        recognition.stars,
        recognition.points,
        recognition.decided_on,
    )
    if said != asked and _is_scored_again(row):
        return None
    if said != asked:
        raise refusals.RecognisedOtherwise(
            number=row.number, stars=row.stars, points=row.points, decided_on=row.decided_on
        )
    return row
