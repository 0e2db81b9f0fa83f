"""What EPCIS demands of events and documents, also beyond the published JSON schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from originmark.standards.epcis import checks, fields, vocabulary
from originmark.standards.epcis.beyond import is_single
from originmark.standards.epcis.decode import COMMON_FIELDS
from originmark.standards.epcis.problems import Problem, shown, step_into
from originmark.standards.epcis.times import parse_moment
from originmark.standards.gs1.epc_urn import is_class

Json = Mapping[str, Any]


def event_problems(event: object, at: str = "", *, is_from_xml: bool = False) -> Iterator[Problem]:
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
    kinds = fields.EVENTS_FROM_XML if is_from_xml else fields.EVENTS
    check = kinds.get(kind) if isinstance(kind, str) else None
    found = list(check(event, at) if check is not None else _extension_event(event, at))
    yield from found
    if found:
        return
    if check is not None:
        yield from _CONSTRAINTS[str(kind)](event, at)
    yield from event_advice(event, at)


def document_problems(document: object, *, is_from_xml: bool = False) -> Iterator[Problem]:
    """Yield what is wrong with an EPCIS document, a query document or a single event."""
    if not isinstance(document, dict):
        yield Problem("", f"found {shown(document)}, expected an EPCIS document")
        return
    kind = document.get("type")
    if "@context" not in document:
        yield Problem("", "@context is missing")
    if kind == "EPCISDocument":
        yield from _EPCIS_DOCUMENT(document, "")
        yield from _body_problems(document.get("epcisBody", {"eventList": []}))
    elif kind == "EPCISQueryDocument":
        yield from _QUERY_DOCUMENT(document, "")
    for pointer, event in listed_events(document):
        yield from event_problems(event, pointer, is_from_xml=is_from_xml)


def listed_events(document: Json) -> Iterator[tuple[str, Any]]:
    """Yield the pointer and value of whatever stands where events belong."""
    kind, body = document.get("type"), document.get("epcisBody")
    if kind not in ("EPCISDocument", "EPCISQueryDocument"):
        yield "", document
    elif kind == "EPCISDocument" and isinstance(body, dict) and is_single(body):
        # Tools of the 1.x days write one event where the list should be.
        yield "/epcisBody/event", body["event"]
    else:
        path = ["eventList"] if kind == "EPCISDocument" else _TO_RESULTS
        for name in path:
            body = body.get(name) if isinstance(body, dict) else None
        at = "/".join(["/epcisBody", *path])
        for index, event in enumerate(body if isinstance(body, list) else ()):
            yield f"{at}/{index}", event


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


_TO_RESULTS = ["queryResults", "resultsBody", "eventList"]
_HEAD: dict[str, checks.Check] = {
    "@context": fields.context,
    "id": checks.uri,
    "type": checks.text,
    "schemaVersion": _version,
    "creationDate": checks.moment,
}
_EPCIS_DOCUMENT = checks.record(
    _HEAD
    | dict.fromkeys(("instanceIdentifier", "sender", "receiver"), checks.text)
    | {"epcisHeader": fields.HEADER, "epcisBody": _anything},
    required="schemaVersion creationDate epcisBody",
    extensible=True,
)


def _event_list(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(at, f"found {shown(value)}, expected a list of events")


def _body_problems(body: object) -> Iterator[Problem]:
    at = "/epcisBody"
    if not isinstance(body, dict):
        yield Problem(at, f"found {shown(body)}, expected an object with eventList")
    elif not is_single(body):
        yield from _event_list(body.get("eventList"), f"{at}/eventList")


_RESULTS_BODY = checks.record(
    {"eventList": _event_list, "vocabularyList": fields.VOCABULARIES}, extensible=True
)


def _results_body(value: object, at: str) -> Iterator[Problem]:
    yield from _RESULTS_BODY(value, at)
    if isinstance(value, dict) and not value.keys() & {"eventList", "vocabularyList"}:
        yield Problem(f"{at}/eventList", "found nothing, expected a list of events")


_RESULTS = checks.record(
    {"queryName": checks.text, "subscriptionID": checks.text, "resultsBody": _results_body},
    required="queryName resultsBody",
    extensible=True,
)
_QUERY_DOCUMENT = checks.record(
    _HEAD
    | {
        "epcisBody": checks.record(
            {"queryResults": _RESULTS}, required="queryResults", extensible=True
        )
    },
    required="epcisBody",
    extensible=True,
)


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
        yield Problem(
            at,
            f"parentID is missing; action {event['action']} needs it",
            rule="parent-of-aggregation",
        )
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
INSTANCE_LISTS = frozenset({"epcList", "childEPCs", "inputEPCList", "outputEPCList"})
ADVISED = INSTANCE_LISTS | {"errorDeclaration", "sensorElementList"}
"""The fields of a valid event that there may be advice about."""
_ONCE = ("time", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules")


def event_advice(event: Json, at: str) -> Iterator[Problem]:
    """Yield what the standard's text asks of a valid event, though its own examples do not."""
    if event.get("errorDeclaration"):
        yield from _declaration_advice(event["errorDeclaration"], at)
    if event["type"] in _CONSTRAINTS:
        yield from _lot_advice(event, at)
        for index, element in enumerate(event.get("sensorElementList", ())):
            yield from _sensor_advice(event, element, f"{at}/sensorElementList/{index}")


def _declaration_advice(declared: Json, at: str) -> Iterator[Problem]:
    reason = vocabulary.ERROR_REASON.normalise(declared.get("reason", ""))
    if reason == "did_not_occur" and declared.get("correctiveEventIDs"):
        yield Problem(
            f"{at}/errorDeclaration/correctiveEventIDs",
            "found corrective events of an event that did not occur, expected none",
            is_advice=True,
            rule="error-without-correction",
        )


def _lot_advice(event: Json, at: str) -> Iterator[Problem]:
    for name in INSTANCE_LISTS & event.keys():
        for index, each in enumerate(event[name]):
            # is_class reads the whole identifier; most that are none are told apart at a glance.
            if may_be_class(each) and is_class(each):
                yield Problem(
                    f"{at}/{name}/{index}",
                    f"found {shown(each)}, a lot or kind of thing, expected it as epcClass in "
                    "a list of quantities; here belong single things",
                    is_advice=True,
                    rule="lot-is-a-class",
                )


def may_be_class(identifier: str) -> bool:
    """Return whether an identifier may name a lot or a kind of thing, at a glance."""
    if identifier.startswith("urn:epc:id:"):
        return False
    return "/21/" not in identifier and (
        "/01/" in identifier
        or ":class:" in identifier
        or ":idpat:" in identifier
        or "/8006/" in identifier
    )


def _sensor_advice(event: Json, element: Json, at: str) -> Iterator[Problem]:
    metadata = element.get("sensorMetadata", {})
    happened = parse_moment(event["eventTime"])
    if "time" in metadata and parse_moment(metadata["time"]) > happened:
        yield Problem(
            f"{at}/sensorMetadata/time",
            f"found {metadata['time']}, expected no later than eventTime",
            is_advice=True,
            rule="sensor-time",
        )
    for number, report in enumerate(element["sensorReport"]):
        for name in _ONCE:
            if name in metadata and name in report:
                yield Problem(
                    f"{at}/sensorReport/{number}/{name}",
                    f"found {name} here and in sensorMetadata, expected it in one of them",
                    is_advice=True,
                    rule="sensor-field-once",
                )
