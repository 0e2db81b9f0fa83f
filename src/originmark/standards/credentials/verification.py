"""Verify a credential, and say of each check what was found.

The checks come in the order in which a doubt should be told: a text that is no credential has no
issuer, a credential that was changed has no dates worth reading. All that a verifier needs comes
in as values: documents of issuers, status lists, the moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from originmark.standards.credentials import jose, status_list
from originmark.standards.credentials.did_web import DidDocument
from originmark.standards.credentials.envelopes import VC_CONTEXT
from originmark.standards.credentials.jose import Token, TokenMalformed


class Reason(StrEnum):
    """Why a credential does not count; the closed set."""

    MALFORMED = "malformed"
    UNKNOWN_ISSUER = "unknown-issuer"
    UNKNOWN_KEY = "unknown-key"
    CHANGED = "changed"
    WRONG_ISSUER = "wrong-issuer"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    STATUS_UNKNOWN = "status-unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One check in words. ``reason`` is None where it passed."""

    name: str
    found: str
    reason: Reason | None = None

    @property
    def is_passed(self) -> bool:
        """Return whether the check found nothing wrong."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of verifying; ``credential`` is empty where the text could not be read."""

    checks: tuple[Check, ...]
    credential: dict[str, Any]

    @property
    def is_valid(self) -> bool:
        """Return whether everything was checked and nothing was found wrong."""
        return self.reason is None

    @property
    def is_signed(self) -> bool:
        """Return whether its issuer did sign these words, whether or not they still count."""
        return any(check.name == "signature" and check.is_passed for check in self.checks)

    @property
    def reason(self) -> Reason | None:
        """Return the first thing that was found wrong."""
        return next((check.reason for check in self.checks if check.reason), None)


def verify(
    text: str,
    *,
    issuers: Iterable[DidDocument],
    status_lists: Mapping[str, str],
    now: datetime,
) -> Verification:
    """Return what each check of a signed credential found.

    ``status_lists`` are signed lists by their address. A credential that names a list which is
    not there does not count: nobody knows whether it was revoked.
    """
    known = {each.id: each for each in issuers}
    checks, token = _read(text)
    if token is None:
        return Verification(tuple(checks), {})
    checks += _signature(token, known)
    if all(check.is_passed for check in checks):
        checks += [_period(token.credential, now), *_status(token, known, status_lists, now)]
    return Verification(tuple(checks), token.credential)


def _read(text: str) -> tuple[list[Check], Token | None]:
    try:
        token = jose.read(text)
        _refuse_shape(token.credential)
    except TokenMalformed as problem:
        return [Check("form", f"This is no credential: {problem}.", Reason.MALFORMED)], None
    kinds = ", ".join(_texts(token.credential["type"]))
    return [Check("form", f"A signed credential of the type {kinds}.")], token


def _refuse_shape(credential: dict[str, Any]) -> None:
    contexts = credential.get("@context")
    if not isinstance(contexts, list) or contexts[:1] != [VC_CONTEXT]:
        raise TokenMalformed(f"expected the first @context to be {VC_CONTEXT}")
    if "VerifiableCredential" not in _texts(credential.get("type")):
        raise TokenMalformed("expected the type VerifiableCredential")
    if not credential.get("credentialSubject"):
        raise TokenMalformed("it says nothing of anybody: there is no credentialSubject")
    for name in ("validFrom", "validUntil"):
        if name in credential and moment_in(credential[name]) is None:
            raise TokenMalformed(f"{name} is not a moment with an offset")


def _signature(token: Token, known: Mapping[str, DidDocument]) -> list[Check]:
    issuer = known.get(token.signer)
    if issuer is None:
        sentence = f"No document of {token.signer} is at hand, so nobody knows its keys."
        return [Check("issuer", sentence, Reason.UNKNOWN_ISSUER)]
    said = issuer_of(token.credential)
    if said != token.signer:
        sentence = f"It says that {said or 'nobody'} issued it, but {token.signer} signed it."
        return [Check("issuer", sentence, Reason.WRONG_ISSUER)]
    passed = Check("issuer", f"Issued by {said}, whose document is at hand.")
    key = issuer.keys.get(token.key_id)
    if key is None:
        sentence = f"{token.signer} has no such key: {token.key_id}."
        return [passed, Check("signature", sentence, Reason.UNKNOWN_KEY)]
    if not jose.is_signed_by(token, key):
        sentence = "It was changed after it was signed, or another key signed it."
        return [passed, Check("signature", sentence, Reason.CHANGED)]
    return [passed, Check("signature", f"Signed by {token.key_id}, not a byte changed.")]


def _period(credential: dict[str, Any], now: datetime) -> Check:
    begins, ends = (moment_in(credential.get(name)) for name in ("validFrom", "validUntil"))
    if begins and now < begins:
        return Check("period", f"It counts only from {_said(begins)} on.", Reason.NOT_YET_VALID)
    if ends and now > ends:
        return Check("period", f"It counted until {_said(ends)}.", Reason.EXPIRED)
    until = f"until {_said(ends)}" if ends else "without an end"
    since = f"from {_said(begins)}" if begins else "from the beginning"
    return Check("period", f"It counts {since} {until}.")


def _status(
    token: Token, known: Mapping[str, DidDocument], lists: Mapping[str, str], now: datetime
) -> list[Check]:
    """Return a check for each list that the credential names; none where it names none."""
    named = token.credential.get("credentialStatus", [])
    entries = named if isinstance(named, list) else [named]
    return [_status_in(each, token, known, lists, now) for each in entries]


def _status_in(
    entry: object,
    token: Token,
    known: Mapping[str, DidDocument],
    lists: Mapping[str, str],
    now: datetime,
) -> Check:
    try:
        url, index, purpose = _entry(entry)
        bits = _bits(url, purpose, token, known, lists, now)
        is_set = status_list.is_set(bits, index)
    except status_list.StatusListInvalid as problem:
        return Check("status", f"Its status is unknown: {problem}.", Reason.STATUS_UNKNOWN)
    if is_set:
        word = "suspended" if purpose == "suspension" else "revoked"
        sentence = f"Its issuer has {word} it: entry {index} of {url} is set."
        return Check("status", sentence, Reason.REVOKED)
    return Check("status", f"Not revoked: entry {index} of {url} is not set.")


def _entry(entry: object) -> tuple[str, int, str]:
    if not isinstance(entry, dict) or entry.get("type") != status_list.ENTRY:
        raise status_list.StatusListInvalid(f"expected a {status_list.ENTRY}")
    index, purpose = str(entry.get("statusListIndex", "")), str(entry.get("statusPurpose", ""))
    if not (index.isascii() and index.isdecimal()) or purpose not in {"revocation", "suspension"}:
        raise status_list.StatusListInvalid("expected an index and the purpose revocation")
    return str(entry.get("statusListCredential", "")), int(index), purpose


def _bits(
    url: str,
    purpose: str,
    token: Token,
    known: Mapping[str, DidDocument],
    lists: Mapping[str, str],
    now: datetime,
) -> bytes:
    """Return the bits of a list that its issuer signed, is in its time, and is the one named."""
    if url not in lists:
        raise status_list.StatusListInvalid(f"the list {url} is not at hand")
    checks, found = _read(lists[url])
    if found is not None:
        checks += _signature(found, known)
        checks.append(_period(found.credential, now))
    for check in checks:
        if not check.is_passed:
            raise status_list.StatusListInvalid(f"of the list, {check.found.rstrip('.')}")
    subject = found.credential["credentialSubject"] if found else None
    if not (found and isinstance(subject, dict)):
        raise status_list.StatusListInvalid("the list says nothing")
    about = (found.credential.get("id"), found.signer, subject.get("statusPurpose"))
    if about != (url, token.signer, purpose):
        raise status_list.StatusListInvalid("the list at hand is another's, or for something else")
    return status_list.decode(str(subject.get("encodedList", "")))


def issuer_of(credential: dict[str, Any]) -> str:
    """Return the DID of whoever a credential says issued it."""
    issuer = credential.get("issuer")
    return str(issuer.get("id", "")) if isinstance(issuer, dict) else str(issuer or "")


def moment_in(text: object) -> datetime | None:
    """Return the moment that a member of a credential names, None where it names none."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
