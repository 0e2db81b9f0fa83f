"""Proof bundles verify offline, and nothing in them may be changed."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.transparency import bundles
from originmark.standards.transparency.bundles import BundleInvalid
from originmark.standards.transparency.checkpoints import Checkpoint
from originmark.standards.transparency.notes import COSIGNATURE, Note, SignerKey, signed
from originmark.standards.transparency.proofs import inclusion_proof
from originmark.standards.transparency.tree import Frontier, NodeId, leaf_hash

LOG = SignerKey("example.org/log", bytes(32))
WITNESS = SignerKey("witness.example/w", b"\x01" * 32, COSIGNATURE)
DATA = [f'{{"body":"event {number}"}}'.encode() for number in range(7)]


def a_bundle(index: int = 2) -> dict[str, Any]:
    nodes: dict[NodeId, bytes] = {}
    tree = Frontier()
    for data in DATA:
        tree, completed = tree.append(leaf_hash(data))
        nodes.update(completed)
    text = str(Checkpoint("example.org/log", len(DATA), tree.root()))
    note = signed(text, LOG)
    cosigned = Note(text, (*note.signatures, WITNESS.cosign(text, timestamp=1_790_000_000)))
    return bundles.written(
        bundles.Proof(
            index=index,
            data=DATA[index],
            path=tuple(inclusion_proof(index, len(DATA), nodes.__getitem__)),
            note=str(cosigned),
            keys=(LOG.verifier,),
            witnesses=(WITNESS.verifier,),
        )
    )


@pytest.mark.conforms("L-inclusion")
@pytest.mark.parametrize("index", range(7))
def test_a_bundle_verifies_after_writing_and_reading(index: int) -> None:
    bundle = json.loads(json.dumps(a_bundle(index)))
    verified = bundles.verify(bundles.read(bundle), trusted=[LOG.verifier])
    assert (verified.checkpoint.origin, verified.checkpoint.size) == ("example.org/log", 7)
    assert [each.name for each in verified.signed_by] == ["example.org/log"]
    assert [each.timestamp for each in verified.witnessed_by] == [1_790_000_000]
    assert bundles.verify(bundles.read(bundle)) == verified


@pytest.mark.conforms("L-inclusion")
@given(st.data())
def test_no_character_of_the_event_the_path_or_the_checkpoint_may_change(
    data: st.DataObject,
) -> None:
    bundle = a_bundle()
    name = data.draw(st.sampled_from(["leafData", "checkpoint", "path"]))
    text = bundle[name] if name != "path" else bundle["path"][0]
    # What is changed in a witness's line may turn it into a stranger's, which nobody looks at.
    end = text.rindex("— ") if name == "checkpoint" else len(text)
    at = data.draw(st.integers(0, end - 1))
    other = data.draw(st.sampled_from("0a~").filter(lambda each: each != text[at]))
    changed = text[:at] + other + text[at + 1 :]
    bundle[name] = changed if name != "path" else [changed, *bundle["path"][1:]]
    with pytest.raises(BundleInvalid):
        bundles.verify(bundles.read(bundle), trusted=[LOG.verifier])


@pytest.mark.conforms("L-inclusion")
def test_a_bundle_of_another_log_is_not_believed() -> None:
    stranger = SignerKey("example.org/log", b"\x02" * 32)
    with pytest.raises(BundleInvalid, match="none of which is a known key"):
        bundles.verify(bundles.read(a_bundle()), trusted=[stranger.verifier])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", "originmark-log-proof/2"),
        ("leafIndex", -1),
        ("leafIndex", True),
        ("leafIndex", "2"),
        ("leafIndex", 7),
        ("leafIndex", 3),
        ("leafData", None),
        ("path", "00"),
        ("path", ["00"]),
        ("path", ["00" * 32] * 64),
        ("path", []),
        ("checkpoint", ""),
        ("checkpoint", 7),
        ("keys", []),
        ("keys", ["nobody"]),
        ("witnesses", [None]),
    ],
)
def test_what_is_missing_or_of_the_wrong_kind_is_said(name: str, value: object) -> None:
    bundle = copy.deepcopy(a_bundle())
    bundle[name] = value
    with pytest.raises(BundleInvalid):
        bundles.verify(bundles.read(bundle))


@pytest.mark.parametrize("bundle", [None, [], "", 7, {}])
def test_what_is_no_object_is_refused(bundle: object) -> None:
    with pytest.raises(BundleInvalid, match="found no proof bundle"):
        bundles.read(bundle)
