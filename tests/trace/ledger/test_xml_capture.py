"""What is wrong with an XML document is pointed out in the XML, not in the JSON made of it."""

from datetime import UTC, datetime

import pytest

from originmark.origin.parties.access import SYSTEM
from originmark.trace.ledger import rules, services
from originmark.trace.ledger.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.conforms("X-read-2.0", "C-1")]
NOW = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
XML = """<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
 creationDate="2026-09-30T08:00:00Z"><EPCISBody><EventList>
{events}</EventList></EPCISBody></e:EPCISDocument>"""
EVENT = """<ObjectEvent><eventTime>2026-09-22T07:15:00+08:00</eventTime>
<eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList><epc>urn:x:{number}</epc></epcList>
<action>{action}</action></ObjectEvent>
"""


def a_document(*actions: str) -> bytes:
    events = (EVENT.format(number=at, action=action) for at, action in enumerate(actions))
    return XML.format(events="".join(events)).encode()


def test_a_refusal_points_into_the_xml() -> None:
    with pytest.raises(rules.DocumentRefused) as refused:
        services.capture(a_document("ADD", "SEE"), by=SYSTEM, now=NOW, media_type="application/xml")
    assert refused.value.pointer == "/line:8/EPCISBody/EventList/ObjectEvent[2]/action"
    assert not Event.objects.exists()


def test_what_is_left_out_under_proceed_points_into_the_xml() -> None:
    result = services.capture(
        a_document("SEE", "ADD", "LOOK"),
        by=SYSTEM,
        now=NOW,
        media_type="application/xml",
        error_behaviour="proceed",
    )
    pointers = [failure.refusal.pointer for failure in result.failures]
    assert pointers == [
        "/line:5/EPCISBody/EventList/ObjectEvent[1]/action",
        "/line:11/EPCISBody/EventList/ObjectEvent[3]/action",
    ]
    assert Event.objects.count() == 1
