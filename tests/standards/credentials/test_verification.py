"""A credential verifies, or fails with the reason."""

import json
from datetime import timedelta
from typing import Any

import pytest
from builders.credentials import DID, LIST, NOON, a_credential, a_document, a_key, a_list
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jws import JWSRegistry

from originmark.standards.credentials import jose, status_list
from originmark.standards.credentials.encodings import from_base64url, to_base64url
from originmark.standards.credentials.keys import SigningKey
from originmark.standards.credentials.verification import Reason, Verification, verify

TOKEN = jose.sign(a_credential(), a_key())
LISTS = a_list()


def verified(text: str = TOKEN, **more: Any) -> Verification:
    facts = {"issuers": [a_document()], "status_lists": LISTS, "now": NOON, **more}
    return verify(text, **facts)


def signed(key: SigningKey | None = None, **more: Any) -> str:
    return jose.sign(a_credential(**more), key or a_key())


def test_a_credential_in_order_passes_every_check() -> None:
    found = verified()

    assert found.is_valid
    assert [check.name for check in found.checks] == [
        "form", "issuer", "signature", "period", "status",
    ]  # fmt: skip
    assert found.credential == a_credential()


@given(at=st.integers(0, len(TOKEN) - 1), letter=st.sampled_from("AZaz09-_.=!"))
def test_any_changed_byte_is_found(at: int, letter: str) -> None:
    changed = TOKEN[:at] + letter + TOKEN[at + 1 :]

    assert verified(changed).is_valid is (changed == TOKEN)


def test_a_changed_claim_fails_at_the_signature() -> None:
    header, payload, signature = TOKEN.split(".")
    credential = json.loads(from_base64url(payload))
    credential["credentialSubject"]["name"] = "Millet of another hill"
    forged = ".".join([header, to_base64url(json.dumps(credential).encode()), signature])

    assert verified(forged).reason is Reason.CHANGED
    assert verified(forged).is_signed is False


def test_another_key_under_a_known_name_fails_at_the_signature() -> None:
    token = jws.serialize_compact(
        {"alg": "Ed25519", "typ": "vc+jwt", "kid": a_key().id},
        json.dumps(a_credential()).encode(),
        a_key(2).jose(),
        algorithms=["Ed25519"],
    )

    assert verified(token).reason is Reason.CHANGED


def test_a_key_that_the_issuer_does_not_name_fails() -> None:
    assert verified(signed(a_key(2))).reason is Reason.UNKNOWN_KEY


def test_a_key_that_was_replaced_still_verifies_while_the_issuer_names_it() -> None:
    assert verified(issuers=[a_document(a_key(2), a_key(1))]).is_valid


def test_an_issuer_whose_document_is_not_at_hand_fails() -> None:
    assert verified(issuers=[]).reason is Reason.UNKNOWN_ISSUER


def test_a_credential_in_the_name_of_another_fails() -> None:
    stranger = a_key(3, did="did:web:stranger.example")
    both = [a_document(), a_document(stranger)]

    assert verified(signed(stranger), issuers=both).reason is Reason.WRONG_ISSUER


def test_an_expired_credential_fails() -> None:
    assert verified(signed(validUntil="2026-10-15T11:59:59Z")).reason is Reason.EXPIRED


def test_a_credential_that_begins_later_fails() -> None:
    assert verified(signed(validFrom="2026-10-15T20:00:01+08:00")).reason is Reason.NOT_YET_VALID


def test_a_revoked_credential_fails() -> None:
    found = verified(status_lists=a_list(5))

    assert found.reason is Reason.REVOKED
    assert found.is_signed
    assert found.checks[-1].found == f"Its issuer has revoked it: entry 5 of {LIST} is set."


@pytest.mark.parametrize(
    "lists",
    [
        {},
        a_list(valid_until=NOON - timedelta(seconds=1)),
        a_list(key=a_key(2)),
        {LIST: a_list(id="https://brand.example/credentials/status/2").popitem()[1]},
        {LIST: TOKEN},
        {LIST: "not a list"},
    ],
    ids=["absent", "stale", "of another key", "another list", "no list", "nonsense"],
)
def test_a_status_that_nobody_knows_does_not_count_as_good(lists: dict[str, str]) -> None:
    assert verified(status_lists=lists).reason is Reason.STATUS_UNKNOWN


def test_an_entry_outside_the_list_does_not_count_as_good() -> None:
    outside = signed(credentialStatus=status_list.entry(LIST, status_list.SIZE))

    assert verified(outside).reason is Reason.STATUS_UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b",
        "e30.e30.AA",
        signed(type=["Something"]),
        signed(**{"@context": ["https://example.org"]}),
        signed(credentialSubject={}),
        signed(validUntil="tomorrow"),
        signed(validUntil="2027-01-01T00:00:00"),
    ],
)
def test_what_is_no_credential_is_malformed(text: str) -> None:
    assert verified(text).reason is Reason.MALFORMED


def test_a_token_without_a_signature_algorithm_is_malformed() -> None:
    header = to_base64url(json.dumps({"alg": "none", "kid": a_key().id}).encode())
    token = f"{header}.{TOKEN.split('.')[1]}."

    assert verified(token).reason is Reason.MALFORMED


def test_the_token_is_one_that_the_library_verifies_by_itself() -> None:
    """A verifier of others, told only the key, reads the same claims."""
    header = json.loads(from_base64url(TOKEN.split(".")[0]))
    assert header == {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": a_key().id}
    with pytest.warns(Warning, match="RFC 9864"):
        found = jws.deserialize_compact(
            TOKEN, a_key().public.jose(), registry=JWSRegistry(algorithms=["EdDSA"])
        )
    assert json.loads(found.payload) == a_credential()
    assert a_key().id.startswith(f"{DID}#")
