"""What an applicant writes, files and shows, and what is said against it, for programs."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from builders.gi import (
    AGAINST,
    LATER,
    WORDS,
    a_gi,
    a_granted_gi,
    a_procedure,
    a_published_gi,
    a_submitted_gi,
)
from builders.parties import a_client_for, an_actor, an_inspector, an_officer, an_organisation
from builders.places import a_boundary
from builders.schemes import NOON
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from originmark.frame.web import clock
from originmark.mark.schemes.models import (
    GiApplication,
    GiDocument,
    GiEvidence,
    GiHearing,
    GiJudgement,
    GiLink,
    GiOpposition,
)
from originmark.mark.schemes.services import gi_oppositions as oppositions
from originmark.origin.parties.models import Organisation

pytestmark = pytest.mark.django_db
HERE = "/api/schemes/gi/"
PDF = b"%PDF-1.7\n"
FACTS = {"name": "Yangqu millet", "product": "Millet", "kind": "gi", "country": "CN", **WORDS}
LINK = {"characteristic": "Small grain", "factor_kind": "natural", "factor": "Loess",
        "evidence_kind": "test", "evidence": "Report 7"}  # fmt: skip
HEARD = {"held_on": "2026-10-01", "present": "Both sides", "notes": "The word is old"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def holder() -> Organisation:
    return an_organisation()


@pytest.fixture
def recorder(holder: Organisation) -> Client:
    return a_client_for(an_actor(holder, "recorder"))


def send(client: Client, path: str, **body: Any) -> Any:
    return client.post(HERE + path, body, content_type="application/json")


def file(client: Client, path: str, content: bytes = PDF, **typed: str) -> Any:
    """Send a form with a paper."""
    return client.post(HERE + path, {"file": SimpleUploadedFile("report.pdf", content), **typed})


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("urn:originmark:refusal:")


def test_a_program_writes_an_application_and_submits_it(
    recorder: Client, holder: Organisation
) -> None:
    a_procedure()
    begun = send(recorder, "", organisation=holder.code, **(FACTS | {"method": ""}))
    number, here = begun.json()["number"], begun.json()
    assert (begun.status_code, here["phase"], here["specification"]["method"]) == (
        201, "prepared", "",
    )  # fmt: skip
    assert len(here["missing"]) == 4
    boundary = a_boundary().code
    changed = recorder.put(
        HERE + number, {**FACTS, "boundary": boundary}, content_type="application/json"
    ).json()
    assert (changed["boundary"], changed["specification"]["method"]) == (
        boundary,
        "Made up for tests",
    )
    assert send(recorder, f"{number}/links", **LINK).json().items() >= LINK.items()
    for each in ("quality", "link"):
        path = f"{number}/properties/{each}/evidence"
        assert file(recorder, path, kind="file", says="More protein").status_code == 201
    told = recorder.get(HERE + number).json()
    assert (told["missing"], [each["factor"] for each in told["links"]]) == ([], ["Loess"])
    shown = told["properties"][0]["evidence"][0]
    assert (shown["paper"], shown["sha256"]) == ("report.pdf", sha256(PDF).hexdigest())
    assert shown["paper_id"] == told["papers"][0]["id"]
    assert send(recorder, f"{number}/advance").json()["phase"] == "submitted"
    assert send(recorder, f"{number}/withdraw", note="Later").json()["phase"] == "withdrawn"


def test_a_paper_is_filed_with_its_hash_and_comes_back_as_it_was(
    recorder: Client, holder: Organisation
) -> None:
    number = a_submitted_gi(holder).number
    made = file(recorder, f"{number}/papers", title="Map of the area")
    told = made.json()
    assert (made.status_code, told["title"], told["stage"], told["name"]) == (
        201, "Map of the area", "submitted", "report.pdf",
    )  # fmt: skip
    assert told["sha256"] == sha256(PDF).hexdigest()

    answer = recorder.get(f"{HERE}{number}/papers/{told['id']}")

    assert (answer.getvalue(), answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert recorder.get(f"{HERE}{a_gi(holder).number}/papers/{told['id']}").status_code == 404
    stranger = a_client_for(an_actor(an_organisation(), "manager"))
    assert stranger.get(f"{HERE}{number}/papers/{told['id']}").status_code == 404


def test_evidence_comes_without_a_paper_and_goes_again(
    recorder: Client, holder: Organisation
) -> None:
    row = a_gi(holder)
    figure = {"kind": "figure", "says": "More protein", "value": "8.2 %"}
    path = f"{HERE}{row.number}/properties/quality/evidence"
    refused = recorder.post(path, figure)
    assert code_of(refused) == (422, "gi-evidence-half")
    assert refused.json()["facts"]["needs"] == ["method", "laboratory"]

    made = recorder.post(path, {**figure, "method": "GB 5009.5", "laboratory": "County"})

    assert (made.status_code, made.json()["paper_id"], made.json()["sha256"]) == (201, None, "")
    gone = recorder.delete(f"{HERE}{row.number}/evidence/{made.json()['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert not GiEvidence.objects.filter(kind="figure").exists()
    link = row.links.get()
    assert recorder.delete(f"{HERE}{row.number}/links/{link.pk}").status_code == 204
    assert not GiLink.objects.exists()


def test_what_is_refused_leaves_nothing(recorder: Client, holder: Organisation) -> None:
    send_new = {"organisation": holder.code, **FACTS}
    assert code_of(send(recorder, "", **send_new)) == (422, "no-gi-procedure")
    draft, sent = a_gi(holder), a_submitted_gi(holder)
    papers = GiDocument.objects.count()
    evidence = {"kind": "file", "says": "More protein"}
    asked = {
        "not-a-document": file(recorder, f"{draft.number}/papers", b"MZ", title="Virus"),
        "unknown-gi-property": file(
            recorder, f"{draft.number}/properties/colour/evidence", **evidence
        ),
        "wrong-gi-stage": file(recorder, f"{sent.number}/properties/link/evidence", **evidence),
        "unknown-boundary": send(recorder, "", **send_new, boundary="nowhere"),
        "invalid-request": send(recorder, "", **(send_new | {"country": "XX"})),
    }
    for code, answer in asked.items():
        assert code_of(answer) == (answer.status_code, code)
        assert answer.status_code in {404, 422}
    unsaid = recorder.post(
        f"{HERE}{draft.number}/properties/link/evidence", {"kind": "source", "says": " "}
    )
    assert code_of(unsaid) == (422, "invalid-request")
    assert (GiDocument.objects.count(), GiApplication.objects.count()) == (papers, 2)


def test_an_opposition_brings_its_paper_and_is_answered_heard_and_decided(
    recorder: Client, holder: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_published_gi(holder).number
    against = {"who": "Li", "contact": "li@example.org", "grounds": "Generic"}
    receipt = file(Client(), f"{number}/oppositions", **against).json()
    assert receipt["sha256"] == sha256(PDF).hexdigest()
    path = f"{number}/oppositions/{receipt['id']}"
    assert recorder.get(f"{HERE}{path}/paper").getvalue() == PDF
    assert code_of(send(recorder, f"{path}/answer", answer="  ")) == (422, "invalid-request")
    assert send(recorder, f"{path}/answer", answer="It is not").json()["answer"] == "It is not"
    officer = a_client_for(an_officer("recorder"))
    ahead = send(officer, f"{path}/hearings", **(HEARD | {"held_on": "2027-01-01"}))
    assert code_of(ahead) == (422, "hearing-ahead")
    assert send(officer, f"{path}/hearings", **HEARD).status_code == 201
    decided = send(officer, f"{path}/outcome", outcome="dismissed", reason="Old word").json()
    assert [each["notes"] for each in decided["hearings"]] == ["The word is old"]
    assert code_of(send(recorder, f"{path}/answer", answer="Late")) == (422, "opposition-decided")
    monkeypatch.setattr(clock, "now", lambda: LATER)
    send(officer, f"{number}/decide", outcome="granted", reason="All holds")
    told = recorder.get(HERE + number).json()
    assert (told["oppositions"][0]["paper"], told["decision"]["outcome"]) == (
        "report.pdf",
        "granted",
    )
    assert Client().get(told["decision"]["url"]).status_code == 200


def test_the_decision_is_a_paper(recorder: Client, holder: Organisation) -> None:
    open_ = a_gi(holder).number
    assert recorder.get(f"{HERE}{open_}/decision").status_code == 404
    assert recorder.get(HERE + open_).json()["decision"] is None

    answer = recorder.get(f"{HERE}{a_granted_gi(holder).number}/decision")

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_an_opposition_has_one_address(recorder: Client, holder: Organisation) -> None:
    row, other = a_published_gi(holder), a_published_gi(holder)
    made = oppositions.oppose_gi(row.number, AGAINST, now=NOON)
    for verb, body in (("answer", {"answer": "No"}), ("hearings", HEARD)):
        wrong = send(recorder, f"{other.number}/oppositions/{made.pk}/{verb}", **body)
        assert code_of(wrong) == (404, "unknown-opposition")
    assert recorder.get(f"{HERE}{row.number}/oppositions/{made.pk}/paper").status_code == 404
    assert not GiHearing.objects.exists()


def test_who_may_what(holder: Organisation) -> None:
    draft, sent, published = a_gi(holder), a_submitted_gi(holder), a_published_gi(holder)
    against = oppositions.oppose_gi(published.number, AGAINST, now=NOON)
    opposed = f"{published.number}/oppositions/{against.pk}"
    roles = {
        "viewer": an_actor(holder, "viewer"), "recorder": an_actor(holder, "recorder"),
        "stranger": an_actor(an_organisation(), "manager"), "inspector": an_inspector(),
        "officer": an_officer("recorder"),
    }  # fmt: skip
    judged = {"verdict": "shown", "reason": "Report 7"}
    asked: dict[str, Callable[[Client], Any]] = {
        "begin": lambda client: send(client, "", organisation=holder.code, **FACTS),
        "change": lambda client: client.put(
            HERE + draft.number, FACTS, content_type="application/json"
        ),
        "link": lambda client: send(client, f"{draft.number}/links", **LINK),
        "unlink": lambda client: client.delete(f"{HERE}{draft.number}/links/0"),
        "file": lambda client: file(client, f"{draft.number}/papers", title="Map"),
        "show": lambda client: file(
            client, f"{draft.number}/properties/link/evidence", kind="file", says="Map"
        ),
        "unshow": lambda client: client.delete(f"{HERE}{draft.number}/evidence/0"),
        "judge": lambda client: send(client, f"{sent.number}/properties/link/judge", **judged),
        "answer": lambda client: send(client, f"{opposed}/answer", answer="No"),
        "hear": lambda client: send(client, f"{opposed}/hearings", **HEARD),
    }
    got = {
        name: [act(a_client_for(who)).status_code for who in roles.values()]
        for name, act in asked.items()
    }
    made = GiApplication.objects.count(), GiHearing.objects.count(), GiJudgement.objects.count()
    assert got == {
        "begin": [403, 201, 404, 403, 201],
        "change": [403, 200, 404, 403, 200],
        "link": [403, 201, 404, 403, 201],
        "unlink": [403, 204, 404, 403, 204],
        "file": [403, 201, 404, 403, 201],
        "show": [403, 201, 404, 403, 201],
        "unshow": [403, 204, 404, 403, 204],
        "judge": [403, 403, 404, 403, 200],
        "answer": [403, 200, 404, 403, 200],
        "hear": [403, 403, 404, 403, 201],
    }
    assert made == (5, 1, 3)
    assert send(Client(), f"{draft.number}/papers").status_code == 401
    assert GiOpposition.objects.count() == 1
