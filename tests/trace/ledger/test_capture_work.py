"""Large documents wait in a file for the worker, and their job says how far it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from builders.ledger import a_document, an_object_event
from builders.parties import a_client_for, an_actor, an_organisation
from django.test import Client
from lxml import etree

from originmark.frame.jobs import services as jobs
from originmark.frame.jobs.models import Job
from originmark.frame.web import clock
from originmark.trace.ledger import capture_files, capture_work, receiving, services
from originmark.trace.ledger.models import CaptureJob, Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _waiting(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(capture_files, "SMALL", 0)
    monkeypatch.setattr(capture_files, "BATCH", 3)
    settings.HOME = tmp_path
    settings.LEDGER_WAIT_BYTES = 500


@pytest.fixture
def recorder() -> Client:
    return a_client_for(an_actor(an_organisation()))


def ten(**other: Any) -> list[dict[str, Any]]:
    events = [an_object_event(eventID=f"urn:n:{n}", **{"ex:n": n}) for n in range(10)]
    events[4] |= other
    return events


def post(client: Client, *events: dict[str, Any], behaviour: str = "rollback") -> Any:
    data, headers = orjson.dumps(a_document(*events)), {"GS1-Capture-Error-Behaviour": behaviour}
    return client.post("/epcis/capture", data, content_type="application/json", headers=headers)


def files() -> list[str]:
    return [path.name for path in receiving.path_of("").iterdir()]


def run_all() -> None:
    jobs.run_due(NOW + timedelta(hours=1))


@pytest.mark.conforms("C-1", "C-4", "ST-202")
@pytest.mark.parametrize("behaviour", ["rollback", "proceed"])
def test_a_large_document_is_captured_by_the_worker(recorder: Client, behaviour: str) -> None:
    answer = post(recorder, *ten(), behaviour=behaviour)

    assert answer.status_code == 202
    waiting = recorder.get(answer.headers["Location"]).json()
    assert (waiting["running"], waiting["success"], waiting["finishedAt"]) == (True, True, None)
    assert not Event.objects.exists()
    assert len(files()) == 1

    run_all()

    job = recorder.get(answer.headers["Location"]).json()
    assert (job["running"], job["success"], job["acceptedCount"]) == (False, True, 10)
    assert [each["index"] for each in job["results"]] == list(range(10))
    assert job["finishedAt"] is not None
    assert files() == []
    assert Event.objects.filter(organisation__isnull=False).count() == 10
    work = Job.objects.get(task=capture_work.TASK)
    assert (work.state, work.steps_done) == ("done", 10)


@pytest.mark.conforms("C-4")
def test_running_and_success_of_a_large_document(recorder: Client) -> None:
    """The truth table: nothing stored under rollback, some stored under proceed."""
    told = {}
    for behaviour in ("rollback", "proceed"):
        answer = post(recorder, *ten(action="MAKE"), behaviour=behaviour)
        run_all()
        job = recorder.get(answer.headers["Location"]).json()
        told[behaviour] = (job["running"], job["success"], job["acceptedCount"])
        assert job["errors"][0]["pointer"] == "/epcisBody/eventList/4/action"
    assert told == {"rollback": (False, False, 0), "proceed": (False, False, 9)}
    assert files() == []


def test_work_that_was_cut_off_goes_on_where_it_was(
    recorder: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = post(recorder, *ten(), behaviour="proceed")
    whole = capture_work.Following.keep

    def cut_off(self: capture_work.Following, *, is_last: bool) -> None:
        whole(self, is_last=is_last)
        if self._job.stored > 3:
            raise OSError("the power is gone")

    monkeypatch.setattr(capture_work.Following, "keep", cut_off)
    jobs.run_due(NOW)
    running = recorder.get(answer.headers["Location"]).json()
    assert (running["running"], running["acceptedCount"]) == (True, 3)
    assert Event.objects.count() == 3

    monkeypatch.setattr(capture_work.Following, "keep", whole)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    run_all()
    job = recorder.get(answer.headers["Location"]).json()
    assert (job["running"], job["acceptedCount"], job["duplicateCount"]) == (False, 10, 0)
    assert [each["index"] for each in job["results"]] == list(range(10))
    assert Event.objects.count() == 10
    assert services.check_log() == []


def test_work_that_was_given_up_ends_the_job_and_can_be_tried_again(recorder: Client) -> None:
    answer = post(recorder, *ten())
    work = Job.objects.get(task=capture_work.TASK)
    jobs.cancel(work.pk, now=NOW)

    job = recorder.get(answer.headers["Location"]).json()
    assert (job["running"], job["success"]) == (False, False)
    assert job["errors"][0]["code"] == "work-ended"

    jobs.retry(work.pk, now=NOW)
    run_all()
    again = recorder.get(answer.headers["Location"]).json()
    assert (again["running"], again["success"], again["acceptedCount"]) == (False, True, 10)


def test_a_file_that_is_gone_ends_the_job(recorder: Client) -> None:
    answer = post(recorder, *ten())
    receiving.path_of(files()[0]).unlink()
    run_all()
    job = recorder.get(answer.headers["Location"]).json()
    assert (job["running"], job["success"]) == (False, False)


@pytest.mark.conforms("C-3", "ST-413")
@pytest.mark.parametrize("limit", ["LEDGER_MOST_BYTES", "LEDGER_MOST_FILE_EVENTS"])
def test_what_is_over_the_limits_is_refused_while_it_comes_in(
    recorder: Client, settings: Any, limit: str
) -> None:
    setattr(settings, limit, 3)
    answer = post(recorder, *ten())
    assert answer.status_code == 413
    assert answer.headers["GS1-EPCIS-Capture-Limit"] == str(settings.LEDGER_MOST_FILE_EVENTS)
    assert answer.headers["GS1-EPCIS-Capture-File-Size-Limit"] == str(settings.LEDGER_MOST_BYTES)
    assert files() == []
    assert not CaptureJob.objects.exists()


def test_who_may_not_capture_leaves_no_file(recorder: Client) -> None:
    viewer = a_client_for(an_actor(an_organisation(), "viewer"))
    assert post(viewer, *ten()).status_code == 403
    assert files() == []


def test_files_that_no_job_waits_for_are_removed_after_a_day(recorder: Client) -> None:
    post(recorder, *ten())
    receiving.path_of("left behind").write_text("{}")
    [waited_for] = set(files()) - {"left behind"}
    fresh = datetime.fromtimestamp(receiving.path_of(waited_for).stat().st_mtime, UTC)
    assert receiving.sweep(fresh) == 0
    assert receiving.sweep(fresh + timedelta(days=2)) == 1
    assert files() == [waited_for]


@pytest.mark.conforms("C-4")
def test_a_job_is_read_as_xml(recorder: Client) -> None:
    location = post(recorder, *ten()).headers["Location"]
    answer = recorder.get(location, headers={"Accept": "application/xml"})
    assert answer.headers["Content-Type"] == "application/xml"
    root = etree.fromstring(answer.content)
    assert etree.QName(root).localname == "EPCISCaptureJob"
    assert b"true" in answer.content


@pytest.mark.conforms("C-1")
def test_a_problem_is_told_in_xml_where_xml_was_asked_for(recorder: Client) -> None:
    answer = recorder.post(
        "/epcis/capture",
        b"<a/>",
        content_type="application/xml",
        headers={"Accept": "application/xml"},
    )
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+xml"
    assert etree.QName(etree.fromstring(answer.content)).localname == "EPCISException"
