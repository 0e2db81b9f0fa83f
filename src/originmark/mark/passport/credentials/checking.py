"""Verify a credential with what this installation knows: its own keys and status lists.

What others issued is verified with a DID document (and status lists) that whoever asks brings
along: nothing is fetched from the web.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from originmark.mark.passport.credentials import keys, register
from originmark.mark.passport.credentials.refusals import UnknownStatusList
from originmark.standards.credentials import jose
from originmark.standards.credentials.did_web import DidDocument
from originmark.standards.credentials.verification import Verification, verify


def check(
    text: str,
    *,
    now: datetime,
    issuers: Iterable[DidDocument] = (),
    status_lists: Iterable[str] = (),
    only_given: bool = False,
) -> Verification:
    """Return what each check of a credential found; ``issuers`` and lists come on top of ours.

    With ``only_given`` ours are left aside, and no database is asked. Raises TokenMalformed when
    a list that was given is none.
    """
    lists = {list_id(token): token for token in status_lists}
    if only_given:
        return verify(text, issuers=issuers, status_lists=lists, now=now)
    known = {keys.did(): keys.own_issuer(now=now), **{each.id: each for each in issuers}}
    return verify(
        text, issuers=known.values(), status_lists=lists | _own_lists(text, now=now), now=now
    )


def list_id(token: str) -> str:
    """Return the address that a signed list gives itself; raises TokenMalformed."""
    return str(jose.read(token).credential.get("id", ""))


def _own_lists(text: str, *, now: datetime) -> dict[str, str]:
    """Return those of our own lists that a credential names."""
    try:
        named: Any = jose.read(text).credential.get("credentialStatus", [])
    except jose.TokenMalformed:
        return {}
    entries = named if isinstance(named, list) else [named]
    urls = {str(each.get("statusListCredential", "")) for each in entries if isinstance(each, dict)}
    found = {}
    for url in urls:
        number = url.removeprefix(register.list_url(0)[:-1])
        if number != url and number.isascii() and number.isdecimal() and len(number) < 10:
            try:
                found[url] = register.status_token(int(number), now=now)
            except UnknownStatusList:
                continue
    return found
