"""Checkpoints are signed as the log grows; keys change; witnesses sign too."""

from datetime import timedelta
from typing import Any

import pytest
from builders.ledger import an_object_event, without_the_guard
from builders.log import NOON, Safe, a_safe, a_witness
from django.db import DatabaseError, connection, transaction

from originmark.frame.jobs import sockets as jobs
from originmark.origin.parties.access import SYSTEM
from originmark.standards.transparency.checkpoints import opened
from originmark.standards.transparency.notes import NoteUnverified, VerifierKey
from originmark.standards.transparency.proofs import is_consistent
from originmark.standards.transparency.tree import EMPTY_ROOT
from originmark.trace.ledger import keys, proving, services, signing
from originmark.trace.ledger import log_refusals as refusals
from originmark.trace.ledger.models import LogCheckpoint, LogKey, LogSignature, LogState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def safe(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Safe:
    return a_safe(settings, monkeypatch)


class SilentProgress:
    def report(self, *_said: object) -> None:
        """Nobody listens."""


def grow(count: int = 1) -> None:
    start = proving.head().size
    events = [an_object_event(bizTransactionList=_paper(start + each)) for each in range(count)]
    services.capture(events, by=SYSTEM, now=NOON)


def _paper(number: int) -> list[dict[str, str]]:
    return [{"type": "po", "bizTransaction": f"urn:order:{number}"}]


def public_keys(role: str = "log") -> list[VerifierKey]:
    return [VerifierKey.parse(each.verifier) for each in keys.listed(role)]


@pytest.mark.conforms("L-checkpoint")
def test_the_newest_checkpoint_names_size_and_root_and_is_signed() -> None:
    grow(3)
    head = signing.newest(now=NOON)
    checkpoint, signatures = opened(head.note, public_keys(), origin="example.org/log")

    assert (checkpoint.size, checkpoint.root) == (3, proving.head().root)
    assert [each.name for each in signatures] == ["example.org/log"]


@pytest.mark.conforms("L-checkpoint")
def test_an_empty_log_is_signed_too() -> None:
    head = signing.newest(now=NOON)
    assert opened(head.note, public_keys())[0].root == EMPTY_ROOT


@pytest.mark.conforms("L-checkpoint")
def test_a_size_is_signed_once_however_often_it_is_asked_for() -> None:
    grow()
    first = signing.newest(now=NOON)
    assert signing.newest(now=NOON + timedelta(hours=1)) == first
    grow()
    signing.newest(now=NOON + timedelta(hours=2))
    assert list(LogCheckpoint.objects.values_list("size", flat=True)) == [2, 1]
    assert LogSignature.objects.count() == 2


def test_the_schedule_signs() -> None:
    grow()
    task = next(each for each in jobs.repeats() if each.name == "ledger.checkpoint")
    found = jobs.task(task.task).run({}, SilentProgress())
    assert found == {"size": 1}
    assert LogCheckpoint.objects.count() == 1


@pytest.mark.conforms("L-consistency")
def test_every_earlier_checkpoint_is_provably_the_beginning() -> None:
    signed = []
    for count in (1, 2, 4, 1):
        grow(count)
        signed.append(signing.newest(now=NOON))
    for earlier in signed:
        for later in signed[signed.index(earlier) :]:
            proof = proving.consistency(earlier.size, later.size)
            assert (proof.earlier_root, proof.root) == (earlier.root, later.root)
            assert is_consistent(
                earlier=earlier.size,
                earlier_root=earlier.root,
                size=later.size,
                root=later.root,
                path=proof.path,
            )


@pytest.mark.conforms("L-checkpoint", "L-consistency")
def test_a_log_that_was_rewritten_is_not_signed() -> None:
    grow(2)
    signing.newest(now=NOON)
    grow()
    with without_the_guard():
        LogCheckpoint.objects.filter(size=2).update(root=b"\x07" * 32)
    with pytest.raises(refusals.LogRewritten, match="2 leaves that was signed"):
        signing.newest(now=NOON)
    assert LogCheckpoint.objects.count() == 1


@pytest.mark.conforms("L-checkpoint")
def test_a_log_that_lost_leaves_is_not_signed() -> None:
    grow(2)
    signing.newest(now=NOON)
    with without_the_guard():
        LogState.objects.update(size=0, root=EMPTY_ROOT, frontier=b"")
    with pytest.raises(refusals.LogRewritten):
        signing.newest(now=NOON)


@pytest.mark.conforms("L-checkpoint")
def test_a_log_that_another_signs_meanwhile_is_no_rewritten_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    grow()
    signing.newest(now=NOON)
    head = proving.head

    def slow_head() -> proving.Head:
        found = head()
        monkeypatch.setattr(proving, "head", head)
        grow()
        signing.newest(now=NOON)
        return found

    monkeypatch.setattr(proving, "head", slow_head)
    assert signing.newest(now=NOON).size == 1
    assert signing.newest(now=NOON).size == 2


@pytest.mark.parametrize("table", ["ledger_logcheckpoint", "ledger_logsignature"])
def test_what_was_signed_is_only_ever_added_to(table: str) -> None:
    grow()
    signing.newest(now=NOON)
    column = "text" if table.endswith("checkpoint") else "line"
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = 'x'"):  # noqa: S608
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.conforms("L-rotation")
def test_a_new_key_signs_beside_the_old_one_until_that_is_retired(safe: Safe) -> None:
    grow()
    by_old = signing.newest(now=NOON)
    keys.new(now=NOON + timedelta(days=1))
    grow()
    by_both = signing.newest(now=NOON + timedelta(days=1))
    old, new = public_keys()
    keys.retire(old.id.hex(), now=NOON + timedelta(days=30))
    grow()
    by_new = signing.newest(now=NOON + timedelta(days=30))

    assert [len(each.keys) for each in (by_old, by_both, by_new)] == [1, 2, 1]
    assert opened(by_both.note, [old])[0] == opened(by_both.note, [new])[0]
    with pytest.raises(NoteUnverified):
        opened(by_new.note, [old])
    with pytest.raises(NoteUnverified):
        opened(by_old.note, [new])
    for each in (by_old, by_both, by_new):
        assert opened(each.note, public_keys())[0].size == each.size
    assert [(each.id, each.valid_until) for each in keys.listed("log")] == [
        (old.id.hex(), NOON + timedelta(days=30)),
        (new.id.hex(), None),
    ]
    assert "," not in safe.settings.LOG_KEY


@pytest.mark.conforms("L-rotation")
def test_a_new_key_signs_what_was_signed_last_though_nothing_grew() -> None:
    grow()
    signing.newest(now=NOON)
    keys.new(now=NOON)
    signing.run_task({}, SilentProgress())
    note = signing.newest(now=NOON).note
    for key in public_keys():
        assert opened(note, [key])[0].size == 1
    assert (LogCheckpoint.objects.count(), LogSignature.objects.count()) == (1, 2)


@pytest.mark.conforms("L-rotation")
def test_where_the_environment_has_the_secret_the_new_value_is_handed_out(safe: Safe) -> None:
    signing.newest(now=NOON)
    safe.is_in_environment = True
    before = safe.settings.LOG_KEY
    rotation = keys.new(now=NOON)
    assert rotation.to_set is not None
    assert rotation.to_set.split(",")[1:] == [before]
    assert before == safe.settings.LOG_KEY


@pytest.mark.conforms("L-rotation")
def test_the_last_key_stays_and_a_retired_one_does_not_sign_again(safe: Safe) -> None:
    grow()
    signing.newest(now=NOON)
    (only,) = public_keys()
    with pytest.raises(refusals.LastKey):
        keys.retire(str(only), now=NOON)
    first = safe.settings.LOG_KEY
    keys.new(now=NOON)
    keys.retire(str(only), now=NOON)
    safe.settings.LOG_KEY = first
    grow()
    with pytest.raises(refusals.NoSigningKey):
        signing.newest(now=NOON)
    keys.new(now=NOON)
    assert signing.newest(now=NOON).size == 2
    with pytest.raises(refusals.KeyUnknown):
        keys.retire(str(only), now=NOON)


def test_a_log_keeps_its_name_when_the_setting_changes(safe: Safe) -> None:
    grow()
    signing.newest(now=NOON)
    safe.settings.LOG_ORIGIN = "example.org/another"
    grow()
    assert signing.newest(now=NOON).note.startswith("example.org/log\n")


@pytest.mark.parametrize("value", ["", "abc", "00" * 31, "xy" * 32, "00" * 32 + ","])
def test_a_secret_that_is_no_key_is_said(safe: Safe, value: str) -> None:
    safe.settings.LOG_KEY = value
    with pytest.raises(refusals.LogKeyUnreadable):
        signing.newest(now=NOON)
    assert not LogKey.objects.exists()


@pytest.mark.conforms("L-cosign")
def test_a_witness_signs_the_note_or_sends_its_line() -> None:
    first, second = a_witness(), a_witness("witness.example/w2")
    grow()
    head = signing.newest(now=NOON)
    text = head.note.split("\n\n")[0] + "\n"
    at = int(NOON.timestamp())

    signing.cosign(f"{head.note}{first.cosign(text, timestamp=at)}\n", size=None, now=NOON)
    cosigned = signing.cosign(f"{second.cosign(text, timestamp=at)}\n", size=1, now=NOON)

    _checkpoint, made = opened(cosigned.note, [first.verifier, second.verifier])
    assert [(each.name, each.timestamp) for each in made] == [
        ("witness.example/w1", at),
        ("witness.example/w2", at),
    ]
    assert signing.newest(now=NOON) == cosigned
    again = signing.cosign(f"{second.cosign(text, timestamp=at)}\n", size=1, now=NOON)
    assert again == cosigned


@pytest.mark.conforms("L-cosign")
def test_an_unknown_false_or_premature_witness_is_refused() -> None:
    witness = a_witness()
    grow()
    head = signing.newest(now=NOON)
    text = head.note.split("\n\n")[0] + "\n"
    at = int(NOON.timestamp())
    lines = {
        "none of which is a known key": str(public_and_unknown().cosign(text, timestamp=at)),
        "does not fit the text": str(witness.cosign(text + "x\n", timestamp=at)),
        "yet to come": str(witness.cosign(text, timestamp=at + 86_400)),
        "expected": "— no line",
    }
    for reason, line in lines.items():
        with pytest.raises(refusals.CosignatureRefused, match=reason):
            signing.cosign(f"{line}\n", size=None, now=NOON)
    with pytest.raises(refusals.CheckpointUnknown):
        signing.cosign(f"{witness.cosign(text, timestamp=at)}\n", size=99, now=NOON)
    with pytest.raises(refusals.CheckpointUnknown):
        signing.cosign(head.note.replace("\n1\n", "\n2\n"), size=None, now=NOON)
    assert LogSignature.objects.count() == 1


def public_and_unknown() -> Any:
    witness = a_witness("nobody.example/w")
    keys.retire_witness(witness.verifier.id.hex(), now=NOON)
    return witness


@pytest.mark.conforms("L-cosign")
@pytest.mark.parametrize("line", ["", "w+00000000+BA==", "log"])
def test_only_a_witness_key_is_taken(line: str) -> None:
    signing.newest(now=NOON)
    text = str(public_keys()[0]) if line == "log" else line
    with pytest.raises(refusals.KeyUnreadable):
        keys.add_witness(text, now=NOON)
    assert not LogKey.objects.filter(role=LogKey.Role.WITNESS).exists()
