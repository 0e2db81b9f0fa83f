"""Lists of stars and of what belongs to them, for pages."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When

from originmark.mark.evaluation import appeals_rules, checks_rules, stars_refusals
from originmark.mark.evaluation import stars_rules as rules
from originmark.mark.evaluation.models.appeals import Appeal
from originmark.mark.evaluation.models.checks import FieldCheck
from originmark.mark.evaluation.models.council import CouncilMember
from originmark.mark.evaluation.models.honours import Honour
from originmark.mark.evaluation.models.notices import ExpiryNotice
from originmark.mark.evaluation.models.stars import ReEvaluation, Star
from originmark.mark.evaluation.selectors.stars import valid_on, with_state
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

AHEAD, BEHIND = timedelta(days=180), timedelta(days=365)


def _stars() -> QuerySet[Star]:
    return Star.objects.select_related("product", "organisation__unit__parent")


def register(on: date) -> QuerySet[Star]:
    """Return the stars that count on a day. For everybody."""
    return valid_on(_stars(), on)


def best(on: date) -> QuerySet[Star]:
    """Return the stars that count on a day with their honours, the most points first."""
    return register(on).prefetch_related("honours").order_by("-points", "pk")


def watch(by: Actor, on: date) -> QuerySet[Any]:
    """Return the stars that end within half a year or ended within the last, with their notice.

    Those that were revoked or gave way to a newer one are left out.
    """
    overdue = Case(
        When(notice_due_on__lt=on, notice=None, then=Value(value=True)), default=Value(value=False)
    )
    rows = access.visible(by, _stars()).filter(
        valid_until__gte=on - BEHIND, valid_until__lte=on + AHEAD
    )
    shown = (rules.IN_FORCE, rules.IN_RE_EVALUATION, rules.EXPIRED)
    told = {"notice_on": F("notice__written_on"), "is_overdue": overdue}
    watched: QuerySet[Any] = with_state(rows, on).filter(state__in=shown).annotate(**told)
    return watched


def notices(by: Actor) -> QuerySet[ExpiryNotice]:
    """Return the notices that the actor may read."""
    rows = ExpiryNotice.objects.select_related("star__product", "star__organisation")
    return access.visible(by, rows, "star__organisation")


def notice(number: str, by: Actor) -> ExpiryNotice:
    """Return the notice of a star that the actor may read; raises UnknownStar."""
    row = notices(by).filter(star__number=number).first()
    if row is None:
        raise stars_refusals.UnknownStar(number=number)
    return row


def re_evaluations(by: Actor) -> QuerySet[ReEvaluation]:
    """Return the re-evaluations that the actor may read."""
    rows = ReEvaluation.objects.select_related("star__product", "star__organisation")
    return access.visible(by, rows, "star__organisation")


def re_evaluation(reference: str, by: Actor) -> ReEvaluation:
    """Return one re-evaluation that the actor may read; raises UnknownReEvaluation."""
    row = re_evaluations(by).filter(reference=reference).first()
    if row is None:
        raise stars_refusals.UnknownReEvaluation(reference=reference)
    return row


def appeals(by: Actor) -> QuerySet[Appeal]:
    """Return the appeals that the actor may read."""
    rows = Appeal.objects.select_related(
        "organisation", "reviewer", "decision__dossier__product", "revocation__star__product"
    )
    return access.visible(by, rows)


def appeal(number: str, by: Actor) -> Appeal:
    """Return one appeal that the actor may read; raises UnknownAppeal."""
    row = appeals(by).filter(number=number).first()
    if row is None:
        raise appeals_rules.UnknownAppeal(number=number)
    return row


def had_a_hand(appeal: Appeal, person_id: int) -> bool:
    """Return whether a person took part in what is appealed: sat on the council, or revoked."""
    if appeal.revocation:
        return appeal.revocation.revoked_by_person_id == person_id
    if appeal.decision is None:
        return False
    council = CouncilMember.objects.filter(round__dossiers__decisions=appeal.decision)
    return council.filter(person_id=person_id).exists()


def checks(by: Actor) -> QuerySet[FieldCheck]:
    """Return the field checks that the actor may read."""
    rows = FieldCheck.objects.select_related(
        "organisation", "star__product", "dossier__product"
    ).prefetch_related("samples", "photos")
    return access.visible(by, rows)


def check(check_id: int, by: Actor) -> FieldCheck:
    """Return one field check that the actor may read; raises UnknownCheck."""
    row = checks(by).filter(pk=check_id).first()
    if row is None:
        raise checks_rules.UnknownCheck(check=str(check_id))
    return row


def honours() -> QuerySet[Honour]:
    """Return every honour, the latest first. For everybody."""
    return Honour.objects.select_related("star__product", "star__organisation")


def group_codes() -> list[str]:
    """Return the groups that have stars. One query."""
    return list(Star.objects.order_by("group_code").values_list("group_code", flat=True).distinct())


def round_codes() -> list[str]:
    """Return the rounds that gave stars, the latest first. One query."""
    rows = Star.objects.exclude(round_code="").order_by("-round_code")
    return list(rows.values_list("round_code", flat=True).distinct())


def years() -> list[int]:
    """Return the years in which stars were decided, the latest first. One query."""
    return sorted({day.year for day in Star.objects.dates("decided_on", "year")}, reverse=True)


def places() -> list[tuple[str, str]]:
    """Return the units where there are stars, and those right above them. One query."""
    unit = "organisation__unit"
    names = [f"{unit}__key", f"{unit}__name", f"{unit}__parent__key", f"{unit}__parent__name"]
    rows = Star.objects.exclude(organisation__unit=None).values_list(*names).distinct()
    above = {(row[2], row[3]) for row in rows if row[2]}
    return sorted(above, key=_name) + sorted({(row[0], row[1]) for row in rows} - above, key=_name)


def _name(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[1], pair[0]


def place_of(row: Star) -> str:
    """Return where a producer is, in words."""
    unit = row.organisation.unit
    return unit.name if unit else ""


def honours_of(row: Any) -> str:
    """Return the titles with which a star of ``best`` was honoured."""
    return ", ".join(str(each) for each in row.honours.all())
