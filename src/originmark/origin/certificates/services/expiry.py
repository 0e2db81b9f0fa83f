"""The expiry watch."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from originmark.origin.certificates.models import Certificate, ExpiryNotice
from originmark.origin.certificates.rules import EXPIRING
from originmark.origin.certificates.selectors import in_force


@transaction.atomic
def notice_expiring(now: datetime) -> list[ExpiryNotice]:
    """Write a notice for each paper in its days of warning; once for each end.

    A renewed paper has a new end and is noticed again when that one nears.
    """
    today = timezone.localdate(now)
    rows = in_force(Certificate.objects.filter(valid_until__isnull=False), today)
    written: list[ExpiryNotice] = []
    for certificate in rows.select_related("type"):
        if certificate.validity.status(today) != EXPIRING or certificate.valid_until is None:
            continue
        notice, is_new = ExpiryNotice.objects.get_or_create(
            certificate=certificate,
            valid_until=certificate.valid_until,
            defaults={"noticed_at": now},
        )
        if is_new:
            written.append(notice)
    return written
