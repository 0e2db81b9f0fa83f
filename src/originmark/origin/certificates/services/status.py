"""Suspend, lift, revoke."""

from datetime import date

from django.db import transaction

from originmark.origin.certificates import sockets
from originmark.origin.certificates.models import Certificate
from originmark.origin.certificates.rules import AlreadyRevoked, ReasonMissing
from originmark.origin.certificates.services.records import locked
from originmark.origin.parties.access import Actor


@transaction.atomic
def suspend_certificate(certificate_id: int, *, on: date, reason: str, by: Actor) -> Certificate:
    """Take a paper out of force from a day on, until the suspension is lifted.

    Raises NotAllowed, ReasonMissing or AlreadyRevoked.
    """
    certificate = _changeable(certificate_id, by=by)
    certificate.suspended_on, certificate.reason = on, _given(reason)
    certificate.save(update_fields=["suspended_on", "reason"])
    sockets.tell_lapse(certificate.pk, certificate.reason)
    return certificate


@transaction.atomic
def lift_suspension(certificate_id: int, *, by: Actor) -> Certificate:
    """Bring a suspended paper back into force; one that is not suspended stays as it is."""
    certificate = _changeable(certificate_id, by=by)
    certificate.suspended_on, certificate.reason = None, ""
    certificate.save(update_fields=["suspended_on", "reason"])
    return certificate


@transaction.atomic
def revoke_certificate(certificate_id: int, *, on: date, reason: str, by: Actor) -> Certificate:
    """Take a paper out of force for good.

    Raises NotAllowed, ReasonMissing or AlreadyRevoked.
    """
    certificate = _changeable(certificate_id, by=by)
    certificate.revoked_on, certificate.reason = on, _given(reason)
    certificate.save(update_fields=["revoked_on", "reason"])
    sockets.tell_lapse(certificate.pk, certificate.reason)
    return certificate


def _changeable(certificate_id: int, *, by: Actor) -> Certificate:
    certificate = locked(certificate_id, by=by, permission="certificates.suspend")
    if certificate.revoked_on is not None:
        raise AlreadyRevoked(certificate=str(certificate), revoked_on=certificate.revoked_on)
    return certificate


def _given(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()
