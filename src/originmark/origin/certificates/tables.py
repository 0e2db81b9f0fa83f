"""The list of certificates."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import clock
from originmark.frame.web.cells import Badge
from originmark.frame.web.tables import Column, EmptyState, Filter, Table
from originmark.origin.certificates import rules, selectors
from originmark.origin.certificates.models import Certificate, CertificateType

WORDS = {
    rules.VALID: (_("valid"), "ok"),
    rules.EXPIRING: (_("expires soon"), "warn"),
    rules.EXPIRED: (_("expired"), "bad"),
    rules.SUSPENDED: (_("suspended"), "bad"),
    rules.REVOKED: (_("revoked"), "bad"),
    rules.NOT_YET: (_("not yet valid"), "info"),
}


def badge(certificate: Certificate) -> Badge:
    """Return what a certificate is worth today, in a word."""
    words, tone = WORDS[certificate.validity.status(clock.today())]
    return Badge(words, tone)


CERTIFICATES = Table(
    name="certificates",
    columns=[
        Column(
            "number",
            _("Number"),
            link=lambda row: reverse("certificates:certificate", args=[row.pk]),
            sort="number",
        ),
        Column("type__name", _("Type"), sort="type__name"),
        Column("status", _("Status"), value=badge),
        Column("valid_until", _("Valid until"), sort="valid_until"),
        Column("holder__name", _("Holder"), sort="holder__name"),
        Column("issuer", _("Issuer"), sort="issuer", is_wide_only=True),
        Column("area_ha", _("Area in ha"), sort="area_ha", align="end", is_wide_only=True),
        Column("households", _("Households"), sort="households", align="end", is_wide_only=True),
    ],
    filters=[
        Filter(
            "status",
            _("Status"),
            choices=[(status, WORDS[status][0]) for status in rules.STATUSES],
            apply=lambda rows, value: selectors.with_status(rows, value, clock.today()),
        ),
        Filter(
            "type",
            _("Type"),
            choices=lambda: selectors.certificate_types().values_list("code", "name"),
            apply=lambda rows, value: rows.filter(type__code=value),
        ),
        Filter(
            "scope",
            _("It covers"),
            choices=CertificateType.Scope.choices,
            apply=lambda rows, value: rows.filter(scope_kind=value),
        ),
    ],
    search=["number__icontains", "issuer__icontains", "holder__name__icontains"],
    default_sort="valid_until",
    empty=EmptyState(
        _("No certificate yet"),
        _("Record the first paper: its number, who issued it, what it covers, until when."),
        _("Record a certificate"),
        lambda: reverse("certificates:new"),
        icon="certificate",
        permission="certificates.record",
    ),
)
