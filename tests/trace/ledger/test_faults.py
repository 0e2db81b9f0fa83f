"""A fault of our own is answered like every other problem."""

from typing import Any

import pytest
from builders.parties import a_client_for, an_actor, an_organisation

from originmark.trace.ledger import query


@pytest.mark.django_db
@pytest.mark.conforms("ST-500")
def test_a_fault_of_the_server_is_a_problem_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any, **_named: Any) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(query, "run", broken)
    client = a_client_for(an_actor(an_organisation()))
    client.raise_request_exception = False

    answer = client.get("/epcis/events")

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 500
    assert b"secret detail" not in answer.content
