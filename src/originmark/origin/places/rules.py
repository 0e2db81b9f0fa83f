"""What the programme refuses or remarks about places: pure decisions."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final, NamedTuple
from unicodedata import combining, normalize

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.standards.units import Quantity, read_as_mu

TOLERATED_DIFFERENCE: Final = Decimal("0.05")  # between declared and measured area
TOLERATED_OVERLAP: Final = Decimal("0.01")  # of the smaller area: two hands drew one edge
INSIDE_FROM: Final = 0.999  # share of the area: the last thousandth is drawing


@dataclass(eq=False)
class UnknownPlace(RuleViolation):
    """No such unit, boundary, growing area or facility, or none that the person may see."""

    code: ClassVar[str] = "unknown-place"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        'There is no place "%(place)s" here. Check the code, or look it up in the list.'
    )

    place: str


@dataclass(eq=False)
class CodeTaken(RuleViolation):
    """Another place has this code."""

    code: ClassVar[str] = "place-code-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str] = "code"
    sentence: ClassVar[str] = gettext_noop(
        'The code "%(place)s" belongs to another place. Choose another, or leave it empty.'
    )

    place: str


@dataclass(eq=False)
class CodeUnusable(RuleViolation):
    """A code that cannot stand in an address."""

    code: ClassVar[str] = "place-code-unusable"
    field: ClassVar[str] = "code"
    sentence: ClassVar[str] = gettext_noop(
        '"%(place)s" cannot be a code. Use letters a to z, digits, hyphen and underscore, '
        "at most 60 of them."
    )

    place: str


@dataclass(eq=False)
class ShapeUnreadable(RuleViolation):
    """The text is no GeoJSON point or polygon."""

    code: ClassVar[str] = "shape-unreadable"
    field: ClassVar[str] = "geometry"
    sentence: ClassVar[str] = gettext_noop(
        'The shape cannot be read ("%(found)s"). A GeoJSON Point, Polygon or MultiPolygon is '
        "expected: draw it on the map, or paste what your GPS program exports as GeoJSON."
    )

    found: str


@dataclass(eq=False)
class NotOneShape(RuleViolation):
    """A collection where one shape is wanted."""

    code: ClassVar[str] = "not-one-shape"
    field: ClassVar[str] = "geometry"
    sentence: ClassVar[str] = gettext_noop(
        "The file holds %(count)s shapes and one is expected. "
        "Import several growing areas at once with the import page."
    )

    count: int


@dataclass(eq=False)
class FeaturesMissing(RuleViolation):
    """A file without features."""

    code: ClassVar[str] = "features-missing"
    field: ClassVar[str] = "file"
    sentence: ClassVar[str] = gettext_noop(
        "The file holds no features. A GeoJSON FeatureCollection with one feature for each "
        "growing area is expected."
    )


@dataclass(eq=False)
class ShapeEmpty(RuleViolation):
    """A shape without any extent."""

    code: ClassVar[str] = "shape-empty"
    field: ClassVar[str] = "geometry"
    sentence: ClassVar[str] = gettext_noop(
        "The shape is empty: it encloses no land. Give at least three corners that are not on "
        "one line."
    )


@dataclass(eq=False)
class OutsideTheWorld(RuleViolation):
    """A coordinate that is on no map."""

    code: ClassVar[str] = "coordinate-out-of-range"
    field: ClassVar[str] = "geometry"
    sentence: ClassVar[str] = gettext_noop(
        "The corner %(longitude)s, %(latitude)s is not on the globe. Longitude runs from -180 to "
        "180 and latitude from -90 to 90, in degrees (WGS 84), not in metres."
    )

    longitude: float
    latitude: float


@dataclass(eq=False)
class LatitudeFirst(OutsideTheWorld):
    """A coordinate that would be on the map the other way round."""

    code: ClassVar[str] = "latitude-first"
    sentence: ClassVar[str] = gettext_noop(
        "The corner %(longitude)s, %(latitude)s is not on the globe, but it would be the other "
        "way round. GeoJSON writes longitude first, then latitude: swap them."
    )


@dataclass(eq=False)
class TooManyVertices(RuleViolation):
    """A shape with more corners than the programme keeps."""

    code: ClassVar[str] = "too-many-vertices"
    field: ClassVar[str] = "geometry"
    sentence: ClassVar[str] = gettext_noop(
        "The shape has %(vertices)s corners and at most %(most)s are kept. "
        "Simplify it (a corner each few metres is enough) and try again."
    )

    vertices: int
    most: int


@dataclass(eq=False)
class CrossesItself(RuleViolation):
    """A polygon whose edge crosses itself, so that nobody knows what is inside."""

    code: ClassVar[str] = "polygon-crosses-itself"
    field: ClassVar[str] = "geometry"
    sentence: ClassVar[str] = gettext_noop(
        "The edge crosses itself near longitude %(longitude)s, latitude %(latitude)s. "
        "Give the corners in the order in which you walk around the land."
    )

    longitude: float
    latitude: float


@dataclass(eq=False)
class AreaUnreadable(RuleViolation):
    """An area that is not a positive figure in a unit known here."""

    code: ClassVar[str] = "area-unreadable"
    field: ClassVar[str] = "declared_value"
    sentence: ClassVar[str] = gettext_noop("%(problem)s")

    problem: str


@dataclass(eq=False)
class WrongGln(RuleViolation):
    """A GLN that is not one."""

    code: ClassVar[str] = "wrong-gln"
    field: ClassVar[str] = "gln"
    sentence: ClassVar[str] = gettext_noop(
        "%(problem)s. Copy the 13 digits from the GS1 certificate, or leave the field empty: "
        "the programme gives the place an identifier of its own."
    )

    problem: str


@dataclass(eq=False)
class StateUnchanged(RuleViolation):
    """A step that the state of a growing area does not allow."""

    code: ClassVar[str] = "growing-area-state"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Growing area %(area)s is %(state)s, so this cannot be done. "
        "A closed area stays closed: register the land anew."
    )

    area: str
    state: str


@dataclass(eq=False)
class ReasonMissing(RuleViolation):
    """A suspension or closure without a reason."""

    code: ClassVar[str] = "reason-missing"
    field: ClassVar[str] = "reason"
    sentence: ClassVar[str] = gettext_noop("Say why: the grower reads the reason on this page.")


@dataclass(eq=False)
class NoShape(RuleViolation):
    """A question about where a growing area lies, of which no outline is known."""

    code: ClassVar[str] = "growing-area-without-shape"
    sentence: ClassVar[str] = gettext_noop(
        "Growing area %(area)s has no outline, so nobody can say whether it lies inside a "
        "boundary. Draw it on the map first."
    )

    area: str


class Remark(NamedTuple):
    """A warning: stored with the place and shown, but nothing is refused for it."""

    code: str
    sentence: str
    facts: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """Return the remark as it is stored."""
        return {"code": self.code, "sentence": self.sentence, "facts": self.facts}


AREAS_DIFFER = gettext_noop(
    "Declared %(declared_ha)s ha, but the outline measures %(computed_ha)s ha: %(percent)s %% "
    "apart, and up to 5 %% is usual. The smaller figure counts until one of them is corrected."
)
REALLY_MU = gettext_noop(
    "%(value)s acres are %(acres_ha)s ha; the outline fits %(value)s mu (%(mu_ha)s ha). Mu (亩) is "
    "often translated as acre: check the unit."
)
ACRE_IN_CHINA = gettext_noop(
    "%(value)s acres are %(acres_ha)s ha; %(value)s mu would be %(mu_ha)s ha. In China land is "
    "measured in mu (亩), which is often translated as acre: check the unit."
)
OVERLAPS = gettext_noop(
    "Shares %(overlap_ha)s ha with growing area %(other)s of another organisation. "
    "Agree on the edge, then correct one of the outlines."
)
ODD_CODE = gettext_noop(
    'The code "%(found)s" does not look like a registration code (%(example)s). '
    "Check it against the certificate."
)


def area_remarks(declared: Quantity, computed_ha: Decimal | None, scheme: str) -> list[Remark]:
    """Return what is odd about a declared area: far from the outline, or acres that mean mu."""
    declared_ha = declared.to("ha")
    as_mu = read_as_mu(declared)
    if computed_ha is not None and difference(declared_ha, computed_ha) <= TOLERATED_DIFFERENCE:
        return []
    if as_mu is not None:
        facts = {
            "value": f"{declared.value:f}",
            "acres_ha": _shown(declared_ha),
            "mu_ha": _shown(as_mu.to("ha")),
        }
        if computed_ha is None and scheme == "CN":
            return [Remark("acre-in-china", ACRE_IN_CHINA, facts)]
        if computed_ha and difference(as_mu.to("ha"), computed_ha) <= TOLERATED_DIFFERENCE:
            return [Remark("really-mu", REALLY_MU, facts)]
    if computed_ha is None:
        return []
    facts = {
        "declared_ha": _shown(declared_ha),
        "computed_ha": _shown(computed_ha),
        "percent": _shown(difference(declared_ha, computed_ha) * 100, places=1),
    }
    return [Remark("areas-differ", AREAS_DIFFER, facts)]


def difference(declared_ha: Decimal, computed_ha: Decimal) -> Decimal:
    """Return how far two areas are apart, as a share of the measured one.

    >>> difference(Decimal("10.5"), Decimal(10))
    Decimal('0.05')
    """
    return abs(declared_ha - computed_ha) / computed_ha if computed_ha else Decimal(1)


def overlap_remark(*, other: str, overlap_ha: Decimal, smaller_ha: Decimal) -> Remark | None:
    """Return a remark when two organisations claim more than a sliver of the same land."""
    if overlap_ha <= smaller_ha * TOLERATED_OVERLAP:
        return None
    return Remark("overlap", OVERLAPS, {"overlap_ha": _shown(overlap_ha), "other": other})


def code_remark(found: str, *, pattern: str, example: str) -> Remark | None:
    """Return a remark when a registration code does not match the configured pattern."""
    if not found or re.fullmatch(pattern, found, re.ASCII):
        return None
    return Remark("odd-registration-code", ODD_CODE, {"found": found, "example": example})


def fold(text: str) -> str:
    """Return a name as it is compared: lower case, no diacritics, đ as d, no apostrophes.

    >>> fold("Thị trấn Đầm Hà"), fold("Lüliang"), fold("阳曲县"), fold("Xi'an")
    ('thi tran dam ha', 'luliang', '阳曲县', 'xian')
    """
    decomposed = normalize("NFKD", text.casefold().replace("đ", "d"))
    kept = (letter for letter in decomposed if not combining(letter) and letter not in "'’")
    return " ".join(normalize("NFKC", "".join(kept)).split())


def in_force(valid_from: date | None, valid_until: date | None, on: date) -> bool:
    """Return whether a day lies between two dates, both included; none is without end.

    >>> in_force(None, date(2025, 6, 30), date(2025, 7, 1))
    False
    """
    return (valid_from is None or valid_from <= on) and (valid_until is None or on <= valid_until)


def _shown(value: Decimal, *, places: int = 2) -> str:
    return f"{round(value, places):f}"
