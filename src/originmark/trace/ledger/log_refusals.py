"""Why the log refuses to sign, to prove or to take a signature."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class LogRewritten(RuleViolation):
    """The log does not contain what was signed before: signing it would be a lie."""

    code: ClassVar[str] = "log-rewritten"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The log of %(size)s leaves does not contain the log of %(signed)s leaves that was signed "
        "before, so it is not signed. Run “originmark ledger check” and restore the ledger from a "
        "backup that has all signed leaves."
    )

    size: int
    signed: int


@dataclass(eq=False)
class NoSigningKey(RuleViolation):
    """There is no key to sign with."""

    code: ClassVar[str] = "no-signing-key"
    status: ClassVar[int] = 503
    sentence: ClassVar[str] = gettext_noop(
        "Every key in ORIGINMARK_LOG_KEY was retired, so the log cannot be signed. Make another "
        "with “originmark ledger key new” and start the server again."
    )


@dataclass(eq=False)
class LogKeyUnreadable(RuleViolation):
    """A secret is no key."""

    code: ClassVar[str] = "log-key-unreadable"
    status: ClassVar[int] = 500
    sentence: ClassVar[str] = gettext_noop(
        "Part %(part)s of ORIGINMARK_LOG_KEY is no key: expected 64 hexadecimal digits, with "
        "commas between several. Correct it in the environment or in secrets.env."
    )

    part: int


@dataclass(eq=False)
class KeyUnknown(RuleViolation):
    """No such key."""

    code: ClassVar[str] = "log-key-unknown"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no key %(key)s that is in use. “originmark ledger key list” and “originmark "
        "ledger witness list” show the keys; the eight digits after the name are enough."
    )

    key: str


@dataclass(eq=False)
class LastKey(RuleViolation):
    """Nobody would sign any more."""

    code: ClassVar[str] = "last-log-key"
    sentence: ClassVar[str] = gettext_noop(
        "%(key)s is the only key that signs. Make another first: “originmark ledger key new”."
    )

    key: str


@dataclass(eq=False)
class KeyUnreadable(RuleViolation):
    """The text is no public key of a witness."""

    code: ClassVar[str] = "witness-key-unreadable"
    sentence: ClassVar[str] = gettext_noop(
        "This is no public key of a witness: %(reason)s. Expected one line name+hash+base64 of "
        "type 0x04 (C2SP tlog-cosignature)."
    )

    reason: str


@dataclass(eq=False)
class SizeUnknown(RuleViolation):
    """The log never had that size."""

    code: ClassVar[str] = "log-size-unknown"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = gettext_noop(
        "The log cannot prove from %(start)s to %(size)s: it has %(leaves)s leaves. Ask for sizes "
        "up to that, the smaller one first."
    )

    start: int
    size: int
    leaves: int


@dataclass(eq=False)
class CheckpointUnknown(RuleViolation):
    """Nothing of the kind was signed here."""

    code: ClassVar[str] = "checkpoint-unknown"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "This log signed no such checkpoint. Fetch the newest from /epcis/log/checkpoint."
    )


@dataclass(eq=False)
class CosignatureRefused(RuleViolation):
    """The signature is not a known witness's, or does not hold."""

    code: ClassVar[str] = "cosignature-refused"
    sentence: ClassVar[str] = gettext_noop(
        "The cosignature was not taken: %(reason)s. Send the checkpoint with your line under it, "
        "or the line alone; the programme office must have added your key as a witness."
    )

    reason: str
