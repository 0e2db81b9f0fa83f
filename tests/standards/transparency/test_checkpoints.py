"""Checkpoints (C2SP tlog-checkpoint)."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.transparency.checkpoints import (
    Checkpoint,
    CheckpointInvalid,
    opened,
)
from originmark.standards.transparency.notes import NoteUnverified, SignerKey, signed
from originmark.standards.transparency.tree import EMPTY_ROOT

# The example of the specification (https://c2sp.org/tlog-checkpoint).
ORIGIN, ROOT = "example.com/behind-the-sofa", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
EXAMPLE = f"{ORIGIN}\n20852163\n{ROOT}\n"
KEY = SignerKey(ORIGIN, bytes(32))
lines = st.text(st.characters(min_codepoint=33, exclude_categories=["Cs"]), min_size=1)
pytestmark = pytest.mark.conforms("L-checkpoint")


def test_the_published_example_is_read_and_written() -> None:
    read = Checkpoint.parse(EXAMPLE)
    assert (read.origin, read.size, read.extensions) == (ORIGIN, 20852163, ())
    assert read.root == base64.b64decode(ROOT)
    assert str(read) == EXAMPLE


def test_extension_lines_are_kept() -> None:
    read = Checkpoint.parse(f"{EXAMPLE}one\ntwo words\n")
    assert read.extensions == ("one", "two words")
    assert str(read) == f"{EXAMPLE}one\ntwo words\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        EXAMPLE[:-1],
        f"\n20852163\n{ROOT}\n",
        f"{ORIGIN}\n\n{ROOT}\n",
        f"{ORIGIN}\n020852163\n{ROOT}\n",
        f"{ORIGIN}\n+20852163\n{ROOT}\n",
        f"{ORIGIN}\n-1\n{ROOT}\n",
        f"{ORIGIN}\n٢٠\n{ROOT}\n",
        f"{ORIGIN}\n9223372036854775808\n{ROOT}\n",
        f"{ORIGIN}\n99999999999999999999999\n{ROOT}\n",
        f"{ORIGIN}\n20852163\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n20852163\n{ROOT[4:]}\n",
        f"{ORIGIN}\n20852163\n{ROOT.replace('I=', 'J=')}\n",
        f"{ORIGIN}\n20852163\n{ROOT} \n",
        f"{ORIGIN}\n0\n{ROOT}\n",
        f"{EXAMPLE}\n",
        f"{EXAMPLE}extension\n\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(CheckpointInvalid):
        Checkpoint.parse(text)


@given(lines, st.integers(0, (1 << 63) - 1), st.binary(), st.lists(lines, max_size=2))
def test_every_checkpoint_survives_writing(
    origin: str, size: int, data: bytes, extensions: list[str]
) -> None:
    root = hashlib.sha256(data).digest() if size else EMPTY_ROOT
    checkpoint = Checkpoint(origin, size, root, tuple(extensions))
    assert Checkpoint.parse(str(checkpoint)) == checkpoint


def test_a_signed_checkpoint_opens_with_its_key_and_for_its_log_only() -> None:
    note = str(signed(EXAMPLE, KEY))
    other = SignerKey(ORIGIN, b"\x01" * 32)

    checkpoint, signatures = opened(note, [KEY.verifier, other.verifier], origin=ORIGIN)
    assert (checkpoint.size, [each.name for each in signatures]) == (20852163, [ORIGIN])
    with pytest.raises(NoteUnverified):
        opened(note, [other.verifier])
    with pytest.raises(CheckpointInvalid, match=r"expected example\.com/another"):
        opened(note, [KEY.verifier], origin="example.com/another")
