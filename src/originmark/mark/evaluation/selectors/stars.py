"""Questions about stars."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse

from originmark.mark.evaluation import stars_refusals as refusals
from originmark.mark.evaluation import stars_rules as rules
from originmark.mark.evaluation.models.decisions import Decision
from originmark.mark.evaluation.models.stars import ReEvaluation, Star
from originmark.mark.evaluation.values import StarFacts
from originmark.mark.schemes import selectors as schemes


def with_state(rows: QuerySet[Star], on: date) -> QuerySet[Any]:
    """Return the stars decided by a day, each with its ``state`` on it (no query of its own)."""
    state = Case(
        When(revoked_from__lte=on, then=Value(rules.REVOKED)),
        When(superseded_from__lte=on, then=Value(rules.SUPERSEDED)),
        When(_is_open(on), then=Value(rules.IN_RE_EVALUATION)),
        When(valid_until__lt=on, then=Value(rules.EXPIRED)),
        default=Value(rules.IN_FORCE),
        output_field=CharField(),
    )
    return rows.filter(decided_on__lte=on).annotate(state=state)


def _is_open(on: date) -> Exists:
    """Return the condition that a star is being re-evaluated on a day."""
    rows = ReEvaluation.objects.filter(star=OuterRef("pk"), opened_on__lte=on)
    return Exists(rows.filter(Q(closed_on=None) | Q(closed_on__gt=on)))


def valid_on(rows: QuerySet[Star], on: date) -> QuerySet[Star]:
    """Return the stars that count on a day: in their term, not revoked, not superseded."""
    return rows.filter(
        Q(revoked_from=None) | Q(revoked_from__gt=on),
        Q(superseded_from=None) | Q(superseded_from__gt=on),
        decided_on__lte=on,
        valid_until__gte=on,
    )


def star_on(product_code: str, on: date) -> StarFacts | None:
    """Return the star that a product carries on a day, None without a valid one. One query."""
    rows = valid_on(Star.objects.filter(product__code=product_code), on)
    return _latest(rows, on)


def standing(numbers: Collection[str], on: date) -> set[str]:
    """Return which of these stars count on a day, by their numbers. One query."""
    rows = valid_on(Star.objects.filter(number__in=numbers), on)
    return set(rows.values_list("number", flat=True))


def latest_star(product_code: str, on: date) -> StarFacts | None:
    """Return the newest star of a product on a day, whatever its state. One query."""
    return _latest(Star.objects.filter(product__code=product_code), on)


def _latest(rows: QuerySet[Star], on: date) -> StarFacts | None:
    """Return the newest of some stars; its state is reckoned here, for a shorter query."""
    certificates = Decision.objects.filter(
        dossier__number=OuterRef("dossier_number"), granted_stars__gt=0, set_aside_at=None
    )
    known: QuerySet[Any] = rows.filter(decided_on__lte=on).annotate(
        is_open=_is_open(on), certificate=Subquery(certificates.values("code")[:1])
    )
    row = known.select_related("product").order_by("-decided_on", "-pk").first()
    if row is None:
        return None
    terms = rules.StarTerms(
        valid_from=row.decided_on,
        valid_until=row.valid_until,
        revoked_from=row.revoked_from,
        superseded_from=row.superseded_from,
        re_evaluations=(rules.Stretch(on),) if row.is_open else (),
    )
    row.state = rules.state_on(terms, on)
    return facts(row, on, certificate=row.certificate or "")


def facts(row: Star, on: date, *, certificate: str = "") -> StarFacts:
    """Return a star that ``with_state`` annotated, as other rooms see it.

    ``certificate`` is the code on its certificate. A star that was brought in as history has
    none, and its page in the register stands for it.
    """
    state: str = row.state  # type: ignore[attr-defined]
    return StarFacts(
        id=row.pk,
        number=row.number,
        product_id=row.product_id,
        product_code=row.product.code,
        organisation_id=row.organisation_id,
        scheme_code=row.scheme_code,
        scheme_version=row.scheme_version,
        group_code=row.group_code,
        stars=row.stars,
        is_potential_five=row.is_potential_five,
        level=row.level,
        points=row.points,
        decided_on=row.decided_on,
        valid_from=row.decided_on,
        valid_until=row.valid_until,
        state=state,
        is_valid=state in {rules.IN_FORCE, rules.IN_RE_EVALUATION} and on <= row.valid_until,
        url=reverse("evaluation:star", args=[row.number]),
        document_url=reverse("evaluation:certificate", args=[certificate])
        if certificate
        else reverse("evaluation:star", args=[row.number]),
        revoked_from=row.revoked_from,
    )


def star(number: str, on: date) -> Star:
    """Return one star with its state on a day, for everybody; raises UnknownStar. One query."""
    rows: QuerySet[Star] = with_state(Star.objects.filter(number=number), on)
    row = rows.select_related("product", "organisation").first()
    if row is None:
        raise refusals.UnknownStar(number=number)
    return row


def state(row: Star, on: date) -> str:
    """Return the state of a star on a day. One query."""
    found: str = with_state(Star.objects.filter(pk=row.pk), on).values_list("state", flat=True)[0]
    return found


def revocation_reasons(
    scheme_code: str, scheme_version: int, language: str = "en"
) -> list[tuple[str, str]]:
    """Return the reasons for which a rulebook takes stars away: codes and words."""
    scheme = schemes.star_scheme(scheme_code, scheme_version)
    return [(code, words.in_language(language)) for code, words in scheme.revocation_reasons]


def lapsed_unrevoked(scheme_code: str, on: date) -> QuerySet[Star]:
    """Return the stars of a scheme that have run out, did not come back and were not revoked."""
    rows = with_state(Star.objects.filter(scheme_code=scheme_code, revoked_from=None), on)
    return rows.filter(state=rules.EXPIRED).select_related("product", "organisation")


def without_notice(on: date) -> QuerySet[Star]:
    """Return the stars that count on a day and whose producers were not told that they end."""
    return valid_on(Star.objects.filter(notice=None, notice_due_on__isnull=False), on)
