"""The list of links."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.passport.resolver.models import Link
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.gs1 import link_types


def badge(link: Link) -> Badge:
    """Return whether a link is shown today, in a word."""
    today = localdate(clock.now())
    if link.valid_from and link.valid_from > today:
        return Badge(str(_("not yet")), "info")
    if link.valid_until and link.valid_until < today:
        return Badge(str(_("over")), "bad")
    if not link.is_public:
        return Badge(str(_("members only")), "warn")
    return Badge(str(_("shown")), "ok")


def _over(today: date) -> Q:
    return Q(valid_until__lt=today)


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    over = _over(localdate(clock.now()))
    chosen = {"over": over, "shown": ~over, "default": Q(is_default=True),
              "members": Q(is_public=False)}  # fmt: skip
    return rows.filter(chosen[state])


def types_used() -> list[tuple[str, str]]:
    """Return the types of links that are entered, for the filter."""
    used = Link.objects.order_by("link_type").values_list("link_type", flat=True).distinct()
    return [(uri, link_types.label(uri)) for uri in used]


LINKS = Table(
    name="links",
    columns=[
        Column("title", _("Link"), sort="title"),
        Column("anchor", _("About"), sort="anchor"),
        Column("link_type", _("Type"), sort="link_type",
               value=lambda row: link_types.short(row.link_type)),
        Column("state", _("State"), value=badge),
        Column("hreflang", _("Languages"), value=lambda row: ", ".join(row.hreflang)),
        Column("is_default", _("Default"), sort="is_default", is_wide_only=True,
               value=lambda row: _("default") if row.is_default else ""),
        Column("href", _("Leads to"), sort="href", is_wide_only=True),
        Column("organisation", _("Organisation"), sort="organisation__name", is_wide_only=True,
               value=lambda row: row.organisation.name if row.organisation else ""),
        Column("valid_until", _("Valid until"), sort="valid_until", is_wide_only=True),
    ],
    filters=[
        Filter("type", _("Type"), types_used, lambda rows, value: rows.filter(link_type=value)),
        Filter("state", _("State"), [
            ("shown", _("in force or to come")), ("over", _("over")), ("default", _("defaults")),
            ("members", _("members only")),
        ], _in_state),
    ],
    search=["title__icontains", "anchor__icontains", "href__icontains"],
    default_sort="anchor",
    empty=EmptyState(
        _("No link yet"),
        _("The passport page, its events and certificates are linked without anybody's help. Add "
          "what else there is: a shop, recipes, a film."),
        _("Add a link"),
        lambda: reverse("passport:link_new"),
        icon="link",
        permission="passport.links",
    ),
)  # fmt: skip


def links_for(by: Actor) -> Table:
    """Return the list of links; those that the actor may change lead to the page for it."""

    def change(row: Link) -> str:
        if not access.allows(by, "passport.links", organisation_id=row.organisation_id):
            return ""
        return reverse("passport:link_edit", args=[row.pk])

    title, *others = LINKS.columns
    return replace(LINKS, columns=[replace(title, link=change), *others])
