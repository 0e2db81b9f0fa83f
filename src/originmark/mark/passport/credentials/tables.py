"""The list of issued credentials."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.mark.passport.credentials.models import Credential


def badge(row: Credential) -> Badge:
    """Return whether a credential counts, in a word."""
    if row.revoked_at:
        return Badge(str(_("Revoked")), "bad")
    if row.valid_until < clock.now():
        return Badge(str(_("Expired")), "warn")
    return Badge(str(_("Counts")), "ok")


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "revoked":
        return rows.exclude(revoked_at=None)
    past = {"valid_until__lt" if state == "expired" else "valid_until__gte": clock.now()}
    return rows.filter(revoked_at=None, **past)


CREDENTIALS = Table(
    name="credentials",
    columns=[
        Column("name", _("Name"), sort="name",
               link=lambda row: reverse("passport:credential_issue", args=[row.key, row.pk])),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("organisation", _("Organisation"), value=lambda row: row.organisation.name,
               sort="organisation__name", is_wide_only=True),
        Column("state", _("State"), value=badge),
        Column("reason", _("Reason"), is_wide_only=True),
        Column("issued_at", _("Issued"), sort="issued_at", is_wide_only=True),
        Column("valid_until", _("Valid until"), sort="valid_until", is_wide_only=True),
    ],
    filters=[
        Filter("kind", _("Kind"), Credential.Kind.choices,
               lambda rows, kind: rows.filter(kind=kind)),
        Filter("state", _("State"), [
            ("live", _("Counts")), ("revoked", _("Revoked")), ("expired", _("Expired")),
        ], _in_state),
    ],
    search=["name__icontains", "about__icontains", "organisation__name__icontains"],
    default_sort="-issued_at",
    empty=EmptyState(
        _("No credential was issued yet"),
        _("A passport is signed when somebody first asks for it, from the page of a pack."),
        _("Verify a credential"),
        lambda: reverse("passport:verify"),
        "shield-check",
    ),
)  # fmt: skip
