"""Capture says what in a document cannot be true, and refuses it where the policy does."""

from datetime import UTC, datetime

import pytest
from builders.ledger import a_document, an_aggregation, an_object_event, as_bytes
from django.conf import LazySettings

from originmark.origin.parties.rules import SYSTEM
from originmark.trace.ledger import rules, services
from originmark.trace.ledger.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 10, 8, tzinfo=UTC)
BOX = "urn:x:box"
INSIDE_ITSELF = an_aggregation(parentID=BOX, childEPCs=["urn:x:1", BOX])
DOCUMENT = as_bytes(a_document(an_object_event(), INSIDE_ITSELF))


@pytest.fixture
def strict(settings: LazySettings) -> None:
    settings.LEDGER_SEMANTICS = ["parent_inside_itself=refuse", "*=off"]


def test_a_warning_is_advice_with_a_pointer_into_the_document() -> None:
    result = services.capture(DOCUMENT, by=SYSTEM, now=NOW)
    [advice] = result.advice
    assert advice.pointer == "/epcisBody/eventList/1/childEPCs/1"
    assert (advice.rule, advice.is_advice) == ("parent_inside_itself", True)
    assert advice.reason.startswith(f"{BOX} goes into itself")
    assert len(result.stored) == 2
    assert services.capture(DOCUMENT, by=SYSTEM, now=NOW).advice == []  # nothing of it is new


@pytest.mark.usefixtures("strict")
def test_a_refusal_keeps_the_whole_document_out() -> None:
    with pytest.raises(rules.ImpossibleEvent) as refused:
        services.capture(DOCUMENT, by=SYSTEM, now=NOW)
    assert refused.value.facts["pointer"] == "/epcisBody/eventList/1/childEPCs/1"
    assert refused.value.facts["rule"] == "parent_inside_itself"
    assert not Event.objects.exists()


@pytest.mark.usefixtures("strict")
def test_where_the_sender_proceeds_the_impossible_event_alone_is_refused() -> None:
    result = services.capture(DOCUMENT, by=SYSTEM, now=NOW, error_behaviour="proceed")
    assert [each.body["type"] for each in result.stored] == ["ObjectEvent"]
    [failure] = result.failures
    assert failure.place == 1
    assert isinstance(failure.refusal, rules.ImpossibleEvent)
