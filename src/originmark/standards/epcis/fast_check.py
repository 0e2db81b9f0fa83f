"""The fast verdict on a document: valid or not. ``validation`` then says where and why.

``problems`` is the whole procedure. A valid document costs one pass in native code.
"""

from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Any, Final

import jsonschema_rs
from jsonschema_rs import ValidationErrorKind as Kind

from originmark.standards.epcis.beyond import modern
from originmark.standards.epcis.checks import unknown_field
from originmark.standards.epcis.problems import Problem, shown, step_into
from originmark.standards.epcis.schema import document_schema, event_list_schema
from originmark.standards.epcis.validation import (
    ADVISED,
    document_problems,
    event_advice,
    listed_events,
)

_MOST_EXPLAINED: Final = 100


def follows_schema(document: object) -> bool:
    """Return the verdict of the JSON Schema that GS1 publishes, to the letter."""
    return bool(_published().is_valid(document))


def is_valid(document: object, *, is_from_xml: bool = False) -> bool:
    """Return whether a document, query document or single event may be captured.

    That is the published schema's verdict, but for the rules that ``beyond`` lists with their
    reasons. ``document_problems`` names a problem that is no advice exactly when this is false.
    """
    return bool(_documents(is_from_xml=is_from_xml).is_valid(modern(document)))


def events_valid(events: Sequence[object], *, is_from_xml: bool = False) -> bool:
    """Return whether all of these events, which stand in no document, may be captured."""
    return bool(_event_lists(is_from_xml=is_from_xml).is_valid(list(events)))


def problems(document: object, *, is_from_xml: bool = False) -> list[Problem]:
    """Return what is wrong with a document; for a valid one at most advice.

    >>> [problem] = problems({"type": "EPCISDocument", "@context": "https://a.org/c",
    ...     "schemaVersion": 2, "creationDate": "2026-09-22T00:00:00Z",
    ...     "epcisBody": {"eventList": []}})
    >>> problem.pointer, problem.reason
    ('/schemaVersion', 'found 2, expected a version, as in 2.0')
    """
    if is_valid(document, is_from_xml=is_from_xml):
        return advice(document)
    found = list(document_problems(document, is_from_xml=is_from_xml))
    if any(not each.is_advice for each in found):
        return found
    return explain(document, is_from_xml=is_from_xml)


def advice(document: object) -> list[Problem]:
    """Return the advice about a valid document; one look at each event."""
    return [
        problem
        for pointer, event in listed_events(document if isinstance(document, dict) else {})
        if not ADVISED.isdisjoint(event)
        for problem in event_advice(event, pointer)
    ]


def explain(document: object, *, is_from_xml: bool = False) -> list[Problem]:
    """Return what the schema itself has to say about an invalid document, at most 100 things.

    The last resort, should ``validation`` find nothing: its sentences are the schema's.
    """
    errors = _documents(is_from_xml=is_from_xml).iter_errors(modern(document))
    return [_explained(error) for error in islice(errors, _MOST_EXPLAINED)]


def _explained(error: jsonschema_rs.ValidationError) -> Problem:
    pointer = ""
    for step in error.instance_path:
        pointer = step_into(pointer, step)
    kind = error.kind
    if isinstance(kind, Kind.Required):
        return Problem(pointer, f"{kind.property} is missing")
    if isinstance(kind, Kind.PropertyNames):
        return unknown_field(str(kind.error.instance), pointer)
    if isinstance(kind, Kind.AnyOf):
        reasons = [branch[0].message for branch in kind.context if branch]
        return Problem(pointer, f"found {shown(error.instance)}, expected one of: {_one(reasons)}")
    return Problem(pointer, f"found {shown(error.instance)}, expected otherwise: {error.message}")


def _one(reasons: Sequence[str]) -> str:
    return "; ".join(reason if len(reason) <= 80 else f"{reason[:77]}…" for reason in reasons)


@cache
def _published() -> jsonschema_rs.Draft7Validator:
    return _compiled(document_schema())


@cache
def _documents(*, is_from_xml: bool) -> jsonschema_rs.Draft7Validator:
    return _compiled(document_schema(is_strict=True, is_from_xml=is_from_xml))


@cache
def _event_lists(*, is_from_xml: bool) -> jsonschema_rs.Draft7Validator:
    return _compiled(event_list_schema(is_strict=True, is_from_xml=is_from_xml))


def _compiled(schema: dict[str, Any]) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(schema, validate_formats=True)
