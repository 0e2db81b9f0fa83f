"""Signed notes and cosignatures, against what others published.

PETER, ENOCH and TEXT are the keys and the note of the reference implementation's own tests
(golang.org/x/mod/sumdb/note, note_test.go). Ed25519 is deterministic (RFC 8032), so that signing
the same text with the same key must give the same bytes.
"""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.transparency.notes import (
    COSIGNATURE,
    Note,
    NoteInvalid,
    NoteUnverified,
    Signature,
    SignerKey,
    VerifierKey,
    cosigned_message,
    signed,
)

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
BY_PETER = (
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
BY_ENOCH = (
    "— EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
NOTE = f"{TEXT}\n{BY_PETER}"
names = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="+"), min_size=1)
seeds = st.binary(min_size=32, max_size=32)
texts = st.lists(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]))).map(
    lambda lines: "\n".join(lines) + "\n"
)


def a_witness(name: str = "witness.example/w1") -> SignerKey:
    return SignerKey(name, hashlib.sha256(name.encode()).digest(), COSIGNATURE)


@pytest.mark.conforms("L-checkpoint")
def test_the_published_note_is_signed_alike_and_verifies() -> None:
    signer = SignerKey.parse(PETER_SECRET)

    assert str(signed(TEXT, signer)) == NOTE
    assert str(signer.verifier) == PETER
    assert signer.secret_line() == PETER_SECRET
    assert str(Note.parse(NOTE)) == NOTE
    assert [each.name for each in Note.parse(NOTE).verified_by([VerifierKey.parse(PETER)])] == [
        "PeterNeumann"
    ]


@pytest.mark.conforms("L-checkpoint")
def test_the_example_of_the_specification_verifies() -> None:
    """C2SP signed-note, Example."""
    key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    note = Note.parse(
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2"
        "ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    assert note.verified_by([key]) == list(note.signatures)
    assert note.text == "This is an example message.\n"


@pytest.mark.conforms("L-checkpoint", "L-rotation")
def test_several_signatures_are_verified_and_unknown_ones_ignored() -> None:
    both = Note.parse(f"{TEXT}\n{BY_PETER}{BY_ENOCH}")
    peter, enoch = VerifierKey.parse(PETER), VerifierKey.parse(ENOCH)

    assert [each.name for each in both.verified_by([peter])] == ["PeterNeumann"]
    assert [each.name for each in both.verified_by([enoch, peter])] == ["PeterNeumann", "EnochRoot"]
    with pytest.raises(NoteUnverified, match="none of which is a known key"):
        both.verified_by([])


@pytest.mark.conforms("L-checkpoint")
def test_one_false_signature_of_a_known_key_spoils_the_note() -> None:
    keys = [VerifierKey.parse(PETER), VerifierKey.parse(ENOCH)]
    other = Note.parse(f"Another text.\n\n{BY_PETER}")
    with pytest.raises(NoteUnverified, match="PeterNeumann does not fit"):
        other.verified_by(keys)

    forged = BY_ENOCH.replace("5n2tiOHp", "5n2tiOHq")
    with pytest.raises(NoteUnverified, match="EnochRoot does not fit"):
        Note.parse(f"{TEXT}\n{BY_PETER}{forged}").verified_by(keys)


@pytest.mark.parametrize(
    "data",
    [
        "",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}\n{BY_PETER[:-1]}",
        f"\x01{TEXT}\n{BY_PETER}",
        f"{TEXT}\n{BY_PETER.replace('PeterNeumann', 'Bad Name')}",
        f"{TEXT}\n{BY_PETER.replace('PeterNeumann', 'Bad+Name')}",
        f"{TEXT}\n{BY_PETER}Unexpected line.\n",
        f"{TEXT}\n{BY_PETER.replace('—', '-')}",
        f"{TEXT}\n{BY_PETER.replace('AM=', 'AN=')}",
        f"{TEXT}\n— PeterNeumann x08gow==\n",
        f"{TEXT}\n{BY_PETER * 101}",
    ],
)
def test_what_is_no_note_is_refused(data: str) -> None:
    with pytest.raises(NoteInvalid):
        Note.parse(data)


def test_a_hundred_signatures_are_read() -> None:
    assert len(Note.parse(f"{TEXT}\n{BY_PETER * 100}").signatures) == 100


@pytest.mark.parametrize(
    "line",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3+",
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("PeterNeumann", "PeterNewman"),
        PETER.replace("Peter", "Peter "),
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(NoteInvalid):
        VerifierKey.parse(line)


def test_every_mangling_of_a_key_is_refused() -> None:
    for at in range(len(PETER)):
        with pytest.raises(NoteInvalid):
            VerifierKey.parse(PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :])
        with pytest.raises(NoteInvalid):
            VerifierKey.parse(PETER[:at])
    for at in range(len(PETER_SECRET)):
        with pytest.raises(NoteInvalid) as refused:
            SignerKey.parse(PETER_SECRET[:at])
        assert PETER_SECRET[-30:] not in str(refused.value)


def test_a_private_key_does_not_show_itself() -> None:
    assert "seed" not in repr(SignerKey.parse(PETER_SECRET))


@pytest.mark.conforms("L-cosign")
def test_a_cosignature_is_time_and_signature_over_the_stated_message() -> None:
    """The message of the example in C2SP tlog-cosignature, signed by a witness of ours."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    witness = a_witness()
    cosigned = witness.cosign(text, timestamp=1679315147)

    assert cosigned_message(text, 1679315147) == (
        b"cosignature/v1\n"
        b"time 1679315147\n"
        b"example.com/behind-the-sofa\n"
        b"20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )
    public = witness.verifier.public
    assert cosigned.key_id == hashlib.sha256(b"witness.example/w1\n\x04" + public).digest()[:4]
    assert (len(cosigned.value), cosigned.timestamp) == (72, 1679315147)
    assert cosigned.holds(witness.verifier, text)
    assert not cosigned.holds(witness.verifier, text.replace("163", "164"))
    later = (1679315148).to_bytes(8, "big") + cosigned.value[8:]
    assert not Signature(cosigned.name, cosigned.key_id, later).holds(witness.verifier, text)


@pytest.mark.conforms("L-cosign")
def test_the_published_cosignature_is_read() -> None:
    """The example in C2SP tlog-cosignature: the time of its message stands in its line."""
    line = (
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJs"
        "X3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
    )
    read = Signature.parse(line)
    assert (read.name, read.timestamp, len(read.value)) == (
        "witness.example.com/w1",
        1679315147,
        72,
    )
    assert str(read) == line


@pytest.mark.conforms("L-cosign")
def test_a_cosignature_made_by_a_witness_elsewhere_holds() -> None:
    """A witness's statement of 24 January 2025 about Google's log of system applications.

    Key, text and signature as a public program prints them that checks them with
    transparency-dev/formats. The key's name is not given there, so the line gets ours.
    """
    public = base64.b64decode("pTPPKyRu6Q3PoMkeY+/sNni0biF4vnVTYRHbVNA31mY=")
    text = (
        "developers.google.com/android/binary_transparency/google1p/0\n"
        "5\n"
        "xqaCEZhTGZUuKNA7MpSyxe1WXiiESB2p+crAyzM+Vxo=\n"
    )
    line = base64.b64decode(
        "r0xBJQAAAABnkyoLuHgN5KlIUUpZV9hulwsFcgqV5v1CyeIhBZWdkfOJT0ims1LqbYygO5MEl91CGha5sP79K57P"
        "7lIGrz7Qtx8eBw=="
    )
    key = VerifierKey("witness", public, COSIGNATURE)
    assert Signature("witness", key.id, line[4:]).holds(key, text)
    assert not Signature("witness", key.id, line[4:]).holds(key, text.replace("5", "6"))


@pytest.mark.conforms("L-cosign")
def test_a_time_beyond_63_bits_and_a_short_cosignature_do_not_hold() -> None:
    witness, text = a_witness(), "example.com/log\n"
    beyond = witness.cosign(text, timestamp=1 << 63)
    assert not beyond.holds(witness.verifier, text)
    short = Signature(witness.name, witness.verifier.id, beyond.value[:40])
    assert not short.holds(witness.verifier, text)


@pytest.mark.conforms("L-cosign")
def test_a_log_key_does_not_cosign_and_a_witness_does_not_sign() -> None:
    with pytest.raises(NoteInvalid, match="signs with a time"):
        a_witness().sign(TEXT)
    with pytest.raises(NoteInvalid, match="signs without a time"):
        SignerKey.parse(PETER_SECRET).cosign(TEXT, timestamp=0)


@given(names, seeds, texts)
def test_what_is_signed_verifies_and_survives_writing(name: str, seed: bytes, text: str) -> None:
    signer = SignerKey(name, seed)
    note = signed(text, signer)

    assert Note.parse(str(note)) == note
    assert note.verified_by([VerifierKey.parse(str(signer.verifier))]) == list(note.signatures)
    assert SignerKey.parse(signer.secret_line()) == signer


@given(seeds, st.integers(0, 64 * 8 - 1), st.integers(0, len(TEXT) - 1))
def test_no_bit_of_signature_or_text_may_change(seed: bytes, bit: int, place: int) -> None:
    signer = SignerKey("example.com/log", seed)
    (line,) = signed(TEXT, signer).signatures
    flipped = bytearray(line.value)
    flipped[bit // 8] ^= 1 << bit % 8

    assert not Signature(line.name, line.key_id, bytes(flipped)).holds(signer.verifier, TEXT)
    assert not line.holds(signer.verifier, TEXT[:place] + "~" + TEXT[place + 1 :])


def test_the_key_of_another_name_is_another_key() -> None:
    material = base64.b64decode(PETER.split("+", 2)[2])
    renamed = VerifierKey("Somebody", material[1:])
    assert not Note.parse(NOTE).signatures[0].holds(renamed, TEXT)
