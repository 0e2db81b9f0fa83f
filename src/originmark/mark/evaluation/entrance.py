"""Where rounds, dossiers and councils plug in: rights, navigation, search, home, history."""

from typing import Final

from auditlog.registry import auditlog
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from originmark.frame.jobs import sockets as jobs
from originmark.frame.web import sockets as web
from originmark.frame.web.sockets import Hit, HomeCard, HomeLine, NavItem, list_card
from originmark.mark.evaluation import council_letters, lists, models, selectors, steps
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

KEPT: Final = (
    models.Round,
    models.Idea,
    models.Dossier,
    models.ProofFile,
    models.CouncilMember,
    models.Declaration,
    models.Session,
    models.Attendance,
    models.Holiday,
    models.Sheet,
    models.KnockOut,
    models.KnockOutVote,
    models.Note,
    models.Decision,
)
NAVIGATION: Final = (
    NavItem(_("Dossiers"), "evaluation:dossier_list", "file-text", order=64, section=_("Stars")),
    NavItem(_("Rounds"), "evaluation:round_list", "gavel", order=65, section=_("Stars")),
)
LINES: Final = 5


def plug_in() -> None:
    """Plug in; called once from ``apps.py``."""
    access.register("evaluation.run", access.is_officer)
    access.register("evaluation.write_dossier", access.is_recorder | access.is_officer)
    access.register("evaluation.pre_check", access.is_recorder | access.is_officer)
    for model in KEPT:
        auditlog.register(model)
    jobs.register_task(council_letters.TASK, council_letters.mail)
    for item in NAVIGATION:
        web.register_nav(item)
    web.register_search("evaluation", find)
    web.register_home_card(sheets_card)
    web.register_home_card(action_card)


def find(by: Actor | None, query: str) -> list[Hit]:
    """Return a few dossiers by number, product or applicant."""
    if by is None:
        return []
    named = Q(number__icontains=query) | Q(product__name__icontains=query)
    rows = selectors.dossiers(by).filter(named | Q(organisation__name__icontains=query))
    return [
        Hit(f"{row.number} {row.product.name}", row.organisation.name, lists.dossier_url(row),
            "file-text")
        for row in rows.order_by("-created_at", "pk")[:LINES]
    ]  # fmt: skip


def sheets_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the dossiers that wait for the person's own score."""
    rows = selectors.waiting_for_me(by)
    words = ngettext(
        "%(count)s dossier waits for your score",
        "%(count)s dossiers wait for your score",
        len(rows),
    )
    lines = (
        HomeLine(
            f"{row.number} {row.product.name}",
            reverse("evaluation:sheet", args=[row.number]),
            row.organisation.name,
            "warn",
            models.Dossier.State(row.state).label,
        )
        for row in rows[:LINES]
    )
    return list_card(words % {"count": len(rows)}, lines, icon="star", order=5)


def action_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the dossiers for which the office asked for something."""
    if by.sees_everything:
        return None
    rows = selectors.dossiers(by).filter(
        state=steps.ACTION_NEEDED, organisation__in=by.organisation_ids
    )
    lines = (
        HomeLine(
            f"{row.number} {row.product.name}",
            lists.dossier_url(row),
            row.action_needed[:120],
            "warn",
            date_format(row.action_until, "DATE_FORMAT") if row.action_until else "",
        )
        for row in rows.order_by("action_until", "pk")[:LINES]
    )
    return list_card(_("Your dossier needs something"), lines, icon="alert-circle", order=6)
