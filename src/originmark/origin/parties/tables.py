"""Lists of this room."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table
from originmark.origin.parties.models import Organisation


def _name(row: Organisation) -> Any:
    return row.name if row.is_active else Badge(_("%(name)s (archived)") % {"name": row.name})


def _by_state(rows: QuerySet[Organisation], state: str) -> QuerySet[Organisation]:
    return rows.filter(is_active=state == "active")


ORGANISATIONS = Table(
    name="organisations",
    columns=[
        Column(
            "name",
            _("Name"),
            link=lambda row: reverse("parties:organisation", args=[row.code]),
            sort="name",
        ),
        Column("kind", _("Kind"), sort="kind"),
        Column("unit", _("Place"), value=lambda row: row.unit and row.unit.name),
        Column("registration_number", _("Registration number"), is_wide_only=True),
        Column("code", _("Code"), sort="code", is_wide_only=True),
        Column("member_count", _("Members"), sort="member_count", align="end"),
        Column(
            "state",
            _("State"),
            value=lambda row: (
                Badge(_("active"), "ok") if row.is_active else Badge(_("archived"), "plain")
            ),
            sort="is_active",
        ),
    ],
    filters=[
        Filter(
            "kind", _("Kind"), Organisation.Kind.choices, lambda rows, kind: rows.filter(kind=kind)
        ),
        Filter(
            "state", _("State"), [("active", _("active")), ("archived", _("archived"))], _by_state
        ),
    ],
    search=["name__icontains", "code__icontains", "registration_number__icontains", "gln"],
    default_sort="name",
    empty=EmptyState(
        _("No organisation yet"),
        _("Cooperatives, mills, households and offices stand here once the office registers them."),
        _("New organisation"),
        lambda: reverse("parties:organisation-new"),
        icon="building-community",
        permission="parties.create_organisation",
    ),
)
