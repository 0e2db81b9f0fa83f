"""An event as queries look at it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from originmark.standards.epcis.decode import COMMON_FIELDS, STANDARD_FIELDS
from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.query.values import number
from originmark.standards.epcis.times import parse_moment

Json = Mapping[str, Any]
Attributes = Mapping[str, Sequence[Any]]


def no_attributes(_identifier: str) -> Attributes:
    """Return no master data, for a repository that keeps none."""
    return {}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the repository knows of an event beside its body.

    ``attributes`` gives the master data of an identifier: attribute name -> values.
    """

    event_id: str | None = None
    record_time: datetime | None = None
    attributes: Callable[[str], Attributes] = field(default=no_attributes, compare=False)


NO_FACTS = Facts()
_EPC_LISTS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
_QUANTITY_LISTS = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")


class Subject:
    """One event: its fields, its namespaces, and the facts of the repository.

    Of an event type of somebody's own only the fields that all events have are read; what else
    it holds is an extension.
    """

    def __init__(self, body: Json, context: Any = None, facts: Facts = NO_FACTS) -> None:
        self.body, self.facts, self._context = body, facts, context
        self._known = STANDARD_FIELDS.get(body["type"], COMMON_FIELDS)
        self._namespaces: Mapping[str, str] | None = None

    @property
    def namespaces(self) -> Mapping[str, str]:
        """Return the prefixes that the event's contexts declare."""
        if self._namespaces is None:
            self._namespaces = namespaces([self._context, self.body.get("@context")])
        return self._namespaces

    def get(self, name: str) -> Any:
        """Return a field of the standard; None where the event has none."""
        return self.body.get(name) if name in self._known else None

    def texts(self, *names: str) -> Iterator[str]:
        """Yield the texts in these fields, listed or alone."""
        for name in names:
            value = self.get(name)
            yield from [value] if isinstance(value, str) else value or ()

    def moment(self, name: str) -> datetime | None:
        """Return the time in a field."""
        value = self.get(name)
        return None if value is None else parse_moment(value)

    @property
    def event_id(self) -> str | None:
        """Return the event's name."""
        return self.facts.event_id or self.get("eventID")

    @property
    def record_time(self) -> datetime | None:
        """Return when the repository recorded the event."""
        return self.facts.record_time or self.moment("recordTime")

    def place(self, name: str) -> str | None:
        """Return where: the identifier in ``readPoint`` or ``bizLocation``."""
        value = self.get(name)
        return None if value is None else value.get("id")

    def part(self, name: str) -> Json:
        """Return an object in a field; an empty one where there is none."""
        value = self.get(name)
        return value if isinstance(value, dict) else {}

    def quantities(self, *names: str) -> Iterator[Json]:
        """Yield the quantity elements of these lists, of all without names."""
        for name in names or _QUANTITY_LISTS:
            yield from self.get(name) or ()

    def amounts(self) -> Iterator[tuple[Decimal, str | None]]:
        """Yield every quantity that is said, with its unit."""
        for each in self.quantities():
            amount = number(each.get("quantity"))
            if amount is not None:
                yield amount, each.get("uom")

    def typed(self, listed: str, member: str) -> Iterator[tuple[str | None, str]]:
        """Yield type and identifier of transactions, sources or destinations."""
        for each in self.get(listed) or ():
            yield each.get("type"), each[member]

    def elements(self) -> Iterator[Json]:
        """Yield the sensor elements."""
        yield from self.get("sensorElementList") or ()

    def metadata(self) -> Iterator[Json]:
        """Yield the metadata of sensor elements."""
        for each in self.elements():
            found = each.get("sensorMetadata")
            if isinstance(found, dict):
                yield found

    def reports(self) -> Iterator[Json]:
        """Yield the reports of sensor elements."""
        for each in self.elements():
            yield from each.get("sensorReport") or ()

    def sensed(self, name: str) -> Iterator[Any]:
        """Yield what metadata and reports say under a name."""
        for holder in (*self.metadata(), *self.reports()):
            if name in holder:
                yield holder[name]


Descendants = Callable[[Collection[str]], Collection[str]]
EPC_FIELDS: dict[str, tuple[str, ...]] = {
    "MATCH_epc": ("epcList", "childEPCs"),
    "MATCH_parentID": ("parentID",),
    "MATCH_inputEPC": ("inputEPCList",),
    "MATCH_outputEPC": ("outputEPCList",),
    "MATCH_anyEPC": (*_EPC_LISTS, "parentID"),
}
CLASS_FIELDS: dict[str, tuple[str, ...]] = {
    "MATCH_epcClass": ("quantityList", "childQuantityList"),
    "MATCH_inputEPCClass": ("inputQuantityList",),
    "MATCH_outputEPCClass": ("outputQuantityList",),
    "MATCH_anyEPCClass": _QUANTITY_LISTS,
}
