"""Refusals about credentials."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class UnknownCredential(RuleViolation):
    """No such credential was issued."""

    code: ClassVar[str] = "unknown-credential"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "No credential was issued under the address %(credential)s. "
        "Follow the link on the passport of the lot."
    )

    credential: str


@dataclass(eq=False)
class UnknownStatusList(RuleViolation):
    """There is no such list."""

    code: ClassVar[str] = "unknown-status-list"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no status list %(number)s. Use the address that the credential names."
    )

    number: int


@dataclass(eq=False)
class NoPassport(RuleViolation):
    """There is nothing to issue a passport for."""

    code: ClassVar[str] = "no-passport"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no passport for “%(code)s”: no lot or genuine, activated label has this code. "
        "Compare it with the print on the pack."
    )

    code_typed: str

    @property
    def facts(self) -> dict[str, str]:
        """Return what was typed."""
        return {"code": self.code_typed}


@dataclass(eq=False)
class AlreadyRevoked(RuleViolation):
    """It counts no more already."""

    code: ClassVar[str] = "credential-already-revoked"
    sentence: ClassVar[str] = gettext_noop(
        "The credential %(credential)s was revoked already: %(reason)s. Nothing is left to do."
    )

    credential: str
    reason: str


@dataclass(eq=False)
class ReasonMissing(RuleViolation):
    """Nobody said why."""

    code: ClassVar[str] = "credential-reason-missing"
    field: ClassVar[str | None] = "reason"
    sentence: ClassVar[str] = gettext_noop(
        "A credential is revoked for a reason, and none was given. Say why: it is shown to all."
    )


@dataclass(eq=False)
class CredentialKeyUnreadable(RuleViolation):
    """The secret is no key."""

    code: ClassVar[str] = "credential-key-unreadable"
    sentence: ClassVar[str] = gettext_noop(
        "Part %(part)s of ORIGINMARK_CREDENTIAL_KEY is no key: expected 64 hexadecimal digits, "
        "with commas between several. Correct it in the environment or in secrets.env."
    )

    part: int


@dataclass(eq=False)
class NoCredentialKey(RuleViolation):
    """Every key was withdrawn."""

    code: ClassVar[str] = "no-credential-key"
    sentence: ClassVar[str] = gettext_noop(
        "Every key in ORIGINMARK_CREDENTIAL_KEY was withdrawn, so nothing can be signed. Make "
        "another with “originmark credentials new-key” and start the server again."
    )


@dataclass(eq=False)
class UnknownCredentialKey(RuleViolation):
    """No such key."""

    code: ClassVar[str] = "unknown-credential-key"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "No key in use is called %(key)s. “originmark credentials keys” lists them."
    )

    key: str
