"""Links from spreadsheets."""

from datetime import date, datetime

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.importer import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    each_row,
)
from originmark.mark.passport.resolver import rules, selectors, services
from originmark.mark.passport.resolver.forms import words
from originmark.mark.passport.resolver.models import Link
from originmark.mark.passport.resolver.rules import LinkDraft
from originmark.origin.parties.access import Actor

TRUE, FALSE = {"yes", "true", "1"}, {"no", "false", "0"}


def read_day(text: str) -> date:
    """Return a day written as 2026-09-30."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise ValueError(f"“{text}” is no day; write it as 2026-09-30") from wrong


def read_yes(text: str) -> bool:
    """Return whether a cell says yes."""
    word = text.strip().lower()
    if word not in TRUE | FALSE:
        raise ValueError(f"“{text}” is neither yes nor no")
    return word in TRUE


def import_links(rows: list[ImportRow], *, by: Actor, now: datetime) -> ImportResult:
    """Enter the links that are new and change those that differ; the target tells them apart."""

    def act(row: ImportRow) -> str:
        draft = rules.checked(LinkDraft(**row.values))
        same = {"anchor": draft.anchor, "link_type": draft.link_type, "href": draft.href}
        there = Link.objects.filter(**same).first()
        if there is None:
            services.add_link(draft, by=by, now=now)
            return "created"
        if selectors.draft_of(there) == draft:
            return "unchanged"
        services.change_link(there.pk, draft, by=by)
        return "updated"

    return each_row(rows, act)


LINKS = Importer(
    name="links",
    title=_("Import links"),
    intro=_("One row for each link. A row with a known subject, type and address changes it."),
    columns=[
        ImportColumn("anchor", _("About"), required=True, example="/01/06901234567892"),
        ImportColumn("link_type", _("Type of link"), required=True, example="gs1:recipeInfo"),
        ImportColumn("href", _("Leads to"), required=True, example="https://shop.example/recipes"),
        ImportColumn("title", _("Title"), required=True, example="Recipes"),
        ImportColumn("media_type", _("Format"), example="text/html"),
        ImportColumn("hreflang", _("Languages"), parse=words, default=(), example="vi zh-CN"),
        ImportColumn("context", _("Contexts"), parse=words, default=(), example="VN"),
        ImportColumn("is_default", _("Default"), parse=read_yes, default=False, example="no"),
        ImportColumn("is_public", _("Public"), parse=read_yes, default=True, example="yes"),
        ImportColumn(
            "passes_query", _("Passes the query on"), parse=read_yes, default=True, example="yes"
        ),
        ImportColumn("valid_from", _("Valid from"), parse=read_day, default=None),
        ImportColumn("valid_until", _("Valid until"), parse=read_day, default=None),
    ],
    apply=import_links,
    done_url=reverse_lazy("passport:links"),
)
