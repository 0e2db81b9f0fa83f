"""The lists of rounds, dossiers and ideas, and the words for their states."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.cells import Badge
from originmark.frame.web.tables import Column, EmptyState, Filter, Table
from originmark.mark.evaluation import rules, selectors, steps
from originmark.mark.evaluation.models import Decision, Dossier

TONES: Final = {
    steps.DRAFT: "plain",
    steps.SUBMITTED: "info",
    steps.PRE_CHECKED: "info",
    steps.ACTION_NEEDED: "warn",
    steps.ACCEPTED: "info",
    steps.SCHEDULED: "info",
    steps.SCORED: "warn",
    steps.DECIDED: "ok",
    steps.PASSED_UP: "ok",
    steps.WITHDRAWN: "bad",
}
OUTCOME_TONES: Final = {
    rules.RECOGNISED: "ok",
    rules.PASSED_ON: "ok",
    rules.SENT_BACK: "warn",
    rules.NOT_RECOGNISED: "bad",
    rules.KNOCKED_OUT: "bad",
}


def dossier_url(row: Dossier) -> str:
    """Return the address of a dossier."""
    return reverse("evaluation:dossier", args=[row.number])


def state_badge(row: Dossier) -> Badge:
    """Return the state of a dossier in a word."""
    return Badge(Dossier.State(row.state).label, TONES[row.state])


def outcome_badge(row: Decision) -> Badge:
    """Return what was decided, in a word."""
    return Badge(Decision.Outcome(row.outcome).label, OUTCOME_TONES[row.outcome])


def _round_state(row: Any) -> Badge:
    if row.opens_on > clock.today():
        return Badge(_("opens later"), "plain")
    return Badge(_("open"), "ok") if clock.today() <= row.closes_on else Badge(_("closed"), "plain")


ROUNDS: Final = Table(
    name="rounds",
    columns=[
        Column(
            "name",
            _("Round"),
            link=lambda row: reverse("evaluation:round", args=[row.code]),
            sort="name",
        ),
        Column("state", _("State"), value=_round_state),
        Column("year", _("Year"), sort="year", value=lambda row: str(row.year)),
        Column("unit__name", _("Place"), sort="unit__name"),
        Column(
            "scheme",
            _("Scheme"),
            value=lambda row: f"{row.scheme_code} v{row.scheme_version}",
            sort=("scheme_code", "scheme_version"),
            is_wide_only=True,
        ),
        Column("level", _("Level"), sort="level", is_wide_only=True),
        Column("dossier_count", _("Dossiers"), sort="dossier_count", align="end"),
        Column("waiting_count", _("Before the council"), sort="waiting_count", align="end",
               is_wide_only=True),
        Column("finished_count", _("Finished"), sort="finished_count", align="end"),
    ],
    filters=[
        Filter(
            "year",
            _("Year"),
            choices=lambda: [
                (str(year), str(year))
                for year in selectors.rounds().order_by("-year").values_list("year", flat=True)
                .distinct()
            ],
            apply=lambda rows, value: rows.filter(year=int(value)),
        ),
        Filter(
            "place",
            _("Place"),
            choices=lambda: selectors.rounds().exclude(unit=None).order_by("unit__name")
            .values_list("unit__key", "unit__name").distinct(),
            apply=lambda rows, value: rows.filter(unit__key=value),
        ),
    ],
    search=["name__icontains", "code__icontains", "unit__name__icontains"],
    default_sort="-year",
    empty=EmptyState(
        _("No round yet"),
        _("A round takes the dossiers of a year for the council of a place."),
        _("Open a round"),
        lambda: reverse("evaluation:round_new"),
        icon="calendar-event",
        permission="evaluation.run",
    ),
)  # fmt: skip

DOSSIERS: Final = Table(
    name="dossiers",
    columns=[
        Column("number", _("Number"), link=dossier_url, sort="number"),
        Column("state", _("State"), value=state_badge, sort="state"),
        Column("product__name", _("Product"), sort="product__name"),
        Column("organisation__name", _("Applicant"), sort="organisation__name"),
        Column("round__name", _("Round"), sort="round__name", is_wide_only=True),
        Column("level", _("Level"), sort="level", is_wide_only=True),
        Column("submitted_at", _("Handed in"), sort="submitted_at", is_wide_only=True),
    ],
    filters=[
        Filter(
            "state",
            _("State"),
            choices=Dossier.State.choices,
            apply=lambda rows, value: rows.filter(state=value),
        ),
        Filter(
            "round",
            _("Round"),
            choices=lambda: selectors.rounds().values_list("code", "name"),
            apply=lambda rows, value: rows.filter(round__code=value),
        ),
    ],
    search=["number__icontains", "product__name__icontains", "organisation__name__icontains"],
    default_sort="-created_at",
    empty=EmptyState(
        _("No dossier yet"),
        _("A dossier brings one product before the council: papers, and your own assessment."),
        _("Begin a dossier"),
        lambda: reverse("evaluation:dossier_new"),
        icon="file-text",
        permission="evaluation.write_dossier",
    ),
)

IDEAS: Final = Table(
    name="ideas",
    columns=[
        Column("title", _("Product idea"), sort="title"),
        Column("organisation__name", _("Organisation"), sort="organisation__name"),
        Column("group_code", _("Group"), sort="group_code"),
        Column("registered_at", _("Registered"), sort="registered_at"),
    ],
    search=["title__icontains", "organisation__name__icontains"],
    default_sort="-registered_at",
    empty=EmptyState(
        _("No idea yet"),
        _("The cycle begins with an idea: what the place makes well, and why here."),
        _("Register an idea"),
        lambda: reverse("evaluation:idea_new"),
        icon="seedling",
        permission="evaluation.write_dossier",
    ),
)
