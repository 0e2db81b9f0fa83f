"""The published documents that a capture must refuse: each for its own reason."""

import json
from pathlib import Path

from originmark.standards.epcis import fast_check

NO_PREFIX = (
    "materialType is no field of EPCIS here; one of your own needs a prefix, "
    "as in example:materialType"
)
NOTHING_NAMED = (
    "nothing is named: expected epcList (it may be empty), quantityList, "
    "or sensorElementList with readPoint"
)
STEP = "expected a standard bizStep or, for one of your own, an absolute URI"
RIGHT_REASONS = {
    "Combination_of_non_standard_bizStep_and_disposition.json": [
        ("/epcisBody/eventList/0/bizStep", f"found 'transforming', {STEP}"),
        (
            "/epcisBody/eventList/1/disposition",
            f"found 'in_transport', {STEP.replace('bizStep', 'disposition')}",
        ),
    ],
    "EPCISDocument_without_context.json": [("", "@context is missing")],
    "ObjectEvent_with_ilmd_field_without_namespace.json": [
        (
            "/epcisBody/eventList/0/ilmd/materialType",
            NO_PREFIX,
        )
    ],
    "ObjectEvent_with_invalid_action.json": [
        ("/epcisBody/eventList/0/action", "found 'CREATE', expected one of ADD, DELETE, OBSERVE")
    ],
    "ObjectEvent_with_non_standard_bizStep.json": [
        ("/epcisBody/eventList/0/bizStep", f"found 'transforming', {STEP}")
    ],
    "ObjectEvent_with_non_standard_bizStep_in_second_event.json": [
        ("/epcisBody/eventList/1/bizStep", f"found 'transforming', {STEP}")
    ],
    "ObjectEvent_with_quantity_as_text.json": [
        (
            "/epcisBody/eventList/0/quantityList/0/quantity",
            "found 'twenty', expected a number without quotes",
        )
    ],
    "ObjectEvent_without_action_and_eventTime.json": [
        ("/epcisBody/eventList/0", "eventTime is missing"),
        ("/epcisBody/eventList/0", "eventTimeZoneOffset is missing"),
        ("/epcisBody/eventList/0", "action is missing"),
    ],
    "ObjectEvent_without_identifier_list.json": [
        (
            "/epcisBody/eventList/0",
            NOTHING_NAMED,
        )
    ],
}


def test_every_invalid_document_is_refused_for_the_right_reason(vectors: Path) -> None:
    files = sorted((vectors / "invalid").iterdir())
    found = {
        path.name: [
            (each.pointer, each.reason)
            for each in fast_check.problems(json.loads(path.read_text()))
            if not each.is_advice
        ]
        for path in files
    }
    assert found == RIGHT_REASONS
