"""What verifying says to a person: the verdict in a sentence, each check by its name."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from originmark.standards.credentials.verification import Reason, Verification


@dataclass(frozen=True, slots=True)
class Words:
    """A verdict on a credential; ``tone`` is ok, warn or bad."""

    title: str | Promise
    advice: str | Promise
    tone: str
    icon: str


VALID = Words(
    _("Valid: it was issued by whom it says, and counts today."),
    _("What it says is below. It was true when it was issued and was not revoked since."),
    "ok",
    "circle-check",
)
REASONS = {
    Reason.MALFORMED: Words(
        _("This is not a signed credential."),
        _("Paste the whole text, with its three parts and the two points between them."),
        "bad",
        "circle-x",
    ),
    Reason.UNKNOWN_ISSUER: Words(
        _("Nobody here knows the keys of its issuer."),
        _("Get the issuer's document (did.json) from the issuer's own site, and give it below."),
        "warn",
        "alert-triangle",
    ),
    Reason.UNKNOWN_KEY: Words(
        _("Its issuer has no such key."),
        _("Do not rely on it: it was made up, or its key was withdrawn."),
        "bad",
        "circle-x",
    ),
    Reason.CHANGED: Words(
        _("It was changed after it was signed."),
        _("Do not rely on it. Ask whoever gave it to you for the original."),
        "bad",
        "circle-x",
    ),
    Reason.WRONG_ISSUER: Words(
        _("It was signed by somebody else than it says."),
        _("Do not rely on it, and tell the issuer that it names."),
        "bad",
        "circle-x",
    ),
    Reason.NOT_YET_VALID: Words(
        _("It does not count yet."),
        _("Verify it again when its first day has come."),
        "warn",
        "clock",
    ),
    Reason.EXPIRED: Words(
        _("It has expired."),
        _("Ask for a newer one: what it says may have changed since."),
        "warn",
        "clock",
    ),
    Reason.REVOKED: Words(
        _("It was revoked by its issuer."),
        _("Do not rely on it. What it stood on lapsed, or a newer one has replaced it."),
        "bad",
        "ban",
    ),
    Reason.STATUS_UNKNOWN: Words(
        _("Nobody here knows whether it was revoked."),
        _("Get the status list that it names from its issuer, and give it below."),
        "warn",
        "alert-triangle",
    ),
}
CHECKS = {
    "form": _("Its form"),
    "issuer": _("Its issuer"),
    "signature": _("Its signature"),
    "period": _("Its dates"),
    "status": _("Its status"),
}


def words_of(found: Verification) -> Words:
    """Return the verdict in words."""
    return REASONS[found.reason] if found.reason else VALID
