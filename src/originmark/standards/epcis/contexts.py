"""One JSON-LD context for events that came in different documents."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from originmark.standards.epcis.documents import STANDARD_CONTEXT

STANDARD_CONTEXTS: Final = frozenset(
    {
        STANDARD_CONTEXT,
        "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        "https://ref.gs1.org/standards/epcis/2.0.1/epcis-context.jsonld",
        "https://gs1.github.io/EPCIS/epcis-context.jsonld",
    }
)
"""The addresses under which GS1 publishes or published the context of EPCIS 2.0."""


def merged(contexts: Sequence[Any]) -> tuple[Any, list[bool]]:
    """Return a context for all events, and for each whether it says what its own said.

    ``contexts`` are those of the events' documents, None for an event that came alone. Prefixes
    are put together as long as no two documents mean different things by one; an event for which
    the common context does not stand must bring its own.

    >>> one, other = [STANDARD_CONTEXT, {"a": "urn:a:"}], [STANDARD_CONTEXT, {"b": "urn:b:"}]
    >>> common, stands = merged([one, other])
    >>> common[1:], stands
    ([{'a': 'urn:a:', 'b': 'urn:b:'}], [True, True])
    """
    known = [each for each in contexts if each is not None]
    if known and all(each == known[0] for each in known):
        return known[0], [each is not None for each in contexts]
    prefixes: dict[str, str] = {}
    stands = []
    for context in contexts:
        own = plain_prefixes(context)
        is_common = own is not None and all(
            prefixes.get(key, uri) == uri for key, uri in own.items()
        )
        stands.append(is_common)
        if own is not None and is_common:
            prefixes |= own
    return ([STANDARD_CONTEXT, prefixes] if prefixes else [STANDARD_CONTEXT]), stands


def plain_prefixes(context: Any) -> dict[str, str] | None:
    """Return the prefixes of a context that has nothing else beside the standard's.

    None for any other: what lies behind a foreign address cannot be told.
    """
    prefixes: dict[str, str] = {}
    is_standard = False
    for each in _flat(context):
        if isinstance(each, Mapping):
            if not all(isinstance(uri, str) for uri in each.values()):
                return None
            prefixes |= each
        elif each in STANDARD_CONTEXTS:
            is_standard = True
        else:
            return None
    return prefixes if is_standard else None


def _flat(context: Any) -> Iterable[Any]:
    return context if isinstance(context, list) else [context]
