"""From the table of resources to the OpenAPI document."""

from collections import defaultdict
from http import HTTPStatus
from typing import Any

from originmark.trace.ledger.openapi.resources import OPERATIONS, Operation
from originmark.trace.ledger.openapi.shapes import MOMENT, SHAPES, TEXT, WHOLE, Shape, ref

JSON = "application/json"
PROBLEM = "application/problem+json"
TAKEN = {
    "EPCISDocument": (JSON, "application/ld+json", "application/xml", "text/xml"),
    "Event": (JSON, "application/ld+json"),
    "Note": ("text/plain",),
}
ALSO_GIVEN = {"Checkpoint": "text/plain"}
VALUES: dict[str, Shape] = {
    "perPage": {"type": "integer", "minimum": 1},
    "size": WHOLE,
    "from": WHOLE,
    "to": WHOLE,
    "eventCountLimit": WHOLE,
    "maxEventCount": WHOLE,
    "orderDirection": {"enum": ["ASC", "DESC"]},
    "GS1-Capture-Error-Behaviour": {"enum": ["rollback", "proceed"]},
    "GS1-EPC-Format": {
        "enum": ["No_Preference", "Always_GS1_Digital_Link", "Always_EPC_URN", "Never_Translates"]
    },
    "GS1-CBV-XML-Format": {
        "enum": ["No_Preference", "Always_Web_URI", "Always_URN", "Never_Translates"]
    },
}


def description(server: str = "/epcis") -> dict[str, Any]:
    """Return the OpenAPI document; ``server`` is the address of the repository."""
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for each in OPERATIONS:
        paths[each.path][each.method] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "EPCIS 2.0",
            "version": "2.0",
            "description": "Capture and query of visibility events (GS1 EPCIS 2.0, CBV 2.0).",
        },
        "servers": [{"url": server}],
        "security": [{"key": []}],
        "paths": dict(paths),
        "components": {
            "schemas": SHAPES,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.group],
        "summary": operation.summary,
        "parameters": [*_path_parameters(operation), *map(_parameter, operation.parameters)],
        "responses": _responses(operation),
    }
    if operation.is_open:
        described["security"] = []
    if operation.takes:
        schema = ref(operation.takes)
        types = TAKEN.get(operation.takes, (JSON,))
        described["requestBody"] = {
            "required": True,
            "content": {each: {"schema": schema if "json" in each else TEXT} for each in types},
        }
    return described


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in names]


def _parameter(name: str) -> dict[str, Any]:
    schema = MOMENT if name.endswith("Time") else VALUES.get(name, TEXT)
    place = "header" if name.startswith("GS1-") else "query"
    return {"name": name, "in": place, "required": False, "schema": schema}


def _responses(operation: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for status, shape in operation.answers.items():
        content = {JSON: {"schema": ref(shape) if shape else {}}}
        if shape in ALSO_GIVEN:
            content[ALSO_GIVEN[shape]] = {"schema": TEXT}
        answers[str(status)] = {
            "description": HTTPStatus(status).phrase,
            **({} if status == HTTPStatus.NO_CONTENT else {"content": content}),
        }
    for status in operation.problems:
        answers[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM: {"schema": ref("Problem")}},
        }
    return answers
