"""How many terms ended in a period, and what became of them: counts that are kept apart."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from originmark.mark.evaluation import stars_rules as rules
from originmark.mark.evaluation.models.stars import ReEvaluation, Star


@dataclass(frozen=True, slots=True)
class StarCounts:
    """``expired`` is the sum of the three fates: in re-evaluation, re-awarded and lapsed.

    ``re_awarded_in_time`` counts those of the re-awarded whose new star was decided by the last
    day of the old one. ``revoked`` counts revocations that took effect in the period; a star that
    was revoked before its last day did not expire.
    """

    expired: int
    in_re_evaluation: int
    re_awarded: int
    re_awarded_in_time: int
    lapsed: int
    revoked: int


def ended(
    on_from: date, on_to: date, *, place: str = "", scheme: str = "", as_of: date | None = None
) -> QuerySet[Any]:
    """Return the stars whose last day lies in a period, each with its ``fate`` by a day.

    The day is that of ``as_of``, by default the last of the period. Stars that were revoked
    before their last day, or corrected after an appeal, did not expire.
    """
    by = as_of or on_to
    waiting = ReEvaluation.objects.filter(star=OuterRef("pk"), opened_on__lte=by).filter(
        Q(closed_on=None) | Q(closed_on__gt=by)
    )
    fate = Case(
        When(superseded_from__lte=by, then=Value(rules.RE_AWARDED)),
        When(Exists(waiting), then=Value(rules.IN_RE_EVALUATION)),
        default=Value(rules.LAPSED),
        output_field=CharField(),
    )
    rows = Star.objects.filter(
        Q(revoked_from=None) | Q(revoked_from__gt=F("valid_until")),
        valid_until__gte=on_from,
        valid_until__lte=on_to,
        corrected_by=None,
    )
    return of(rows, place=place, scheme=scheme).annotate(fate=fate)


def counts(
    on_from: date, on_to: date, *, place: str = "", scheme: str = "", as_of: date | None = None
) -> StarCounts:
    """Return what became of the stars whose last day lies in a period. Two queries.

    ``place`` is the key of an administrative unit; what lies under it counts, too.
    """
    fates = {each: Count("pk", filter=Q(fate=each)) for each in rules.FATES}
    found = ended(on_from, on_to, place=place, scheme=scheme, as_of=as_of).aggregate(
        expired=Count("pk"),
        in_re_evaluation=fates[rules.IN_RE_EVALUATION],
        re_awarded=fates[rules.RE_AWARDED],
        re_awarded_in_time=Count(
            "pk", filter=Q(fate=rules.RE_AWARDED, superseded_from__lte=F("valid_until"))
        ),
        lapsed=fates[rules.LAPSED],
    )
    revoked = of(Star.objects.all(), place=place, scheme=scheme).filter(
        revoked_from__gte=on_from, revoked_from__lte=on_to
    )
    return StarCounts(**found, revoked=revoked.count())


def of(rows: QuerySet[Star], *, place: str = "", scheme: str = "") -> QuerySet[Star]:
    """Narrow stars to a place with all that lies under it, and to a scheme."""
    if scheme:
        rows = rows.filter(scheme_code=scheme)
    return in_place(rows, place) if place else rows


def in_place(rows: QuerySet[Star], key: str) -> QuerySet[Star]:
    """Narrow stars to those whose producers are in a unit or in one under it."""
    unit = "organisation__unit"
    inside = Q(pk__in=[])
    for _depth in range(4):  # commune, county, prefecture, province
        inside |= Q(**{f"{unit}__key": key})
        unit += "__parent"
    return rows.filter(inside)
