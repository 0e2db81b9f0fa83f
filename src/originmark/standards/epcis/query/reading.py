"""From an address or a JSON body to a query."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.query import families
from originmark.standards.epcis.query.conditions import Condition
from originmark.standards.epcis.query.fieldnames import expanded, field_name
from originmark.standards.epcis.query.fixed import CONTROLS, FIXED, OTHER_SPELLINGS, Namespaces
from originmark.standards.epcis.query.invalid import QueryInvalid
from originmark.standards.epcis.query.model import Order, Query
from originmark.standards.epcis.query.values import Reader

_COLUMNS: Final = frozenset({"eventTime", "recordTime", "quantity"})
_DIRECTIONS: Final = frozenset({"ASC", "DESC"})
_EXPECTED_ORDER = "eventTime, recordTime, quantity or an extension field, as in example:field"


def parse_parameters(pairs: Iterable[tuple[str, str]], declared: Namespaces | None = None) -> Query:
    """Return the query that an address asks; ``declared`` are the prefixes of the request.

    Lists are written ``a|b``, by repeating the name, as JSON, or with a comma where a comma
    cannot be part of a value.

    >>> query = parse_parameters([("EQ_bizStep", "shipping|receiving")])
    >>> query.conditions[0].values
    ('shipping', 'receiving')

    Raises QueryInvalid.
    """
    given: dict[str, list[Any]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    readers = [Reader(name, values, is_text=True) for name, values in given.items()]
    return _query(readers, declared or {})


def parse_json(body: object) -> Query:
    """Return the query that a JSON object asks, with an ``@context`` of its own.

    Raises QueryInvalid.
    """
    if not isinstance(body, Mapping):
        raise QueryInvalid("query", type(body).__name__, "an object of parameters")
    readers = [
        Reader(name, value if isinstance(value, list) else [value], is_text=False)
        for name, value in body.items()
        if name != "@context"
    ]
    return _query(readers, namespaces(body.get("@context")))


def _query(readers: Iterable[Reader], declared: Namespaces) -> Query:
    controls = {}
    conditions = []
    for reader in readers:
        if reader.name in CONTROLS:
            controls[reader.name] = reader
        else:
            conditions.append(_condition(reader, declared))
    order = _order(controls, declared)
    limit = _count(controls, "eventCountLimit")
    most = _count(controls, "maxEventCount")
    if limit is not None and most is not None:
        raise QueryInvalid("maxEventCount", "eventCountLimit as well", "one of the two")
    if limit is not None and order is None:
        raise QueryInvalid("eventCountLimit", "no orderBy", "orderBy, which says what is first")
    return Query(tuple(conditions), order, limit, most)


def _condition(reader: Reader, declared: Namespaces) -> Condition:
    name = OTHER_SPELLINGS.get(reader.name, reader.name)
    fixed = FIXED.get(name)
    if fixed is not None:
        return fixed.condition(name, reader, declared)
    found = families.condition(reader, declared)
    if found is None:
        raise QueryInvalid(
            reader.name, "a name that no parameter has", "one of the EPCIS 2.0 query language"
        )
    return found


def _order(controls: Mapping[str, Reader], declared: Namespaces) -> Order | None:
    direction = _direction(controls)
    if "orderBy" not in controls:
        return None
    reader = controls["orderBy"]
    by = reader.one()
    if by in _COLUMNS:
        return Order(by, direction)
    if not isinstance(by, str) or ":" not in by or "\x00" in by:
        raise QueryInvalid("orderBy", repr(by), _EXPECTED_ORDER)
    return Order(expanded(by, declared), direction, field_name(by, declared))


def _direction(controls: Mapping[str, Reader]) -> Literal["ASC", "DESC"]:
    if "orderDirection" not in controls:
        return "DESC"
    [found] = controls["orderDirection"].one_of(_DIRECTIONS) or ("",)
    return "ASC" if found == "ASC" else "DESC"


def _count(controls: Mapping[str, Reader], name: str) -> int | None:
    return controls[name].count() if name in controls else None
