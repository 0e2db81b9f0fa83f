"""The tables of appeals and field checks."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.evaluation.models.appeals import Appeal
from originmark.mark.evaluation.models.checks import FieldCheck

TONES: Final = {"upheld": "ok", "re-score": "warn", "rejected": "plain"}
RESULTS: Final = {"in-order": "ok", "to-mend": "warn", "failed": "bad"}


def appeal_url(row: Appeal) -> str:
    """Return the address of an appeal's page."""
    return reverse("evaluation:appeal", args=[row.number])


def appeal_badge(row: Appeal) -> Badge:
    """Return how an appeal stands."""
    if row.outcome:
        return Badge(row.get_outcome_display(), TONES[row.outcome])
    return Badge(_("under review"), "info") if row.reviewer_id else Badge(_("lodged"), "warn")


def about(row: Appeal) -> str:
    """Return against what an appeal is, in words."""
    if row.revocation:
        return str(_("revocation of %(number)s") % {"number": row.revocation.star.number})
    number = row.decision.dossier.number if row.decision else ""
    return str(_("decision on %(number)s") % {"number": number})


def about_url(row: Appeal) -> str:
    """Return the page of the star whose revocation is appealed, empty for a dossier."""
    if row.revocation is None:
        return ""
    return reverse("evaluation:star", args=[row.revocation.star.number])


def check_url(row: FieldCheck) -> str:
    """Return the address of a check's page."""
    return reverse("evaluation:check", args=[row.pk])


def check_badge(row: FieldCheck) -> Badge:
    """Return how a check stands."""
    if row.result:
        return Badge(row.get_result_display(), RESULTS[row.result])
    return Badge(_("planned"), "info")


def _product(row: FieldCheck) -> str:
    about = row.star or row.dossier
    return about.product.name if about else ""


def _by_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(outcome="" if state == "open" else state)


def _by_result(rows: QuerySet[Any], result: str) -> QuerySet[Any]:
    return rows.filter(result="" if result == "planned" else result)


APPEALS: Final = Table(
    name="appeals",
    columns=[
        Column("number", _("Appeal"), link=appeal_url, sort="number"),
        Column("organisation__name", _("Producer"), sort="organisation__name"),
        Column("about", _("Against"), value=about),
        Column("lodged_on", _("Lodged on"), sort="lodged_on"),
        Column("reviewer", _("Reviewer"), is_wide_only=True, value=lambda row: row.reviewer or ""),
        Column("outcome", _("State"), value=appeal_badge),
    ],
    filters=[
        Filter("state", _("State"), [("open", _("open")), *Appeal.Outcome.choices], _by_state)
    ],
    search=["number__icontains", "organisation__name__icontains"],
    default_sort="-lodged_on",
    empty=EmptyState(
        _("No appeal"),
        _("A producer appeals from the page of its dossier or of its revoked star."),
        icon="gavel",
    ),
)
CHECKS: Final = Table(
    name="field-checks",
    columns=[
        Column("organisation__name", _("Producer"), link=check_url, sort="organisation__name"),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display()),
        Column("product", _("Product"), value=_product, is_wide_only=True),
        Column("about", _("Star or dossier"), is_wide_only=True),
        Column("planned_on", _("Planned on"), sort="planned_on"),
        Column("result", _("Result"), value=check_badge),
    ],
    filters=[
        Filter(
            "kind", _("Kind"), FieldCheck.Kind.choices, lambda rows, kind: rows.filter(kind=kind)
        ),
        Filter(
            "result",
            _("Result"),
            [("planned", _("planned")), *FieldCheck.Result.choices],
            _by_result,
        ),
    ],
    search=[
        "organisation__name__icontains",
        "star__number__icontains",
        "dossier__number__icontains",
    ],
    default_sort="-planned_on",
    empty=EmptyState(
        _("No field check yet"),
        _("Plan a visit for a star or a dossier; whoever goes out records it on a phone."),
        icon="clipboard-check",
    ),
)
