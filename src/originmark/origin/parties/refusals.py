"""What a link in a letter or a key may be refused for. Imports no framework."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownInvitation(RuleViolation):
    """The link was not made here, or was cut on its way."""

    code: ClassVar[str] = "unknown-invitation"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "This invitation link is not complete or was not made here. "
        "Open it from the letter once more, or ask for a new invitation."
    )


@dataclass(eq=False)
class InvitationOver(RuleViolation):
    """The invitation was used or withdrawn, or its time is over."""

    code: ClassVar[str] = "invitation-over"
    status: ClassVar[int] = 410
    sentence: ClassVar[str] = gettext_noop(
        "This invitation to %(organisation)s has been used or withdrawn, or its time is over. "
        "Sign in if you have accepted it, or ask for a new one."
    )

    organisation: str


@dataclass(eq=False)
class UnknownScope(RuleViolation):
    """No key can be given this scope."""

    code: ClassVar[str] = "unknown-scope"
    field: ClassVar[str | None] = "scopes"
    sentence: ClassVar[str] = gettext_noop(
        "A key cannot have the scope %(scope)s. Choose from the scopes that are offered."
    )

    scope: str


@dataclass(eq=False)
class NoScope(RuleViolation):
    """A key without a scope could do nothing."""

    code: ClassVar[str] = "no-scope"
    field: ClassVar[str | None] = "scopes"
    sentence: ClassVar[str] = gettext_noop(
        "The key %(name)s has no scope, so it could do nothing. Choose at least one."
    )

    name: str


@dataclass(eq=False)
class ExpiryInThePast(RuleViolation):
    """The key would be over before it begins."""

    code: ClassVar[str] = "expiry-in-the-past"
    field: ClassVar[str | None] = "expires_on"
    sentence: ClassVar[str] = gettext_noop(
        "The key would be valid until %(expires_at)s, which is past. Choose a later day."
    )

    expires_at: datetime


@dataclass(eq=False)
class UnknownKey(RuleViolation):
    """The organisation has no such key."""

    code: ClassVar[str] = "unknown-key"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop("There is no API key %(key)s.")

    key: str


@dataclass(eq=False)
class KeyRefused(RuleViolation):
    """A program came with a key that opens nothing (any more)."""

    code: ClassVar[str] = "key-refused"
    status: ClassVar[int] = 401
    sentence: ClassVar[str] = gettext_noop(
        "This API key is unknown, expired or revoked, or its organisation is archived. "
        "Send “Authorization: Bearer omk_…” with a valid key."
    )


@dataclass(eq=False)
class NoPlacesYet(RuleViolation):
    """Nobody who knows places is plugged in."""

    code: ClassVar[str] = "no-places-yet"
    field: ClassVar[str | None] = "unit"
    sentence: ClassVar[str] = gettext_noop(
        "The place %(unit)s cannot be looked up in this installation. Leave it empty."
    )

    unit: str


@dataclass(eq=False)
class NoSuchChoice(RuleViolation):
    """A cell holds a word that is not among those expected."""

    code: ClassVar[str] = "no-such-choice"
    sentence: ClassVar[str] = gettext_noop("“%(found)s” is not known here. Write one of %(known)s.")

    found: str
    known: tuple[str, ...]
