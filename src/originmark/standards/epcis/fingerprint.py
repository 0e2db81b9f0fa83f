"""One spelling for JSON that says the same, and the prefixes of a context."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.times import parse_moment

Json = Mapping[str, Any]
NOT_CONTENT = frozenset({"@context", "eventID", "recordTime"})
_MOMENTS = frozenset({"eventTime", "declarationTime", "time", "startTime", "endTime"})
_WORDS = {"bizStep": vocabulary.BIZ_STEP, "disposition": vocabulary.DISPOSITION}
_UNORDERED = frozenset(
    [
        "epcList",
        "childEPCs",
        "inputEPCList",
        "outputEPCList",
        "quantityList",
        "childQuantityList",
        "inputQuantityList",
        "outputQuantityList",
        "bizTransactionList",
        "sourceList",
        "destinationList",
    ]
)


def canonical_json(event: Json, context: Any = None) -> bytes:
    """Return one spelling of an event's content.

    Keys are sorted, times are UTC, numbers lose trailing zeros, standard words are bare, prefixes
    become their namespaces, and lists whose order says nothing are sorted.
    """
    prefixes = namespaces([context, event.get("@context")])
    content = {name: value for name, value in event.items() if name not in NOT_CONTENT}
    return orjson.dumps(_canonical(content, prefixes), option=orjson.OPT_SORT_KEYS)


def namespaces(context: Any) -> dict[str, str]:
    """Return the prefixes that a context declares, later ones over earlier ones.

    >>> namespaces(["https://example.org/context", {"ex": "https://example.org/voc/"}])
    {'ex': 'https://example.org/voc/'}
    """
    declared: dict[str, str] = {}
    for each in _flat(context):
        if isinstance(each, dict):
            declared.update({key: uri for key, uri in each.items() if isinstance(uri, str)})
    return declared


def _flat(context: Any) -> Iterable[Any]:
    if isinstance(context, list):
        for each in context:
            yield from _flat(each)
    else:
        yield context


def _canonical(value: Any, prefixes: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {_name(key, prefixes): _member(key, each, prefixes) for key, each in value.items()}
    if isinstance(value, list):
        return [_canonical(each, prefixes) for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _member(key: str, value: Any, prefixes: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        # One certificate may stand alone or in a list.
        return [value] if key == "certificationInfo" else _text(key, value)
    if key in _UNORDERED and isinstance(value, list):
        return sorted((_canonical(each, prefixes) for each in value), key=_sort_key)
    return _canonical(value, prefixes)


def _text(key: str, value: str) -> str:
    if key in _MOMENTS:
        return parse_moment(value).isoformat()
    words = _WORDS.get(key)
    return value if words is None else words.normalise(value)


def _sort_key(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _name(key: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = key.partition(":")
    return f"{{{prefixes[prefix]}}}{local}" if colon and prefix in prefixes else key
