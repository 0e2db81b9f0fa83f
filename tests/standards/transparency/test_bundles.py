"""Proof bundles verify offline, and nothing in them may be changed."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.standards.transparency import bundles
from originmark.standards.transparency.bundles import BundleInvalid
from originmark.standards.transparency.checkpoints import Checkpoint, opened
from originmark.standards.transparency.notes import (
    COSIGNATURE,
    Note,
    SignerKey,
    VerifierKey,
    signed,
)
from originmark.standards.transparency.proofs import inclusion_proof
from originmark.standards.transparency.tree import Frontier, NodeId, leaf_hash

LOG = SignerKey("example.org/log", bytes(32))
NEXT = SignerKey("example.org/log", b"\x03" * 32)  # the key that comes after
WITNESS = SignerKey("witness.example/w", b"\x01" * 32, COSIGNATURE)
DATA = [f'{{"body":"event {number}"}}'.encode() for number in range(7)]


def a_bundle(index: int = 2, *signers: SignerKey) -> dict[str, Any]:
    nodes: dict[NodeId, bytes] = {}
    tree = Frontier()
    for data in DATA:
        tree, completed = tree.append(leaf_hash(data))
        nodes.update(completed)
    text = str(Checkpoint("example.org/log", len(DATA), tree.root()))
    note = signed(text, *(signers or (LOG,)))
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


DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.conforms("L-checkpoint", "L-cosign")
def test_the_worked_example_of_the_documentation_holds() -> None:
    page = (DOCS / "algorithms/transparency-log.md").read_text(encoding="utf-8")
    block = re.search(r"(?m)^    example\.org/log\n(?:    .*\n|\n)+?(?=\S)", page)
    assert block is not None
    note = "".join(line.removeprefix("    ") for line in block[0].rstrip("\n").splitlines(True))
    keys = [
        VerifierKey.parse(line.strip())
        for line in re.findall(r"(?m)^    (\S+\+[0-9a-f]{8}\+\S+)$", page)
    ]
    checkpoint, signatures = opened(note + "\n", keys, origin="example.org/log")
    tree = Frontier()
    for leaf in (b"", b"\x00", b"\x10"):
        tree, _completed = tree.append(leaf_hash(leaf))
    assert (checkpoint.size, checkpoint.root) == (3, tree.root())
    assert [each.name for each in signatures] == ["example.org/log", "witness.example/w1"]


@pytest.mark.conforms("L-inclusion")
@pytest.mark.parametrize("index", range(7))
def test_the_program_in_the_documentation_verifies_a_bundle(
    index: int, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (DOCS / "howto/verify-a-proof.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"(?s)```python\n(.*?)```", page)
    program = program.replace('json.load(open("proof-27.json"))', "given")
    bundle = a_bundle(index, NEXT, LOG)
    exec(compile(program, "verify-a-proof", "exec"), {"given": bundle})  # noqa: S102 (our own page)
    assert capsys.readouterr().out == f"holds: event {index}\n"

    bundle["leafData"] = bundle["leafData"].replace("event", "Event")
    with pytest.raises(AssertionError):
        exec(compile(program, "verify-a-proof", "exec"), {"given": bundle})  # noqa: S102
