"""What goes in and comes out of ``/epcis``, as JSON Schemas."""

from typing import Any

Shape = dict[str, Any]
TEXT: Shape = {"type": "string"}
URI: Shape = {"type": "string", "format": "uri"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
WHOLE: Shape = {"type": "integer", "minimum": 0}
HASH: Shape = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
CONTEXT: Shape = {"type": ["string", "object", "array"]}


def ref(name: str) -> Shape:
    """Return a reference to one of SHAPES."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(item: Shape) -> Shape:
    """Return a list of items."""
    return {"type": "array", "items": item}


def record(required: str, **fields: Shape) -> Shape:
    """Return an object with these fields, the named ones required."""
    return {"type": "object", "required": required.split(), "properties": fields}


EVENT = record(
    "type eventTime eventTimeZoneOffset",
    type=TEXT,
    eventID=URI,
    eventTime=MOMENT,
    recordTime=MOMENT,
    eventTimeZoneOffset={"type": "string", "pattern": "^[+-](0[0-9]|1[0-4]):[0-5][0-9]$"},
)
HEADER = record("", epcisMasterData=record("", vocabularyList=listed({"type": "object"})))
SHAPES: dict[str, Shape] = {
    "Problem": record(
        "type title status detail",
        type={"type": "string", "pattern": "^(epcisException|urn:originmark:refusal):"},
        title=TEXT,
        status={"type": "integer"},
        detail=TEXT,
        instance=TEXT,
        errors=listed({"type": "object"}),
    ),
    "Event": EVENT,
    "EPCISDocument": record(
        "@context type schemaVersion creationDate epcisBody",
        **{"@context": CONTEXT},
        type={"const": "EPCISDocument"},
        schemaVersion={"type": "string", "examples": ["2.0"]},
        creationDate=MOMENT,
        epcisHeader=HEADER,
        epcisBody=record("eventList", eventList=listed(ref("Event"))),
    ),
    "EPCISQueryDocument": record(
        "@context type schemaVersion creationDate epcisBody",
        **{"@context": CONTEXT},
        type={"const": "EPCISQueryDocument"},
        schemaVersion=TEXT,
        creationDate=MOMENT,
        epcisBody=record(
            "queryResults",
            queryResults=record(
                "queryName resultsBody",
                queryName=TEXT,
                subscriptionID=TEXT,
                resultsBody=record("eventList", eventList=listed(ref("Event"))),
            ),
        ),
        nextPageToken=TEXT,
    ),
    "CaptureJob": record(
        "captureID createdAt running success captureErrorBehaviour errors",
        captureID=TEXT,
        createdAt=MOMENT,
        finishedAt={"type": ["string", "null"], "format": "date-time"},
        running={"type": "boolean"},
        success={"type": "boolean"},
        captureErrorBehaviour={"enum": ["rollback", "proceed"]},
        errors=listed({"type": "object"}),
    ),
    "Verdict": {"type": "object"},
    "Collection": record(
        "@context type member",
        **{"@context": CONTEXT},
        type={"const": "Collection"},
        member=listed({"type": ["string", "object"]}),
        nextPageToken=TEXT,
    ),
    "Checkpoint": record(
        "size rootHash signedAt note keys",
        size=WHOLE,
        rootHash=HASH,
        signedAt=MOMENT,
        note=TEXT,
        keys=listed({"type": "object"}),
    ),
    "Inclusion": record(
        "leafIndex treeSize leafData leafHash path rootHash",
        leafIndex=WHOLE,
        treeSize=WHOLE,
        leafData=TEXT,
        leafHash=HASH,
        path=listed(HASH),
        rootHash=HASH,
    ),
    "Note": {"type": "string", "description": "A note with its signature lines (C2SP)."},
    "NamedQuery": record("name query", name=TEXT, query={"type": "object"}),
    "Subscription": record(
        "subscriptionID dest",
        subscriptionID=TEXT,
        dest=URI,
        createdAt=MOMENT,
        lastNotifiedAt={"type": ["string", "null"], "format": "date-time"},
    ),
    "NewSubscription": record(
        "dest",
        dest=URI,
        signatureToken={"type": "string", "description": "Signs what is sent to you."},
        stream={"type": "boolean", "description": "True: as soon as there is something new."},
        schedule={
            "type": "object",
            "description": "When to send: second, minute, hour, dayOfMonth, month, dayOfWeek.",
            "properties": dict.fromkeys(
                ("second", "minute", "hour", "dayOfMonth", "month", "dayOfWeek"), TEXT
            ),
        },
        reportIfEmpty={"type": "boolean"},
        initialRecordTime=MOMENT,
    ),
}
