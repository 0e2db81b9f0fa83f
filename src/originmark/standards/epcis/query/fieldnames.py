"""Names of extension fields, whatever prefix a document gives their namespace."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NOT_PREFIXES = frozenset({"http", "https", "urn"})


@dataclass(frozen=True, slots=True)
class FieldName:
    """The name of a field as a query asks for it.

    ``given`` is its text; ``uris`` are the full names that it may have. Where the query declares
    no namespace for the prefix, ``uris`` is empty and events are searched for the text itself.
    """

    given: str
    uris: frozenset[str]

    @property
    def identity(self) -> str:
        """Return a text that is the same for queries that mean the same field."""
        return min(self.uris, default=self.given)

    def names(self, key: str, namespaces: Mapping[str, str]) -> bool:
        """Return whether a key of an event, in the event's own namespaces, is this field.

        >>> grade = field_name("ex:grade", {"ex": "https://example.org/"})
        >>> grade.names("mill:grade", {"mill": "https://example.org/"})
        True
        >>> grade.names("ex:grade", {"ex": "https://example.com/"})
        False
        """
        if not self.uris:
            return key == self.given
        return expanded(key, namespaces) in self.uris


def field_name(text: str, namespaces: Mapping[str, str]) -> FieldName:
    """Return the field that a text names: ``prefix:name`` or ``namespace#name``.

    In a full name the ``#`` parts namespace and name; a namespace that ends in a mark of its own
    (``/``, ``#``, ``:``) is found with and without the ``#`` between.

    >>> sorted(field_name("https://example.org/voc/#grade", {}).uris)
    ['https://example.org/voc/#grade', 'https://example.org/voc/grade']
    """
    prefix, colon, _local = text.partition(":")
    if colon and prefix in namespaces and prefix not in NOT_PREFIXES:
        return FieldName(text, frozenset({expanded(text, namespaces)}))
    if colon and prefix in NOT_PREFIXES:
        namespace, mark, name = text.rpartition("#")
        joined = {namespace + name} if mark and namespace.endswith(("/", "#", ":")) else set()
        return FieldName(text, frozenset({text, *joined}))
    return FieldName(text, frozenset())


def expanded(text: str, namespaces: Mapping[str, str]) -> str:
    """Return the full form of ``prefix:name``; any other text as it is."""
    prefix, colon, local = text.partition(":")
    if colon and prefix not in NOT_PREFIXES and prefix in namespaces:
        return namespaces[prefix] + local
    return text


def at_the_top(holder: object, name: FieldName, namespaces: Mapping[str, str]) -> Iterator[Any]:
    """Yield the values that a field has in an object."""
    if isinstance(holder, dict):
        for key, value in holder.items():
            if name.names(key, namespaces):
                yield from _each(value)


def within(holder: object, name: FieldName, namespaces: Mapping[str, str]) -> Iterator[Any]:
    """Yield the values that a field has at any depth below the extensions of an object.

    Fields of the standard are not entered: what they hold has parameters of its own.
    """
    if isinstance(holder, dict):
        for key, value in holder.items():
            if ":" in key:
                yield from _anywhere(value, name, namespaces)


def _anywhere(value: object, name: FieldName, namespaces: Mapping[str, str]) -> Iterator[Any]:
    level = [value]
    while level:
        each = level.pop()
        if isinstance(each, dict):
            yield from at_the_top(each, name, namespaces)
            level.extend(each.values())
        elif isinstance(each, list):
            level.extend(each)


def _each(value: object) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _each(item)
    elif isinstance(value, dict) and "@value" in value:
        yield value["@value"]
    else:
        yield value
