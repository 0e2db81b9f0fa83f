"""Every resource of ``/epcis``: what it is for, what it takes, what it answers."""

from dataclasses import dataclass, field

READ = (401, 403, 406)
WRITE = (400, 401, 403, 406, 413, 415)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one resource.

    ``answers`` names the shape of each good status; ``is_open``: it asks for no key.
    """

    method: str
    path: str
    group: str
    summary: str
    answers: dict[int, str | None]
    problems: tuple[int, ...] = READ
    takes: str = ""
    parameters: tuple[str, ...] = field(default=())
    is_open: bool = False

    @property
    def name(self) -> str:
        """Return a name that no other operation has."""
        plain = self.path.replace("{", "").replace("}", "").strip("/") or "root"
        return f"{self.method}_{plain.replace('/', '_')}"


PAGING = ("perPage", "nextPageToken")
VERSIONS = ("GS1-EPCIS-Version", "GS1-EPCIS-Min", "GS1-EPCIS-Max", "GS1-CBV-Version")
FORMATS = ("GS1-EPC-Format", "GS1-CBV-XML-Format")
FILTERS = (
    "eventType", "GE_eventTime", "LT_eventTime", "GE_recordTime", "LT_recordTime", "EQ_action",
    "EQ_bizStep", "EQ_disposition", "EQ_readPoint", "EQ_bizLocation", "MATCH_epc", "MATCH_anyEPC",
    "MATCH_anyEPCClass", "EQ_eventID", "orderBy", "orderDirection", "eventCountLimit",
    "maxEventCount",
)  # fmt: skip
ASKED = (*FILTERS, *PAGING, *VERSIONS, *FORMATS)
FOUND = (400, *READ, 404, 413, 414)


def _events(path: str, group: str, of: str) -> Operation:
    return Operation(
        "get",
        path,
        group,
        f"The events of {of}, a page at a time.",
        {200: "EPCISQueryDocument"},
        FOUND,
        parameters=ASKED,
    )


def _top_level(name: str, identifier: str, what: str) -> list[Operation]:
    """Return the three resources of one index: all values, one value, and its events."""
    return [
        Operation(
            "get", f"/{name}", "Index", f"Every {what} that events name.", {200: "Collection"},
            (400, *READ), parameters=PAGING,
        ),
        Operation(
            "get", f"/{name}/{{{identifier}}}", "Index",
            f"What can be asked about a {what}.", {200: "Collection"}, (400, *READ, 404),
        ),
        _events(f"/{name}/{{{identifier}}}/events", "Index", f"a {what}"),
    ]  # fmt: skip


_CAPTURE = [
    Operation(
        "post", "/capture", "Capture",
        "Send a document; the job at Location says what became of it.",
        {202: "CaptureJob"}, WRITE, "EPCISDocument",
        ("GS1-Capture-Error-Behaviour", *VERSIONS),
    ),
    Operation(
        "get", "/capture", "Capture", "The capture jobs of your organisations, newest first.",
        {200: None}, (400, *READ), parameters=PAGING,
    ),
    Operation(
        "get", "/capture/{captureID}", "Capture", "What became of a document.",
        {200: "CaptureJob"}, (*READ, 404),
    ),
    Operation(
        "post", "/capture/validate", "Capture",
        "Check a document without storing anything.", {200: "Verdict"}, WRITE, "EPCISDocument",
    ),
    Operation(
        "post", "/events", "Capture", "Send one event and wait until it is stored.",
        {201: "Event"}, (*WRITE, 409), "Event",
    ),
    Operation(
        "post", "/events/validate", "Capture", "Check one event without storing it.",
        {200: "Verdict"}, WRITE, "Event",
    ),
]  # fmt: skip
_QUERY = [
    Operation("get", "/", "Query", "The top-level resources.", {200: "Collection"}),
    _events("/events", "Query", "your organisations"),
    Operation(
        "get", "/events/{eventID}", "Query", "One event by its eventID.", {200: None}, (*READ, 404)
    ),
    Operation(
        "delete", "/nextPageToken/{token}", "Query", "Give a page token back.", {204: None},
        (*READ, 404),
    ),
]  # fmt: skip
_INDEXES = [
    *_top_level("eventTypes", "eventType", "type of event"),
    *_top_level("epcs", "epc", "thing"),
    *_top_level("bizSteps", "bizStep", "business step"),
    *_top_level("bizLocations", "bizLocation", "business location"),
    *_top_level("readPoints", "readPoint", "read point"),
    *_top_level("dispositions", "disposition", "disposition"),
]
_SUBSCRIPTION = "/queries/{queryName}/subscriptions/{subscriptionID}"
_QUERIES = [
    Operation(
        "get", "/queries", "Named queries", "The queries that have a name.", {200: None},
        (400, *READ), parameters=PAGING,
    ),
    Operation(
        "post", "/queries", "Named queries", "Give a query a name.", {201: "NamedQuery"},
        (*WRITE, 409), "NamedQuery",
    ),
    Operation(
        "get", "/queries/{queryName}", "Named queries", "What a named query asks.",
        {200: "NamedQuery"}, (*READ, 404),
    ),
    Operation(
        "delete", "/queries/{queryName}", "Named queries",
        "Forget a query, with its subscriptions.", {204: None}, (*READ, 404),
    ),
    _events("/queries/{queryName}/events", "Named queries", "a named query"),
    Operation(
        "get", "/queries/{queryName}/subscriptions", "Subscriptions",
        "Who is told of new events of a query.", {200: None}, (400, *READ, 404),
        parameters=PAGING,
    ),
    Operation(
        "post", "/queries/{queryName}/subscriptions", "Subscriptions",
        "Have new events sent to an address, at once (stream) or by a schedule.",
        {201: "Subscription"}, (*WRITE, 404), "NewSubscription",
    ),
    Operation(
        "get", _SUBSCRIPTION, "Subscriptions", "One subscription.", {200: "Subscription"},
        (*READ, 404),
    ),
    Operation(
        "delete", _SUBSCRIPTION, "Subscriptions", "End a subscription.", {204: None}, (*READ, 404)
    ),
]  # fmt: skip
_LOG = [
    Operation(
        "get", "/log/checkpoint", "Transparency log",
        "The newest signed checkpoint, or that of a size, as a note or as JSON.",
        {200: "Checkpoint"}, (400, 404, 409, 429), parameters=("size",), is_open=True,
    ),
    Operation(
        "post", "/log/cosign", "Transparency log", "Add a witness's signature to a checkpoint.",
        {200: "Checkpoint"}, (400, 403, 404, 409, 413, 422, 429), "Note", ("size",), is_open=True,
    ),
    Operation(
        "get", "/log/consistency", "Transparency log",
        "Prove that an earlier log is the beginning of a later one.",
        {200: None}, (400, 404, 422), parameters=("from", "to"), is_open=True,
    ),
    Operation(
        "get", "/log/keys", "Transparency log", "The log's public keys, retired ones too.",
        {200: None}, (409,), is_open=True,
    ),
    Operation(
        "get", "/log/inclusion/{index}", "Transparency log",
        "Prove that an event is in the log, now or at a size.",
        {200: "Inclusion"}, (400, *READ, 404, 422), parameters=("size",),
    ),
    Operation(
        "get", "/log/inclusion", "Transparency log",
        "Prove the events of an eventID or of an event hash.",
        {200: None}, (400, *READ, 404, 422), parameters=("eventID", "hash", "size"),
    ),
    Operation(
        "get", "/log/proof/{index}.json", "Transparency log",
        "All that is needed to check an event without asking anybody.",
        {200: None}, (400, 401, 403, 404, 409, 429), parameters=("shown",), is_open=True,
    ),
]  # fmt: skip
OPERATIONS = [*_CAPTURE, *_QUERY, *_INDEXES, *_QUERIES, *_LOG]
