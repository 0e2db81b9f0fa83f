"""A partner's document that touches no lot of ours costs next to nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from builders.ledger import a_document, as_bytes
from django.db import connection
from django.test.utils import CaptureQueriesContext

from originmark.origin.parties.access import SYSTEM
from originmark.trace.ledger import services
from originmark.trace.lots.models import LotRecord

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)


def a_foreign_shipment(number: int) -> dict[str, Any]:
    return {
        "type": "ObjectEvent",
        "action": "OBSERVE",
        "eventTime": "2026-09-22T07:15:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "bizStep": "shipping",
        "epcList": [f"https://id.gs1.org/00/0952110141012{number:05}"],
        "quantityList": [
            {"epcClass": f"https://id.gs1.org/01/09521141012345/10/F-{number}", "quantity": 1}
        ],
    }


def test_a_document_that_touches_no_lot_costs_one_query_of_the_lots() -> None:
    document = as_bytes(a_document(*map(a_foreign_shipment, range(1000))))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        result = services.capture(document, by=SYSTEM, now=NOW)

    assert len(result.stored) == 1000
    tables = ("lots_", "places_", "products_")
    of_lots = [each["sql"] for each in asked if any(name in each["sql"] for name in tables)]
    assert len(of_lots) == 1
    assert not LotRecord.objects.exists()
