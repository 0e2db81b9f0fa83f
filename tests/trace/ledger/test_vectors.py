"""Published documents: the valid are captured and read back, the invalid refused."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from originmark.trace.ledger import selectors, services
from originmark.trace.ledger.models import Event

pytestmark = pytest.mark.django_db
VALID = 47


def events_in(path: Path) -> list[dict[str, object]]:
    body = json.loads(path.read_text())["epcisBody"]
    holder = body if "eventList" in body else body["queryResults"]["resultsBody"]
    return holder["eventList"]


def test_the_published_documents_are_captured_and_read_back(vectors: Path) -> None:
    folder = vectors / "json"
    out = StringIO()

    call_command("capture", str(folder), "--json", stdout=out, stderr=StringIO())

    outcomes = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(outcomes) == VALID
    kept = [selectors.event(pk) for pk in Event.objects.order_by("pk").values_list("pk", flat=True)]
    bodies = [stored.body for stored in kept if stored is not None]
    went_in = [event for path in sorted(folder.rglob("*.jsonld")) for event in events_in(path)]
    assert all(event in bodies for event in went_in)
    assert sum(outcome["stored"] for outcome in outcomes) == len(bodies)
    assert sum(outcome["stored"] + outcome["repeated"] for outcome in outcomes) == len(went_in)
    assert services.check_log() == []


def test_a_second_capture_changes_nothing(vectors: Path) -> None:
    for _ in range(2):
        out = StringIO()
        call_command("capture", str(vectors / "json"), "--json", stdout=out, stderr=StringIO())
    outcomes = [json.loads(line) for line in out.getvalue().splitlines()]
    assert sum(outcome["stored"] for outcome in outcomes) == 0


def test_the_invalid_documents_are_refused_one_by_one(vectors: Path) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=r"9 document\(s\) refused"):
        call_command("capture", str(vectors / "invalid"), "--json", stdout=out, stderr=StringIO())
    outcomes = [json.loads(line) for line in out.getvalue().splitlines()]
    assert all(outcome["problems"][0]["reason"] for outcome in outcomes)
    assert not Event.objects.exists()
