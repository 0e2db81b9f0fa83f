"""Where we ask more than the published JSON Schema, or less, and why."""

from collections.abc import Mapping
from typing import Any, Final

BEYOND_SCHEMA: Final = {
    "parent-of-aggregation": (
        "EPCIS 2.0 makes parentID mandatory in an aggregation event with action ADD or DELETE; "
        "the schema demands it of association events alone."
    ),
    "time-of-xsd": (
        "EPCIS times are xsd:dateTimeStamp: capital T and Z, offsets to 14:00, no second 60. The "
        "schema takes RFC 3339. We take the years 1000 to 9998, in which every offset is a time."
    ),
    "sensor-field-once": (
        "What sensorMetadata says for all reports is not to be repeated in a report. Advice: "
        "published examples do it."
    ),
    "sensor-time": (
        "What was sensed was sensed no later than eventTime. Advice: published examples break it."
    ),
    "lot-is-a-class": (
        "A lot or a GTIN names a class and belongs into a list of quantities; among the EPCs it "
        "means something else than its sender thinks. Advice: no schema says so."
    ),
    "error-without-correction": (
        "CBV 2.0: an error declaration for the reason did_not_occur has no corrective events. "
        "Advice, as it is a rule for CBV-compliant documents only."
    ),
}
"""Rules that the schema leaves out, by their id. All that is not called advice refuses."""

LENIENT: Final = {
    "single-event": (
        "Tools of the 1.x days write one event as epcisBody.event; the schema knows only eventList."
    ),
    "results-without-events": (
        "A query for master data answers with vocabularyList; the schema demands eventList too."
    ),
    "persistent-disposition-in-xml": (
        "The XML schema allows persistentDisposition in every event type, the JSON Schema in "
        "object and transformation events alone. What was sent as XML is judged by the former."
    ),
}
"""What we take although the JSON Schema of GS1 does not, by its id."""


def modern(document: object) -> object:
    """Return a document in the form that the schema knows, where it has one of the lenient forms.

    >>> modern({"type": "EPCISDocument", "epcisBody": {"event": {}}})
    {'type': 'EPCISDocument', 'epcisBody': {'eventList': [{}]}}
    """
    body = document.get("epcisBody") if isinstance(document, Mapping) else None
    if not isinstance(document, Mapping) or not isinstance(body, Mapping):
        return document
    if document.get("type") == "EPCISQueryDocument":
        return _with_events(document, body)
    if document.get("type") == "EPCISDocument" and is_single(body):
        return {**document, "epcisBody": _listed(body)}
    return document


def is_single(body: Mapping[str, Any]) -> bool:
    """Return whether the body of a document holds one event where the list should be."""
    return isinstance(body.get("event"), dict) and "eventList" not in body


def _listed(body: Mapping[str, Any]) -> dict[str, Any]:
    others = {name: value for name, value in body.items() if name != "event"}
    return others | {"eventList": [body["event"]]}


def _with_events(document: Mapping[str, Any], body: Mapping[str, Any]) -> object:
    results = body.get("queryResults")
    holder = results.get("resultsBody") if isinstance(results, Mapping) else None
    if not isinstance(holder, Mapping) or "eventList" in holder or "vocabularyList" not in holder:
        return document
    whole = {**(results or {}), "resultsBody": {**holder, "eventList": []}}
    return {**document, "epcisBody": {**body, "queryResults": whole}}
