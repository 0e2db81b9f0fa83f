"""What the credential types of UNTP are put together from: names, places, amounts, links.

Each value says itself with ``as_json``; what is empty is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

# The kinds of links as the published samples of UNTP 0.7.0 write them, and GS1's own word.
CONFORMITY_LINK = "https://test.uncefact.org/vocabulary/linkTypes/dcc"
PASSPORT_LINK = "https://test.uncefact.org/vocabulary/linkTypes/dpp"
EVENT_LINK = "https://ref.gs1.org/voc/traceability"


class Sayable(Protocol):
    """A value that says itself as JSON."""

    def as_json(self) -> dict[str, Any]:
        """Return the value as the credential writes it."""


def said(**members: Any) -> dict[str, Any]:
    """Return the members that say something, each value in its own words.

    >>> said(name="Millet", description="", mass=None, fraction=0)
    {'name': 'Millet', 'fraction': 0}
    """
    found = {name: _said(value) for name, value in members.items()}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def each(values: Iterable[Sayable]) -> list[dict[str, Any]]:
    """Return a list that stands even where it is empty, because the type asks for it."""
    return [value.as_json() for value in values]


def _said(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_said(one) for one in value]
    return value.as_json() if hasattr(value, "as_json") else value


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an address and a name that is described elsewhere; ``type`` says what."""

    type: str
    id: str
    name: str
    registered_id: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the reference."""
        return said(type=[self.type], id=self.id, name=self.name, registeredId=self.registered_id)


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 code of two letters."""

    code: str
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the country."""
        return said(countryCode=self.code, countryName=self.name)


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; UNTP asks for each part, so that an unknown one stands there empty."""

    country: Country
    street: str = ""
    postal_code: str = ""
    locality: str = ""
    region: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the address."""
        return {
            "streetAddress": self.street,
            "postalCode": self.postal_code,
            "addressLocality": self.locality,
            "addressRegion": self.region,
            "addressCountry": self.country.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Classification:
    """A code of a published list."""

    code: str
    name: str
    scheme_id: str
    scheme_name: str

    def as_json(self) -> dict[str, Any]:
        """Return the code."""
        return {
            "code": self.code,
            "name": self.name,
            "schemeId": self.scheme_id,
            "schemeName": self.scheme_name,
        }


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation in a role: producer, processor, certifier, brandOwner or regulator."""

    role: str
    id: str
    name: str
    registered_id: str = ""
    id_scheme: Named | None = None
    country: Country | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the party with its role."""
        party = said(
            type=["Party"],
            id=self.id,
            name=self.name,
            registeredId=self.registered_id,
            idScheme=self.id_scheme,
            registrationCountry=self.country,
        )
        return {"role": self.role, "party": party}


@dataclass(frozen=True, slots=True)
class Link:
    """Where more, or the proof, is found."""

    url: str
    name: str
    media_type: str = ""
    type: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the link."""
        return said(
            linkURL=self.url, linkName=self.name, mediaType=self.media_type, linkType=self.type
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount; ``unit`` is a code of UN/CEFACT Recommendation 20, as KGM."""

    value: float
    unit: str

    def as_json(self) -> dict[str, Any]:
        """Return the amount."""
        return {"value": self.value, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Score:
    """A result on a scale, as five stars."""

    code: str
    rank: int | None = None
    definition: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the result."""
        return said(code=self.code, rank=self.rank, definition=self.definition)


@dataclass(frozen=True, slots=True)
class Performance:
    """What was reached: an amount or a score of a metric."""

    metric: Named
    measure: Measure | None = None
    score: Score | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what was reached."""
        return said(metric=self.metric, measure=self.measure, score=self.score)


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said of a product or a place, and where it is proved."""

    id: str
    name: str
    criteria: tuple[Named, ...]
    claimed_on: date
    topics: tuple[Named, ...]
    performance: tuple[Performance, ...] = ()
    evidence: tuple[Link, ...] = ()
    description: str = ""
    period: tuple[date, date] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the claim."""
        period = self.period and {
            "startDate": self.period[0].isoformat(),
            "endDate": self.period[1].isoformat(),
        }
        return said(
            type=["Claim"],
            id=self.id,
            name=self.name,
            description=self.description,
            claimDate=self.claimed_on,
            applicablePeriod=period,
            evidence=self.evidence,
        ) | {
            "referenceCriteria": each(self.criteria),
            "claimedPerformance": each(self.performance),
            "conformityTopic": topics(self.topics),
        }


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place is: a point, or the outline of its land, as (longitude, latitude)."""

    point: tuple[float, float] | None = None
    outline: tuple[tuple[float, float], ...] = ()

    @classmethod
    def of_geometry(
        cls, geometry: Mapping[str, Any] | None, point: tuple[float, float] | None
    ) -> "Location":
        """Return the location of a GeoJSON geometry: the outer ring of its first polygon.

        UNTP 0.7.0 knows one ring and no holes.
        """
        rings = _rings(geometry or {})
        return cls(point, tuple((x, y) for x, y, *_height in rings[0]) if rings else ())

    def as_json(self) -> dict[str, Any]:
        """Return the location."""
        return said(
            geoLocation=coordinate(self.point) if self.point else None,
            geoBoundary=[coordinate(point) for point in self.outline],
        )


@dataclass(frozen=True, slots=True)
class Material:
    """What a product is made of, and whence; ``mass_fraction`` from 0 to 1."""

    name: str
    origin: Country
    type: Classification
    mass_fraction: float
    mass: Measure | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the material."""
        return said(
            name=self.name,
            originCountry=self.origin,
            materialType=self.type,
            massFraction=self.mass_fraction,
            mass=self.mass,
        )


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; ``data`` is base64."""

    name: str
    data: str
    media_type: str
    description: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the picture."""
        return said(
            name=self.name,
            description=self.description,
            imageData=self.data,
            mediaType=self.media_type,
        )


@dataclass(frozen=True, slots=True)
class ProductName:
    """A product as others speak of it; ``granularity`` is model, batch or item."""

    id: str
    name: str
    granularity: str = "batch"
    model: str = ""
    batch: str = ""
    item: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the reference."""
        return {
            **said(
                type=["Product"],
                id=self.id,
                name=self.name,
                modelNumber=self.model,
                batchNumber=self.batch,
                itemNumber=self.item,
            ),
            "idGranularity": self.granularity,
        }


def coordinate(point: tuple[float, float]) -> dict[str, float]:
    """Return a point, given as (longitude, latitude), as UNTP writes it.

    >>> coordinate((112.67, 38.06))
    {'latitude': 38.06, 'longitude': 112.67}
    """
    return {"latitude": point[1], "longitude": point[0]}


def topics(found: Iterable[Named]) -> list[dict[str, Any]]:
    """Return what claims and assessments are about."""
    return [{"type": ["ConformityTopic"], "id": topic.id, "name": topic.name} for topic in found]


def _rings(geometry: Mapping[str, Any]) -> list[Any]:
    if geometry.get("type") == "Polygon":
        return list(geometry["coordinates"])
    if geometry.get("type") == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    return []
