"""An issuer's document says its keys, each in two ways."""

from typing import Any

import pytest
from builders.credentials import DID, a_key
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.credentials import did_web
from originmark.standards.credentials.did_web import DocumentInvalid
from originmark.standards.credentials.encodings import (
    NotEncoded,
    from_base64url,
    from_multikey,
    to_base64url,
    to_multikey,
)
from originmark.standards.credentials.keys import KeyUnreadable, PublicKey, SigningKey


def a_page() -> dict[str, Any]:
    return did_web.document(
        DID, [a_key(2).public, a_key(1).public], also_known_as="https://b.example"
    )


def test_a_document_read_again_has_the_keys_under_both_addresses() -> None:
    found = did_web.read_document(a_page())

    assert found.id == DID
    assert list(found.keys) == [
        address
        for key in (a_key(2), a_key(1))
        for address in (key.id, f"{DID}#{to_multikey(key.public.raw)}")
    ]
    assert set(found.keys.values()) == {a_key(1).public, a_key(2).public}


def test_a_key_that_may_not_assert_is_not_taken() -> None:
    page = a_page()
    page["assertionMethod"] = page["assertionMethod"][2:]

    assert set(did_web.read_document(page).keys.values()) == {a_key(1).public}


@pytest.mark.parametrize(
    "page",
    [
        [],
        {"id": "https://b.example"},
        {"id": DID},
        a_page() | {"assertionMethod": []},
        a_page() | {"assertionMethod": ["did:web:stranger.example#1"]},
        {
            "id": DID,
            "assertionMethod": [
                {"id": "#1", "controller": "did:web:x", "publicKeyJwk": a_key().public.jwk}
            ],
        },
    ],
)
def test_a_document_without_a_key_of_its_own_is_refused(page: object) -> None:
    with pytest.raises(DocumentInvalid):
        did_web.read_document(page)


def test_only_did_web_has_an_address() -> None:
    with pytest.raises(DocumentInvalid, match="did:web:"):
        did_web.document_url("did:key:z6Mk")


@given(data=st.binary(max_size=80))
def test_base64url_goes_round_and_has_one_spelling(data: bytes) -> None:
    text = to_base64url(data)
    assert from_base64url(text) == data
    with pytest.raises(NotEncoded):
        from_base64url(text + "=")


@given(raw=st.binary(min_size=32, max_size=32))
def test_a_key_goes_round_as_multikey_and_as_jwk(raw: bytes) -> None:
    assert from_multikey(to_multikey(raw)) == raw
    assert PublicKey.of_jwk(PublicKey(raw).jwk) == PublicKey(raw)


def test_the_thumbprint_is_that_of_the_standard() -> None:
    """RFC 8037, appendix A.3: the key of its example and the thumbprint printed there."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = SigningKey(DID, seed).public

    assert public.jwk["x"] == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert public.thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_a_secret_is_never_shown() -> None:
    assert "0101" not in repr(a_key()).lower()
    assert repr(a_key()) == f"SigningKey(issuer='{DID}')"


@pytest.mark.parametrize(
    "jwk",
    [
        None,
        {"kty": "EC"},
        {"kty": "OKP", "crv": "Ed25519", "x": "AA"},
        {"kty": "OKP", "crv": "Ed25519", "x": "A!"},
    ],
)
def test_what_is_no_ed25519_key_is_refused(jwk: object) -> None:
    with pytest.raises(KeyUnreadable):
        PublicKey.of_jwk(jwk)
