"""``originmark ledger``: check all, a part or a sample; keys and witnesses; a downloaded proof."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from builders.ledger import an_object_event, without_the_guard
from builders.log import NOON, Safe, a_safe, a_witness
from django.core.management import CommandError, call_command

from originmark.frame.web import clock
from originmark.origin.parties.access import SYSTEM
from originmark.trace.ledger import checking, checking_signed, keys, proving, services, signing
from originmark.trace.ledger.log_views import bundle_of
from originmark.trace.ledger.models import (
    Event,
    LogCheckpoint,
    LogKey,
    LogLeaf,
    LogNode,
    LogSignature,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def safe(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Safe:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return a_safe(settings, monkeypatch)


@pytest.fixture
def log() -> list[str]:
    """Nine events in the ledger, signed at sizes 4 and 9; their eventIDs."""
    names: list[str] = []
    for count in (4, 5):
        paper = [{"type": "po", "bizTransaction": f"urn:order:{count}"}]
        events = [
            an_object_event(bizTransactionList=paper, eventTime=f"2026-09-2{each}T07:00:00Z")
            for each in range(count)
        ]
        stored = services.capture(events, by=SYSTEM, now=NOON).stored
        names += [each.event_id for each in stored]
        signing.newest(now=NOON)
    return names


def run(*words: str) -> tuple[str, str, CommandError | None]:
    out, err, failure = StringIO(), StringIO(), None
    try:
        call_command("ledger", *words, stdout=out, stderr=err)
    except CommandError as raised:
        failure = raised
    return out.getvalue(), err.getvalue(), failure


def codes() -> list[str]:
    return [each.code for each in services.check_log()]


@pytest.mark.conforms("L-check")
@pytest.mark.usefixtures("log")
def test_the_whole_log_and_what_was_signed_is_checked() -> None:
    out, err, failure = run("check")
    assert failure is None
    assert out.startswith("The log is whole: 9 events, root ")
    assert "9 of 9 events checked" in err


@pytest.mark.conforms("L-check")
@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("place", range(10))
def test_a_check_can_begin_anywhere(place: int) -> None:
    out, _err, failure = run("check", "--from", str(place), "--json")
    assert failure is None
    facts = json.loads(out)
    assert (facts["from"], facts["to"], facts["size"], facts["whole"]) == (place, 9, 9, True)


@pytest.mark.conforms("L-check")
def test_a_check_that_begins_behind_an_altered_event_does_not_see_it(log: list[str]) -> None:
    with without_the_guard():
        Event.objects.filter(pk=3).update(source="nobody")
    assert [each.event_id for each in checking.findings(lambda *_: None, start=3).findings] == [
        log[3]
    ]
    assert checking.findings(lambda *_: None, start=4).findings == []


@pytest.mark.conforms("L-check")
@pytest.mark.usefixtures("log")
def test_a_check_that_runs_out_of_time_says_where_to_go_on() -> None:
    out, err, failure = run("check", "--seconds", "0.000001")
    assert failure is None
    assert out == ("Events 0 to 0 of 9 are whole. Go on with: originmark ledger check --from 1\n")
    assert "1 of 9 events checked" in err
    assert run("check", "--from", "1", "--seconds", "60")[0].startswith("The log from 1 is whole")


@pytest.mark.conforms("L-check")
def test_parts_find_together_what_the_whole_finds(log: list[str]) -> None:
    with without_the_guard():
        Event.objects.filter(pk__in=[2, 7]).update(source="nobody")
    found, place = [], 0
    while place < 9:
        part = checking.findings(lambda *_: None, start=place, is_time_up=lambda: True)
        found += [each.event_id for each in part.findings]
        place = part.end
    assert found == [log[2], log[7]]


@pytest.mark.conforms("L-check")
@pytest.mark.usefixtures("log")
def test_what_is_captured_during_a_check_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "EVERY", 4)

    def capture_more(done: int, _total: int) -> None:
        events = [an_object_event(eventTime=f"2026-09-10T0{done}:00:00Z")]
        services.capture(events, by=SYSTEM, now=NOON)
        signing.newest(now=NOON)

    assert services.check_log(capture_more) == []
    assert Event.objects.count() > 10
    assert services.check_log() == []


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("words", [["--from", "10"], ["--from", "-1"], ["--sample", "0"]])
def test_what_cannot_be_checked_is_said(words: list[str]) -> None:
    assert isinstance(run("check", *words)[2], CommandError)


@pytest.mark.conforms("L-check", "L-inclusion")
@pytest.mark.usefixtures("log")
def test_a_sample_is_proven_under_what_was_signed() -> None:
    out, err, failure = run("check", "--sample", "4")
    assert failure is None
    assert out.startswith("The sample is whole: 4 of 9 events, each proven under")
    assert "4 of 4 events checked" in err
    assert run("check", "--sample", "100")[0].startswith("The sample is whole: 9 of 9 events")


@pytest.mark.conforms("L-check")
def test_a_sample_of_all_finds_every_altered_event(log: list[str]) -> None:
    with without_the_guard():
        Event.objects.filter(pk=6).update(body="{}")
        Event.objects.filter(pk=1).update(event_id="urn:other")
        LogLeaf.objects.filter(pk=3).delete()
    out, _err, failure = run("check", "--sample", "9", "--json")
    assert failure is not None
    assert failure.returncode == 2
    found = {(each["code"], each["index"]) for each in json.loads(out)["findings"]}
    assert {("altered", 6), ("relabelled", 1), ("nameless", 3)} <= found
    assert not found & {("altered", each) for each in (0, 2, 4, 5, 7, 8)}
    assert log[6] in out


@pytest.mark.conforms("L-check", "L-inclusion")
@pytest.mark.usefixtures("log")
def test_a_sample_sees_a_changed_node_though_events_and_leaves_fit() -> None:
    head = proving.head()
    with without_the_guard():
        LogNode.objects.filter(pk=1 << 56 | 1).update(hash=b"\x05" * 32)
    found = checking_signed.sample(9, head, lambda *_: None)
    assert {(each.code, each.index) for each in found} == {("unproven", 0), ("unproven", 1)}


@pytest.mark.conforms("L-check", "L-consistency")
@pytest.mark.usefixtures("log")
def test_a_checkpoint_that_does_not_fit_is_found() -> None:
    with without_the_guard():
        LogCheckpoint.objects.filter(pk=4).update(root=b"\x01" * 32)
    assert codes() == ["checkpoint", "signature", "checkpoint"]


@pytest.mark.conforms("L-check")
@pytest.mark.usefixtures("log")
def test_a_log_cut_back_behind_what_was_signed_is_found() -> None:
    with without_the_guard():
        LogCheckpoint.objects.filter(pk=9).update(size=12)
        LogSignature.objects.filter(checkpoint_id=9).update(checkpoint_id=12)
    assert "checkpoint" in codes()
    assert run("check")[2] is not None
    sampled = run("check", "--sample", "3")[2]
    assert sampled is not None
    assert sampled.returncode == 2


@pytest.mark.conforms("L-check", "L-rotation")
@pytest.mark.usefixtures("log")
def test_a_signature_that_does_not_hold_or_came_after_its_key_is_found() -> None:
    with without_the_guard():
        row = LogSignature.objects.get(checkpoint_id=4)
        other = LogSignature.objects.get(checkpoint_id=9)
        LogSignature.objects.filter(pk=row.pk).update(line=other.line)
    assert codes() == ["signature"]
    with without_the_guard():
        LogSignature.objects.filter(pk=row.pk).delete()
    assert codes() == ["signature"]


@pytest.mark.conforms("L-rotation")
@pytest.mark.usefixtures("log")
def test_after_a_change_of_keys_the_whole_log_still_checks() -> None:
    (old,) = keys.listed("log")
    assert "Start the server again" in run("key", "new")[0]
    services.capture([an_object_event(action="OBSERVE")], by=SYSTEM, now=NOON)
    signing.newest(now=NOON)
    assert run("key", "retire", old.id)[0].startswith(f"Retired: {old.verifier}")
    assert codes() == []
    listed = run("key", "list")[0]
    assert f"{old.id}  since 2026-10-01 12:00  until 2026-10-01 12:00" in listed
    assert "in use" in listed
    assert isinstance(run("key", "retire", old.id)[2], CommandError)


@pytest.mark.conforms("L-rotation")
def test_a_secret_of_the_environment_is_printed_for_whoever_sets_it(safe: Safe) -> None:
    safe.is_in_environment = True
    before = safe.settings.LOG_KEY
    out = run("key", "new")[0]
    assert f",{before}" in out.splitlines()[-1]
    assert out.splitlines()[-1].startswith("ORIGINMARK_LOG_KEY=")


@pytest.mark.conforms("L-cosign")
def test_witnesses_are_added_listed_and_retired() -> None:
    witness = a_witness()
    LogKey.objects.all().delete()
    line = str(witness.verifier)
    assert run("witness", "add", line)[0] == f"Witness: {line}\n"
    assert "in use" in run("witness", "list")[0]
    assert run("witness", "retire", witness.verifier.id.hex())[0] == f"Retired: {line}\n"
    assert keys.witnesses() == {}
    run("witness", "add", line)
    assert list(keys.witnesses().values()) == [witness.verifier]
    assert isinstance(run("witness", "add", "nobody")[2], CommandError)
    assert isinstance(run("witness", "retire", "nobody")[2], CommandError)


@pytest.fixture
def proof(log: list[str], tmp_path: Path) -> Path:
    """The downloaded proof of the seventh event."""
    del log
    head = signing.newest(now=NOON)
    file = tmp_path / "proof-6.json"
    file.write_bytes(orjson.dumps(bundle_of(proving.inclusions([6], size=9)[6], head)))
    return file


@pytest.mark.conforms("L-inclusion")
def test_a_downloaded_proof_is_checked_without_the_database(
    proof: Path, log: list[str], django_assert_num_queries: Any
) -> None:
    public = keys.listed("log")[0].verifier
    with django_assert_num_queries(0):
        out, err, failure = run("verify", str(proof), "--key", public)
    assert (failure, err) == (None, "")
    assert out.splitlines()[-1] == (
        f"The proof holds: event {log[6]}, recorded at 2026-10-01T12:00:00.000000+00:00, is in "
        "the log example.org/log."
    )
    assert "The keys came in the file itself." in run("verify", str(proof))[1]


@pytest.mark.conforms("L-inclusion")
def test_a_changed_proof_and_a_strange_key_do_not_hold(proof: Path) -> None:
    strange = str(a_witness().verifier)
    failure = run("verify", str(proof), "--key", strange)[2]
    assert failure is not None
    assert failure.returncode == 2
    proof.write_text(proof.read_text().replace("commissioning", "decommissioning"))
    failure = run("verify", str(proof))[2]
    assert failure is not None
    assert failure.returncode == 2
    assert "the event or the path was changed" in str(failure)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff"])
def test_what_is_no_proof_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "proof.json"
    file.write_bytes(content)
    assert isinstance(run("verify", str(file))[2], CommandError)
    assert isinstance(run("verify", str(tmp_path / "nothing"))[2], CommandError)
    assert isinstance(run("verify", str(file), "--key", "x")[2], CommandError)
