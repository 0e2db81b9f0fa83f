"""The code on a box leads to what is in it."""

from typing import Any

import pytest
from builders.labels import NOON, a_labelled_lot
from django.test import Client

from originmark.mark.labels import box_services as packing
from originmark.mark.labels import selectors, services
from originmark.mark.labels.box_models import Box
from originmark.origin.parties.access import SYSTEM

pytestmark = pytest.mark.django_db
AT_NOON: dict[str, Any] = {"by": SYSTEM, "now": NOON}


@pytest.fixture
def box() -> Box:
    lot = a_labelled_lot()
    lot.organisation.gs1_company_prefix = "6901234"
    lot.organisation.save()
    run = services.activate_rest(lot.issue(2).number, **AT_NOON)
    box = packing.open_box(run.organisation_id, "box", **AT_NOON)
    packing.put_in(box.code, selectors.serial_of(run, 0), **AT_NOON)
    return box


def test_a_closed_box_is_looked_into_by_its_sscc(box: Box) -> None:
    packing.close(box.code, **AT_NOON)

    answer = Client().get(f"/00/{box.sscc}")

    assert answer.status_code == 307
    assert answer["Location"] == f"http://localhost:8000/labels/boxes/{box.code}/look/"
    assert Client().get(answer["Location"].removeprefix("http://localhost:8000")).status_code == 200


def test_an_open_box_leads_nowhere(box: Box) -> None:
    assert Client().get(f"/00/{box.sscc}").status_code == 404
