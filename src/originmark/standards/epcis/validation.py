"""What EPCIS demands of events and documents, also beyond the published JSON schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from originmark.standards.epcis import checks, fields
from originmark.standards.epcis.decode import COMMON_FIELDS
from originmark.standards.epcis.problems import Problem, shown, step_into
from originmark.standards.epcis.times import parse_moment

Json = Mapping[str, Any]


def event_problems(event: object, at: str = "") -> Iterator[Problem]:
    """Yield what is wrong with one event, which stands at the JSON pointer ``at``.

    >>> [problem] = event_problems({"type": "ObjectEvent", "action": "ADD", "epcList": [],
    ...     "eventTime": "2026-09-22T07:15:00+08:00", "eventTimeZoneOffset": "+8"}, "/eventList/0")
    >>> problem.pointer
    '/eventList/0/eventTimeZoneOffset'
    >>> problem.reason
    "found '+8', expected an offset from -14:00 to +14:00, as in +08:00"
    """
    if not isinstance(event, dict):
        yield Problem(at, f"found {shown(event)}, expected an event")
        return
    kind = event.get("type")
    check = fields.EVENTS.get(kind) if isinstance(kind, str) else None
    found = list(check(event, at) if check is not None else _extension_event(event, at))
    yield from found
    if not found and check is not None:
        yield from _CONSTRAINTS[str(kind)](event, at)
        yield from _sensor_advice(event, at)


def document_problems(document: object) -> Iterator[Problem]:
    """Yield what is wrong with an EPCIS document, a query document or a single event."""
    if not isinstance(document, dict):
        yield Problem("", f"found {shown(document)}, expected an EPCIS document")
        return
    if "@context" not in document:
        yield Problem("", "@context is missing")
    kind = document.get("type")
    if kind == "EPCISDocument":
        yield from _EPCIS_DOCUMENT(document, "")
        yield from _body_problems(document.get("epcisBody"))
    elif kind == "EPCISQueryDocument":
        yield from _QUERY_DOCUMENT(document, "")
        yield from _results_problems(document.get("epcisBody"))
    else:
        yield from event_problems(document)


def _extension_event(event: Json, at: str) -> Iterator[Problem]:
    kind = event.get("type")
    if not checks.is_uri(kind):
        expected = ", ".join(sorted(fields.EVENTS))
        yield Problem(
            step_into(at, "type"), f"found {shown(kind)}, expected one of {expected}, or a URI"
        )
    for name in ("eventTime", "eventTimeZoneOffset"):
        if name not in event:
            yield Problem(at, f"{name} is missing")
    for name in sorted((COMMON_FIELDS - {"type"}) & event.keys()):
        yield from fields.COMMON[name](event[name], step_into(at, name))


def _version(value: object, at: str) -> Iterator[Problem]:
    parts = value.split(".") if isinstance(value, str) else []
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        yield Problem(at, f"found {shown(value)}, expected a version, as in 2.0")


def _anything(value: object, at: str) -> Iterator[Problem]:  # noqa: ARG001 (a check takes both)
    yield from ()


_HEAD: dict[str, checks.Check] = {
    "@context": fields.context,
    "id": checks.uri,
    "type": checks.text,
    "schemaVersion": _version,
    "creationDate": checks.moment,
    "epcisBody": checks.record({}, extensible=True),
}
_BODY_IS_CHECKED_APART = {"epcisBody": _anything}
_EPCIS_DOCUMENT = checks.record(
    _HEAD
    | dict.fromkeys(("instanceIdentifier", "sender", "receiver"), checks.text)
    | {"epcisHeader": checks.record({"epcisMasterData": _anything}, extensible=True)}
    | _BODY_IS_CHECKED_APART,
    required="schemaVersion creationDate epcisBody",
    extensible=True,
)
_QUERY_DOCUMENT = checks.record(
    _HEAD | _BODY_IS_CHECKED_APART, required="epcisBody", extensible=True
)
_RESULTS = checks.record(
    {"queryName": checks.text, "subscriptionID": checks.text, "resultsBody": _anything},
    required="queryName resultsBody",
    extensible=True,
)


def _body_problems(body: object) -> Iterator[Problem]:
    at = "/epcisBody"
    if not isinstance(body, dict):
        yield Problem(at, f"found {shown(body)}, expected an object with eventList")
    elif "event" in body and "eventList" not in body:
        # Tools of the 1.x days write one event where the list should be.
        yield from event_problems(body["event"], f"{at}/event")
    else:
        yield from _list_problems(body, at)


def _results_problems(body: object) -> Iterator[Problem]:
    at = "/epcisBody/queryResults"
    results = body.get("queryResults") if isinstance(body, dict) else None
    if not isinstance(results, dict):
        yield Problem(at, f"found {shown(results)}, expected an object with resultsBody")
        return
    yield from _RESULTS(results, at)
    if isinstance(results.get("resultsBody"), dict):
        yield from _list_problems(results["resultsBody"], f"{at}/resultsBody")


def _list_problems(holder: Json, at: str) -> Iterator[Problem]:
    events = holder.get("eventList")
    if not isinstance(events, list):
        yield Problem(f"{at}/eventList", f"found {shown(events)}, expected a list of events")
        return
    for index, event in enumerate(events):
        yield from event_problems(event, f"{at}/eventList/{index}")


def _object(event: Json, at: str) -> Iterator[Problem]:
    sensed = event.get("sensorElementList") and "readPoint" in event
    if "epcList" not in event and not event.get("quantityList") and not sensed:
        yield Problem(
            at,
            "nothing is named: expected epcList (it may be empty), quantityList, "
            "or sensorElementList with readPoint",
        )
    if "ilmd" in event and event["action"] != "ADD":
        yield Problem(
            f"{at}/ilmd", f"found ilmd with action {event['action']}, expected it only with ADD"
        )
    yield from _persistent(event, at)


def _persistent(event: Json, at: str) -> Iterator[Problem]:
    if event.get("persistentDisposition") == {}:
        yield Problem(f"{at}/persistentDisposition", "found neither set nor unset, expected one")


def _children(event: Json, at: str) -> Iterator[Problem]:
    deletes = event["action"] == "DELETE"
    if not deletes and not event.get("childEPCs") and not event.get("childQuantityList"):
        yield Problem(
            at, "no child is named: expected childEPCs or childQuantityList; only DELETE means all"
        )
    if event["action"] != "OBSERVE" and "parentID" not in event:
        yield Problem(at, f"parentID is missing; action {event['action']} needs it")
    yield from _persistent(event, at)


def _transaction(event: Json, at: str) -> Iterator[Problem]:
    if not event["bizTransactionList"]:
        yield Problem(f"{at}/bizTransactionList", "found an empty list, expected at least 1")
    named = "epcList" in event or event.get("quantityList")
    if event["action"] != "DELETE" and not named:
        yield Problem(at, "nothing is named: expected epcList (it may be empty) or quantityList")
    yield from _persistent(event, at)


def _transformation(event: Json, at: str) -> Iterator[Problem]:
    has_input = event.get("inputEPCList") or event.get("inputQuantityList")
    has_output = event.get("outputEPCList") or event.get("outputQuantityList")
    if has_input and has_output:
        pass
    elif "transformationID" not in event:
        yield Problem(
            at,
            "expected at least one input and one output, or a transformationID that ties "
            "this event to the rest of them",
        )
    elif not (has_input or has_output):
        yield Problem(at, "neither input nor output is named: expected at least one")
    yield from _persistent(event, at)


_CONSTRAINTS = {
    "ObjectEvent": _object,
    "AggregationEvent": _children,
    "AssociationEvent": _children,
    "TransactionEvent": _transaction,
    "TransformationEvent": _transformation,
}
_ONCE = ("time", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules")


def _sensor_advice(event: Json, at: str) -> Iterator[Problem]:
    """Yield what the standard's text asks of sensor data, though its own examples do not."""
    happened = parse_moment(event["eventTime"])
    for index, element in enumerate(event.get("sensorElementList", ())):
        metadata = element.get("sensorMetadata") or {}
        here = f"{at}/sensorElementList/{index}"
        if "time" in metadata and parse_moment(metadata["time"]) > happened:
            yield Problem(
                f"{here}/sensorMetadata/time",
                f"found {metadata['time']}, expected no later than eventTime",
                is_advice=True,
            )
        for number, report in enumerate(element["sensorReport"]):
            for name in _ONCE:
                if name in metadata and name in report:
                    yield Problem(
                        f"{here}/sensorReport/{number}/{name}",
                        f"found {name} here and in sensorMetadata, expected it in one of them",
                        is_advice=True,
                    )
