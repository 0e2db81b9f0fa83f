"""Old events leave as Parquet files, prove themselves there, and stay in the ledger."""

import gc
import hashlib
import tracemalloc
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest
from builders.ledger import an_object_event, without_the_guard
from builders.log import Safe, a_safe, a_witness
from django.core.management import CommandError, call_command

from originmark.frame.web import clock
from originmark.origin.parties.access import SYSTEM
from originmark.standards.transparency.checkpoints import Checkpoint
from originmark.standards.transparency.notes import SignerKey, VerifierKey, signed
from originmark.trace.ledger import archive_files, archiving, keys, proving, services, signing
from originmark.trace.ledger.models import Event, LogLeaf

pytestmark = [pytest.mark.django_db, pytest.mark.conforms("L-archive")]
JUNE = datetime(2026, 6, 1, tzinfo=UTC)
NOW = JUNE + timedelta(days=150)


@pytest.fixture(autouse=True)
def safe(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Safe:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(archive_files, "ROWS", 4)
    return a_safe(settings, monkeypatch)


@pytest.fixture
def ledger() -> None:
    """Fifteen events, one a day from 1 June on, in documents of two contexts."""
    for day in range(15):
        event = an_object_event(
            eventTime="2026-05-20T07:15:00+08:00",
            bizTransactionList=[{"type": "po", "bizTransaction": f"urn:order:{day}"}],
            **({"example:note": "Yángqū 阳曲"} if day % 3 == 0 else {}),
        )
        context = ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld"]
        document = {
            "@context": [*context, {"example": "https://example.org/"}],
            "type": "EPCISDocument",
            "schemaVersion": "2.0",
            "creationDate": "2026-06-01T00:00:00Z",
            "epcisBody": {"eventList": [event]},
        }
        services.capture(
            orjson.dumps(document), by=SYSTEM, now=JUNE + timedelta(days=day), source=f"day {day}"
        )


def before(day: int) -> datetime:
    return JUNE + timedelta(days=day)


def public_keys() -> list[VerifierKey]:
    return [VerifierKey.parse(each.verifier) for each in keys.listed("log")]


def run(*words: str) -> tuple[str, str, CommandError | None]:
    out, err, failure = StringIO(), StringIO(), None
    try:
        call_command("ledger", "archive", *words, stdout=out, stderr=err)
    except CommandError as raised:
        failure = raised
    return out.getvalue(), err.getvalue(), failure


@pytest.mark.usefixtures("ledger")
def test_an_archive_holds_everything_that_a_leaf_stands_for(tmp_path: Path) -> None:
    manifest = archiving.archive(tmp_path / "a", before=before(10), now=NOW)

    assert (manifest.first, manifest.end) == (0, 10)
    assert [(each.first, each.count) for each in manifest.files] == [(0, 4), (4, 4), (8, 2)]
    rows = pl.read_parquet(tmp_path / "a" / "*.parquet").rows(named=True)
    for row, event in zip(rows, Event.objects.filter(pk__lt=10).order_by("pk"), strict=True):
        assert event.context is not None
        assert (row["index"], row["event_id"], row["body"]) == (
            event.pk,
            event.event_id,
            event.body,
        )
        assert (row["record_time"], row["source"]) == (event.record_time, f"day {event.pk}")
        assert row["context"] == event.context.body
        assert row["leaf_hash"] == bytes(LogLeaf.objects.get(pk=event.pk).hash)
    for each in manifest.files:
        content = (tmp_path / "a" / each.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each.sha256


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("start", range(10))
def test_every_part_of_the_log_proves_itself_without_the_database(
    tmp_path: Path, start: int, django_assert_num_queries: Any
) -> None:
    a_witness()
    archiving.archive(tmp_path / "a", before=before(11), now=NOW, start=start)
    trusted = public_keys()
    with django_assert_num_queries(0):
        checked = archive_files.check(tmp_path / "a", trusted=trusted)
    assert (checked.findings, checked.first, checked.end) == ((), start, 11)
    assert checked.checkpoint is not None
    assert (checked.checkpoint.size, checked.checkpoint.root) == (15, proving.head().root)


@pytest.mark.usefixtures("ledger")
def test_nothing_leaves_the_ledger_and_the_log_grows_on(tmp_path: Path) -> None:
    archiving.archive(tmp_path / "a", before=before(99), now=NOW)
    assert Event.objects.count() == LogLeaf.objects.count() == 15
    services.capture([an_object_event(action="OBSERVE")], by=SYSTEM, now=NOW)
    signing.newest(now=NOW)
    assert services.check_log() == []
    assert archive_files.check(tmp_path / "a", trusted=public_keys()).findings == ()


def rewrite(folder: Path, name: str, **columns: Any) -> None:
    """Change a file of the archive, and its SHA-256 in the manifest with it."""
    frame = pl.read_parquet(folder / name)
    frame = frame.with_columns(**columns) if columns else frame.head(len(frame) - 1)
    frame.write_parquet(folder / name)
    facts = orjson.loads((folder / "manifest.json").read_bytes())
    for each in facts["files"]:
        if each["name"] == name:
            each["sha256"] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            each["count"] = len(frame)
    (folder / "manifest.json").write_bytes(orjson.dumps(facts))


FIRST = "events-000000000000000.parquet"
SECOND = "events-000000000000004.parquet"


@pytest.mark.usefixtures("ledger")
def test_an_altered_row_is_named_and_an_altered_leaf_with_it_is_not_proven(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    archiving.archive(folder, before=before(8), now=NOW)
    altered = pl.when(pl.col("index") == 5).then(pl.lit("nobody")).otherwise(pl.col("source"))
    rewrite(folder, SECOND, source=altered)
    findings = archive_files.check(folder, trusted=public_keys()).findings
    assert len(findings) == 2
    assert findings[0].startswith(f"{SECOND}: event 5 (urn:uuid:")
    assert findings[1] == "the events do not lead to the root that was signed"


@pytest.mark.usefixtures("ledger")
def test_a_file_that_is_missing_changed_or_short_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    archiving.archive(folder, before=before(8), now=NOW)
    content = (folder / FIRST).read_bytes()
    (folder / FIRST).write_bytes(content[:-1] + b"\x00")
    assert archive_files.check(folder).findings[0].startswith(f"{FIRST}: ")
    (folder / FIRST).unlink()
    assert archive_files.check(folder).findings[0] == f"{FIRST}: cannot be read (FileNotFoundError)"
    (folder / FIRST).write_bytes(content)
    assert archive_files.check(folder).findings == ()
    rewrite(folder, SECOND)
    assert "the files end before place 7, expected 8" in archive_files.check(folder).findings


@pytest.mark.usefixtures("ledger")
def test_an_archive_under_another_key_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    archiving.archive(folder, before=before(8), now=NOW)
    trusted = public_keys()
    forger = SignerKey("example.org/log", b"\x09" * 32)
    facts = orjson.loads((folder / "manifest.json").read_bytes())
    text = str(Checkpoint("example.org/log", 15, b"\x01" * 32))
    facts |= {"checkpoint": str(signed(text, forger)), "keys": [str(forger.verifier)]}
    (folder / "manifest.json").write_bytes(orjson.dumps(facts))
    assert (
        "the checkpoint does not hold" in archive_files.check(folder, trusted=trusted).findings[0]
    )
    assert archive_files.check(folder).findings == (
        "the events do not lead to the root that was signed",
    )


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", "originmark-log-archive/9"),
        ("files", [{"name": "../../etc/passwd", "firstIndex": 0, "count": 1, "sha256": ""}]),
        ("before", ["00" * 32]),
        ("keys", ["nobody"]),
        ("path", None),
        ("lastIndex", "x"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_said(tmp_path: Path, name: str, value: Any) -> None:
    folder = tmp_path / "a"
    archiving.archive(folder, before=before(8), now=NOW)
    facts = orjson.loads((folder / "manifest.json").read_bytes()) | {name: value}
    (folder / "manifest.json").write_bytes(orjson.dumps(facts))
    with pytest.raises(archive_files.ArchiveInvalid):
        archive_files.check(folder)


@pytest.mark.usefixtures("ledger")
def test_what_is_not_as_it_was_logged_is_not_archived(tmp_path: Path) -> None:
    with without_the_guard():
        Event.objects.filter(pk=2).update(source="nobody")
    with pytest.raises(archiving.EventNotAsLogged, match="Event 2"):
        archiving.archive(tmp_path / "a", before=before(8), now=NOW)
    assert not (tmp_path / "a" / "manifest.json").exists()


@pytest.mark.usefixtures("ledger")
def test_nothing_old_enough_and_a_folder_in_use_are_refused(tmp_path: Path) -> None:
    with pytest.raises(archiving.NothingToArchive):
        archiving.archive(tmp_path / "a", before=before(0), now=NOW)
    assert not (tmp_path / "a").exists()
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(archiving.FolderTaken):
        archiving.archive(tmp_path, before=before(8), now=NOW)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.usefixtures("ledger")
def test_the_commands_write_an_archive_and_check_it(tmp_path: Path) -> None:
    out, err, failure = run("--before", "2026-06-09", "--to", str(tmp_path / "a"))
    assert failure is None
    assert out == (
        f"8 events, places 0 to 7, in 2 file(s) under {tmp_path / 'a'}. The next archive begins "
        "with --from 8.\n"
    )
    assert err.splitlines() == ["4 of 8 events copied", "8 of 8 events copied"]
    again = run("--before", "2026-06-11", "--to", str(tmp_path / "b"), "--from", "8")
    assert again[0].startswith("2 events, places 8 to 9")

    public = keys.listed("log")[0].verifier
    for folder, places in (("a", "0 to 7"), ("b", "8 to 9")):
        out, err, failure = run("check", str(tmp_path / folder), "--key", public)
        assert (failure, err) == (None, "")
        assert f"(places {places}) are in the log example.org/log" in out
    rewrite(tmp_path / "a", FIRST, body=pl.lit("{}"))
    out, _err, failure = run("check", str(tmp_path / "a"))
    assert failure is not None
    assert failure.returncode == 2
    assert out.count("is not what was logged") == 4


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--before", "2026-06-09"],
        ["check"],
        ["check", "/nowhere"],
        ["check", "/nowhere", "--key", "x"],
        ["verify", "/nowhere"],
        ["--before", "2026-06-09", "--to", "/nowhere"],
    ],
)
def test_what_the_command_needs_is_said(words: list[str]) -> None:
    assert isinstance(run(*words)[2], CommandError)


def test_memory_stays_flat_however_long_the_log_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_files, "ROWS", 50)

    def peak_of(size: int) -> int:
        gc.collect()
        tracemalloc.start()
        archiving.archive(tmp_path / str(size), before=NOW, now=NOW)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    def grow(count: int) -> None:
        held = Event.objects.count()
        events = [
            an_object_event(
                eventTime="2026-05-20T07:15:00+08:00",
                bizTransactionList=[{"type": "po", "bizTransaction": f"urn:order:{held + each}"}],
            )
            for each in range(count)
        ]
        services.capture(events, by=SYSTEM, now=JUNE)

    grow(100)
    archiving.archive(tmp_path / "warm", before=NOW, now=NOW)
    few = peak_of(100)
    grow(900)
    assert peak_of(1000) < 2 * few
