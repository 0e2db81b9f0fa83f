"""Who sees which work."""

from collections.abc import Callable

import pytest
from builders import parties
from django.test import Client

from originmark.frame.jobs import services, sockets
from originmark.frame.jobs.models import Job
from originmark.origin.parties.models import Person

Asker = Callable[[Person], Job]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job_of() -> Asker:
    sockets.register_task("idle", lambda _payload, _progress: None)
    return lambda person: services.enqueue("idle", title="Print 500 labels", person_id=person.pk)


def test_a_person_sees_the_work_that_is_theirs_and_nobody_elses(job_of: Asker) -> None:
    mine, theirs = parties.a_person(), parties.a_person()
    job = job_of(mine)

    page = parties.a_client_for(mine).get(f"/work/{job.pk}/")
    assert page.status_code == 200
    assert "Print 500 labels" in page.content.decode()
    assert parties.a_client_for(theirs).get(f"/work/{job.pk}/").status_code == 404
    assert parties.a_client_for(theirs).post(f"/work/{job.pk}/cancel/").status_code == 404


def test_nobody_signed_out_sees_any(client: Client, job_of: Asker) -> None:
    job = job_of(parties.a_person())
    assert client.get("/work/").status_code == 302
    assert client.get(f"/work/{job.pk}/").status_code == 302


def test_work_can_be_cancelled_and_started_again(job_of: Asker) -> None:
    person = parties.a_person()
    client, job = parties.a_client_for(person), job_of(person)

    client.post(f"/work/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == "cancelled"

    assert client.post(f"/work/{job.pk}/cancel/").status_code == 409
    client.post(f"/work/{job.pk}/retry/")
    job.refresh_from_db()
    assert job.state == "waiting"


def test_the_list_says_that_no_worker_runs(job_of: Asker) -> None:
    person = parties.a_person()
    job_of(person)
    page = parties.a_client_for(person).get("/work/").content.decode()
    assert "No worker is running" in page
    assert "Print 500 labels" in page
