"""Work is done once it is asked for, whatever happens in between."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from originmark.frame.jobs import queue, services, sockets
from originmark.frame.jobs.models import Job, Schedule
from originmark.frame.jobs.rules import JobIsOver, UnknownTask
from originmark.frame.web import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def calls() -> Iterator[list[Any]]:
    """What the task “note” was called with."""
    seen: list[Any] = []
    before = dict(sockets._tasks), dict(sockets._repeats)
    sockets._repeats = {}  # what rooms repeat is not the subject here
    sockets.register_task("note", lambda payload, _progress: seen.append(payload) or len(seen))
    yield seen
    sockets._tasks, sockets._repeats = before


def test_a_job_runs_once_and_keeps_its_result(calls: list[Any]) -> None:
    job = services.enqueue("note", {"lot": "L1"})

    assert services.run_due(clock.now()) == 1
    assert services.run_due(clock.now()) == 0

    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (Job.State.DONE, 1, 1)
    assert calls == [{"lot": "L1"}]


@transaction.atomic
def ask_and_fail() -> None:
    services.enqueue("note")
    raise ZeroDivisionError


def test_a_job_of_a_transaction_that_fails_was_never_asked_for(calls: list[Any]) -> None:
    with pytest.raises(ZeroDivisionError):
        ask_and_fail()

    assert Job.objects.exists() is False
    assert services.run_due(clock.now()) == 0


def test_the_same_key_is_one_job(calls: list[Any]) -> None:
    first = services.enqueue("note", key="daily-2026-10-15")
    again = services.enqueue("note", key="daily-2026-10-15")

    assert first == again
    assert services.run_due(clock.now()) == 1


def test_an_unknown_task_is_refused_with_the_names_that_exist(calls: list[Any]) -> None:
    with pytest.raises(UnknownTask) as refused:
        services.enqueue("nothing")

    assert "note" in refused.value.known
    assert Job.objects.exists() is False


def test_a_job_that_fails_is_tried_again_later_and_then_laid_aside(calls: list[Any]) -> None:
    def fail(payload: dict[str, Any], progress: sockets.Progress) -> None:
        raise ConnectionError("the printer does not answer")

    sockets.register_task("fail", fail)
    job = services.enqueue("fail")
    now = clock.now()
    for attempt in range(1, 7):
        services.run_due(now)
        job.refresh_from_db()
        assert job.attempts == attempt
        assert job.note == "the printer does not answer"
        now = job.run_after + timedelta(seconds=1)
    assert job.state == Job.State.FAILED
    assert "ConnectionError" in job.error

    assert services.retry(job.pk, now=now).state == Job.State.WAITING


def test_a_job_not_yet_due_waits(calls: list[Any]) -> None:
    later = clock.now() + timedelta(hours=1)
    services.enqueue("note", run_after=later)

    assert services.run_due(clock.now()) == 0
    assert services.run_due(later) == 1


def test_a_cancelled_job_does_not_run_and_cannot_be_cancelled_twice(calls: list[Any]) -> None:
    job = services.enqueue("note")
    services.cancel(job.pk, now=clock.now())

    services.run_due(clock.now())

    assert calls == []
    with pytest.raises(JobIsOver):
        services.cancel(job.pk, now=clock.now())


def test_a_running_job_notices_at_its_next_report_that_it_was_cancelled(calls: list[Any]) -> None:
    def work(payload: dict[str, Any], progress: sockets.Progress) -> None:
        progress.report(1, 3, "one of three")
        services.cancel(payload["job"], now=clock.now())
        progress.report(2, 3)
        calls.append("went on")

    sockets.register_task("work", work)
    job = services.enqueue("work")
    Job.objects.filter(pk=job.pk).update(payload={"job": str(job.pk)})
    services.run_due(clock.now())

    job.refresh_from_db()
    assert (job.state, job.percent, job.note) == (Job.State.CANCELLED, 33, "one of three")
    assert calls == []


def test_the_job_of_a_dead_worker_runs_again(calls: list[Any]) -> None:
    job = services.enqueue("note")
    long_ago = clock.now() - timedelta(hours=1)
    entry = queue._claim(clock.now(), "dead")
    assert entry is not None
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempts=1, beat_at=long_ago)

    assert services.run_due(clock.now()) == 1

    job.refresh_from_db()
    assert (job.state, job.attempts, len(calls)) == (Job.State.DONE, 2, 1)


def test_the_job_of_a_worker_that_died_before_it_began_is_not_forgotten(calls: list[Any]) -> None:
    services.enqueue("note", {"lot": "L1"})
    assert queue._claim(clock.now(), "dead") is not None
    services.enqueue("note", {"lot": "L2"})
    assert services.run_due(clock.now()) == 1

    later = clock.now() + timedelta(minutes=1)
    assert queue.revive_orphans(later) == 1
    assert queue.revive_orphans(later) == 0, "it waits in the queue already"
    assert services.run_due(later) == 1
    assert calls == [{"lot": "L2"}, {"lot": "L1"}]


def test_an_atomic_task_that_was_taken_over_leaves_no_trace(calls: list[Any]) -> None:
    def work(payload: dict[str, Any], progress: sockets.Progress) -> None:
        Schedule.objects.create(name="trace of the first run", next_at=clock.now())
        Job.objects.update(attempts=9)  # another worker has begun meanwhile

    sockets.register_atomic_task("work", work)
    services.enqueue("work")
    services.run_due(clock.now())

    assert Schedule.objects.exists() is False


def test_a_repeating_task_is_enqueued_once_per_turn(calls: list[Any]) -> None:
    sockets._repeats.clear()
    sockets.register_schedule("every day", "note", every=timedelta(days=1))
    now: datetime = clock.now()

    assert [services.run_due(now), services.run_due(now)] == [1, 0]
    assert services.run_due(now + timedelta(days=3)) == 1
