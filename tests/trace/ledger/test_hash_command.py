"""``originmark hash``."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from builders.ledger import a_document, a_transformation, an_object_event, as_bytes
from django.core.management import CommandError, call_command

from originmark.standards.epcis import event_hashes

pytestmark = pytest.mark.conforms("A-version")


def run(*words: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("hash", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "two.json"
    path.write_bytes(as_bytes(a_document(an_object_event(), a_transformation())))
    return path


def test_each_event_has_a_line(file: Path) -> None:
    out, _ = run(str(file))
    hashes = event_hashes(file.read_bytes(), "application/json")
    assert out.splitlines() == [f"{hashes[0]}  {file} 1", f"{hashes[1]}  {file} 2"]


def test_the_string_before_hashing_can_be_had(file: Path) -> None:
    out, _ = run(str(file), "--prehash")
    lines = out.splitlines()
    assert lines[1].startswith("    eventType=ObjectEventeventTime=2026-09-21T23:15:00.000Z")
    assert lines[3].startswith("    eventType=TransformationEvent")


def test_lines_of_json_and_another_algorithm(file: Path) -> None:
    out, _ = run(str(file), "--json", "--algorithm", "sha3-256")
    first = json.loads(out.splitlines()[0])
    assert first == {
        "file": str(file),
        "event": 1,
        "hash": event_hashes(file.read_bytes(), "text/json", algorithm="sha3-256")[0],
    }


def test_xml_is_told_by_its_first_character(vectors: Path) -> None:
    xml = vectors / "hash" / "ReferenceEventHashAlgorithm.xml"
    assert run(str(xml))[0].startswith(xml.with_suffix(".hashes").read_text().strip())


def test_a_document_may_come_in_from_elsewhere(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(file.read_bytes())))
    assert run("-")[0] == run(str(file))[0].replace(str(file), "-")


def test_what_cannot_be_read_is_named_and_the_rest_still_hashed(file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match=r"1 document\(s\) could not be read"):
        call_command("hash", str(bad), str(file), stdout=out, stderr=err)
    assert len(out.getvalue().splitlines()) == 2
    assert err.getvalue().startswith(f"{bad}: /: this is no JSON")
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(str(tmp_path / "none.json"))
