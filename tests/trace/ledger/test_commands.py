"""``originmark capture`` and ``originmark ledger check``."""

import json
from io import StringIO
from pathlib import Path

import pytest
from builders.ledger import (
    a_document,
    a_transformation,
    an_object_event,
    as_bytes,
    without_the_guard,
)
from builders.parties import an_organisation
from django.core.management import CommandError, call_command
from django.db import connection

from originmark.trace.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good documents, one of them in a folder below, and a bad one."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.json").write_bytes(as_bytes(a_document(an_object_event())))
    (tmp_path / "deep" / "b.jsonld").write_bytes(as_bytes(a_document(a_transformation())))
    (tmp_path / "bad.json").write_bytes(as_bytes(a_document(an_object_event(action="MAKE"))))
    (tmp_path / "notes.txt").write_text("not for us")
    return tmp_path


def run(*words: str) -> tuple[str, str, CommandError | None]:
    out, err, failure = StringIO(), StringIO(), None
    try:
        call_command(*words, stdout=out, stderr=err)
    except CommandError as raised:
        failure = raised
    return out.getvalue(), err.getvalue(), failure


def test_the_good_are_stored_and_the_bad_listed_with_a_pointer(folder: Path) -> None:
    out, err, failure = run("capture", str(folder))

    assert out.splitlines() == [
        "captured  a.json: 1 stored",
        "refused   bad.json",
        "    /epcisBody/eventList/0/action: found 'MAKE', expected one of ADD, DELETE, OBSERVE",
        "captured  deep/b.jsonld: 1 stored",
    ]
    assert "2 of 3 documents captured: 2 events stored, 0 were there before." in err
    assert failure is not None
    assert failure.returncode == 1
    assert Event.objects.count() == 2


def test_a_file_is_captured_for_an_organisation(folder: Path) -> None:
    organisation = an_organisation()
    out, _err, failure = run(
        "capture", str(folder / "a.json"), "--organisation", organisation.code, "--json"
    )
    assert failure is None
    assert json.loads(out)["stored"] == 1
    assert Event.objects.get().organisation_id == organisation.pk


@pytest.mark.parametrize(
    "words", [("capture", "/nowhere"), ("capture", ".", "--organisation", "none")]
)
def test_what_is_not_there_is_said(words: tuple[str, ...]) -> None:
    _out, _err, failure = run(*words)
    assert failure is not None
    assert "No organisation" in str(failure) or "There is no file" in str(failure)


def test_a_whole_log_is_told(folder: Path) -> None:
    run("capture", str(folder))
    out, err, failure = run("ledger", "check")
    assert failure is None
    assert out.startswith("The log is whole: 2 events, root ")
    assert "2 of 2 events checked" in err


def test_one_byte_altered_by_hand_is_named(folder: Path) -> None:
    run("capture", str(folder))
    name = Event.objects.get(pk=1).event_id
    with without_the_guard(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_event SET body = replace(body, '380', '390') WHERE id = 1")

    out, _err, failure = run("ledger", "check")
    assert failure is not None
    assert failure.returncode == 2
    assert name in out

    answer = json.loads(run("ledger", "check", "--json")[0])
    assert (answer["whole"], answer["size"]) == (False, 2)
    assert [(each["code"], each["event_id"]) for each in answer["findings"]] == [("altered", name)]
