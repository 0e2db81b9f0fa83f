"""Documents changed a little, at random but always alike: some stay valid, most do not."""

import random
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import orjson

from originmark.standards.epcis import vocabulary
from originmark.standards.epcis.decode import OWN_FIELDS

Node = dict[str, Any] | list[Any]
WORDS = sorted(
    set().union(
        vocabulary.ACTIONS,
        vocabulary.MEASUREMENT_TYPE,
        vocabulary.SENSOR_ALERT,
        *(each.words for each in vocabulary.ALL),
    )
)
KINDS = [*OWN_FIELDS, "EPCISDocument", "EPCISQueryDocument", "example:Audit", "Audit"]
TIMES = [
    "2026-09-22T07:15:00Z", "2026-09-22t07:15:00z", "2026-09-22T07:15:00.123456789+08:00",
    "2026-09-22T23:59:60Z", "2016-12-31T23:59:60Z", "2026-09-22T07:15:00+14:00",
    "2026-09-22T07:15:00+15:00", "2026-09-22T07:15:00+23:59", "2026-09-22T07:15:00+24:00",
    "2026-09-22T07:15:00-00:00", "2028-02-29T00:00:00Z", "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z", "2026-09-22T24:00:00Z", "2026-09-22T07:15Z", "2026-09-22",
    "2026-09-22 07:15:00Z", "2026-09-22T07:15:00", "2026-09-22T07:15:00.Z", "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "12026-01-01T00:00:00Z", "today",
    "2026-09-22T07:15:00+0800", "-2026-09-22T07:15:00Z", "٢٠٢٦-09-22T07:15:00Z", "",
]  # fmt: skip
OFFSETS = ["+08:00", "-03:30", "+14:00", "-14:00", "+14:01", "+15:00", "Z", "+8:00", "08:00", ""]
URIS = [
    "urn:epc:id:sgtin:0614141.107346.2018", "https://id.gs1.org/01/09521321000010/10/L1",
    "https://example.org/a?b=c#d", "example:thing", "EXAMPLE:Thing", "a:", "http://", "a:/", "a:///",
    "a://u@h:80/p", "a://[::1]/x", "a://[::g]/x", "a://[v1.x]/", "a://u@h@h/", "a://h:8x/",
    "a:%20", "a:%2", "a:%zz", "a:b#c#d", "a:b?c?d#e?f", "a:b c", "a:é", "a:{x}", "a:[", "a:b\n",
    "1a:b", "a_b:c", ":b", "no-uri", "a:<b>", "a:\\b", "a:^b", "urn:epcglobal:cbv:bizstep:shipping",
    "urn:epcglobal:cbvmda:x", "https://ns.gs1.org/cbv/BizStep-shipping", "http://ns.gs1.org/cbv/x",
    "https://ref.gs1.org/cbv/BizStep-shipping", "https://gs1.org/voc/Temperature",
    "http://www.gs1.org/voc/Mass", "gs1:Temperature", "cbv:BizStep-shipping", "HTTPS://NS.GS1.ORG/cbv/x",
]  # fmt: skip
TEXTS = ["", "KGM", "kg", "KILO", "2N", "ffAA01", "xyz", "2.0", "2.", "1.2.3", "v2", "true", "7"]
NUMBERS = [0, 1, -1, 2.5, -0.0, 1e300, 10**20, "1", "1.5", True, None]
STRANGE = [None, True, False, 0, 1.5, "", "text", "urn:a:1", [], {}, [[]], [{}], {"a": 1}]
NAMES = [
    "colour",
    "example:colour",
    "https://example.org/ns#colour",
    "é:x",
    "a b:c",
    "",
    "rdfs:comment",
]


@dataclass(frozen=True, slots=True)
class Mutated:
    """A document after the changes, and which they were."""

    document: Any
    changes: tuple[str, ...]


def mutations(documents: Sequence[Any], *, count: int, seed: int) -> Iterator[Mutated]:
    """Yield ``count`` changed copies of the documents in turn; one seed, one outcome."""
    dice = random.Random(seed)
    fields = sorted({key for each in documents for key, _ in _members(each)})
    pool = [pair for each in documents for pair in _members(each)]
    packed = [orjson.dumps(each) for each in documents]
    for number in range(count):
        document = orjson.loads(packed[number % len(packed)])
        changes = []
        for _ in range(dice.choice((1, 1, 1, 2))):
            name, change = dice.choice(CHANGES)
            change(Chance(dice, fields, pool), document)
            changes.append(name)
        yield Mutated(document, tuple(changes))


@dataclass(frozen=True, slots=True)
class Chance:
    """The dice, and what other documents have to offer."""

    dice: random.Random
    fields: Sequence[str]
    pool: Sequence[tuple[str, Any]]

    def node(self, document: Node, kind: type) -> Any:
        """Return one of the objects or lists of a document, or None; deep ones as often as not."""
        nodes = [each for each in _nodes(document) if isinstance(each, kind) and each]
        return self.dice.choice(nodes) if nodes else None

    def event(self, document: Node) -> dict[str, Any]:
        """Return one of the objects that have a time, or one of no consequence."""
        events = [
            each for each in _nodes(document) if isinstance(each, dict) and "eventTime" in each
        ]
        return self.dice.choice(events) if events else {"type": None}

    def key(self, holder: dict[str, Any]) -> str:
        """Return one of the names in an object."""
        return self.dice.choice(sorted(holder))

    def borrowed(self) -> Any:
        """Return a value from somewhere else."""
        return deepcopy(self.dice.choice(self.pool)[1])


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _nodes(each)
    elif isinstance(value, list):
        yield value
        for each in value:
            yield from _nodes(each)


def _members(value: object) -> Iterator[tuple[str, Any]]:
    for node in _nodes(value):
        if isinstance(node, dict):
            yield from node.items()


def _delete(chance: Chance, document: Node) -> None:
    if holder := chance.node(document, dict):
        del holder[chance.key(holder)]


def _delete_from_event(chance: Chance, document: Node) -> None:
    event = chance.event(document)
    event.pop(chance.key(event), None)


def _rename(chance: Chance, document: Node) -> None:
    if holder := chance.node(document, dict):
        value = holder.pop(chance.key(holder))
        holder[chance.dice.choice([*NAMES, chance.dice.choice(chance.fields)])] = value


def _retype(chance: Chance, document: Node) -> None:
    if holder := chance.node(document, dict):
        holder[chance.key(holder)] = deepcopy(chance.dice.choice(STRANGE))


def _retype_item(chance: Chance, document: Node) -> None:
    if items := chance.node(document, list):
        items[chance.dice.randrange(len(items))] = deepcopy(chance.dice.choice(STRANGE))


def _repeat_item(chance: Chance, document: Node) -> None:
    if items := chance.node(document, list):
        items.append(deepcopy(chance.dice.choice(items)))


def _empty(chance: Chance, document: Node) -> None:
    if items := chance.node(document, chance.dice.choice((list, list, dict))):
        items.clear()


def _wrap(chance: Chance, document: Node) -> None:
    if holder := chance.node(document, dict):
        key = chance.key(holder)
        holder[key] = chance.dice.choice(([holder[key]], {"id": holder[key]}))


def _insert(chance: Chance, document: Node) -> None:
    if holder := chance.node(document, dict):
        holder[chance.dice.choice(NAMES)] = deepcopy(
            chance.dice.choice([*STRANGE, chance.borrowed()])
        )


def _give_field(chance: Chance, document: Node) -> None:
    name, value = chance.dice.choice(chance.pool)
    chance.event(document)[name] = deepcopy(value)


def _change_kind(chance: Chance, document: Node) -> None:
    chance.event(document)["type"] = chance.dice.choice(KINDS)


def _replace_text(values: Sequence[Any], *names: str) -> Callable[[Chance, Node], None]:
    """Return a change of one of the values that bear these names, or of any text."""

    def change(chance: Chance, document: Node) -> None:
        places: list[tuple[Any, Any]] = [
            (node, key)
            for node in _nodes(document)
            for key, value in (node.items() if isinstance(node, dict) else enumerate(node))
            if (key in names if names else isinstance(value, str))
        ]
        if places:
            holder, key = chance.dice.choice(places)
            holder[key] = chance.dice.choice(values)

    return change


_SPELT = [spelt for word in WORDS for spelt in (word, f"cbv:{word}", f"urn:epcglobal:cbv:x:{word}")]
CHANGES: list[tuple[str, Callable[[Chance, Node], None]]] = [
    ("delete", _delete),
    ("delete from event", _delete_from_event),
    ("rename", _rename),
    ("retype", _retype),
    ("retype item", _retype_item),
    ("repeat item", _repeat_item),
    ("empty", _empty),
    ("wrap", _wrap),
    ("insert", _insert),
    ("give field", _give_field),
    ("change kind", _change_kind),
    ("action", _replace_text([*vocabulary.ACTIONS, "add"], "action")),
    ("word", _replace_text(_SPELT, "bizStep", "disposition", "reason", "component", "exception")),
    ("type word", _replace_text(_SPELT, "type")),
    (
        "vocabulary uri",
        _replace_text(URIS, "bizStep", "disposition", "type", "component", "reason"),
    ),
    ("time", _replace_text(TIMES, "eventTime", "recordTime", "time", "creationDate", "startTime")),
    ("declaration time", _replace_text(TIMES, "declarationTime")),
    ("offset", _replace_text(OFFSETS, "eventTimeZoneOffset")),
    ("uri", _replace_text(URIS, "id", "epcClass", "parentID", "eventID", "source", "deviceID")),
    ("number", _replace_text(NUMBERS, "quantity", "value", "minValue", "sDev", "percRank")),
    ("unit", _replace_text(TEXTS, "uom", "schemaVersion", "hexBinaryValue", "stringValue")),
    ("any text to URI", _replace_text(URIS)),
    ("any text to another", _replace_text([*TEXTS, *TIMES])),
]
