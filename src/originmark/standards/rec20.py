"""Measures in the unit codes of UN/ECE Recommendation 20, converted exactly.

EPCIS names units by these codes (``KGM``, ``CEL``). A query in one unit finds what was written in
another of the same kind. A code that is not listed is a kind of its own: it matches itself alone.

Source: UN/ECE Recommendation 20, codes for units of measure used in international trade
(conversion factors of annex I); NIST Handbook 44, appendix C, for pound, ounce, inch and foot.

>>> Measure(Decimal("50"), "FAH").base
(Fraction(5663, 20), 'K')
>>> Measure(Decimal("1"), "TNE") == Measure(Decimal("1000"), "KGM")
True
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from typing import Final

_POUND = Fraction("0.45359237")
_FOOT = Fraction("0.3048")
_GALLON = Fraction("0.003785411784")

# Kind: code -> how many of the kind's base unit one of it is.
_LINEAR: Final[dict[str, dict[str, Fraction | int | str]]] = {
    "kg": {
        "KGM": 1, "GRM": "0.001", "MGM": "0.000001", "MC": "0.000000001", "TNE": 1000,
        "DTN": 100, "HGM": "0.1", "CGM": "0.00001", "LBR": _POUND, "ONZ": _POUND / 16,
        "STN": _POUND * 2000, "LTN": _POUND * 2240, "APZ": "0.0311034768",
    },
    "m3": {
        "MTQ": 1, "LTR": "0.001", "MLT": "0.000001", "CMQ": "0.000001", "DMQ": "0.001",
        "CLT": "0.00001", "DLT": "0.0001", "HLT": "0.1", "4G": "0.000000001",
        "GLL": _GALLON, "QTL": _GALLON / 4, "PTL": _GALLON / 8, "OZA": _GALLON / 128,
        "GLI": "0.00454609", "FTQ": _FOOT**3, "INQ": (_FOOT / 12) ** 3,
    },
    "m": {
        "MTR": 1, "KMT": 1000, "DMT": "0.1", "CMT": "0.01", "MMT": "0.001", "4H": "0.000001",
        "INH": _FOOT / 12, "FOT": _FOOT, "YRD": _FOOT * 3, "SMI": "1609.344", "NMI": 1852,
    },
    "m2": {
        "MTK": 1, "KMK": 1_000_000, "DMK": "0.01", "CMK": "0.0001", "MMK": "0.000001",
        "HAR": 10_000, "ARE": 100, "FTK": _FOOT**2, "INK": (_FOOT / 12) ** 2,
    },
    "1": {"P1": "0.01", "NX": "0.001", "59": "0.000001", "61": "0.000000001"},
    "Pa": {
        "PAL": 1, "A97": 100, "KPA": 1000, "MPA": 1_000_000, "BAR": 100_000,
        "MBR": 100, "ATM": 101_325, "ATT": "98066.5",
    },
    "s": {
        "SEC": 1, "C26": "0.001", "B98": "0.000001", "MIN": 60, "HUR": 3600, "DAY": 86_400,
        "WEE": 604_800,
    },
    "m/s": {"MTS": 1, "KMH": Fraction(1000, 3600), "HM": Fraction("1609.344") / 3600,
            "KNT": Fraction(1852, 3600), "FS": _FOOT},
    "m/s2": {"MSK": 1, "K40": "9.80665", "A76": "0.01"},
    "kg/m3": {"KMQ": 1, "A93": "0.001", "GL": 1, "M1": "0.001", "GP": "0.000001", "23": 1000},
    "J": {"JOU": 1, "KJO": 1000, "3B": 1_000_000, "WHR": 3600, "KWH": 3_600_000},
    "W": {"WTT": 1, "KWT": 1000, "MAW": 1_000_000, "C31": "0.001"},
    "V": {"VLT": 1, "2Z": "0.001", "KVT": 1000},
    "A": {"AMP": 1, "4K": "0.001"},
    "Hz": {"HTZ": 1, "KHZ": 1000, "MHZ": 1_000_000},
    "lx": {"LUX": 1, "KLX": 1000},
}  # fmt: skip
# Code -> one degree in kelvin, and its zero in kelvin.
_TEMPERATURES: Final = {
    "KEL": (Fraction(1), Fraction(0)),
    "CEL": (Fraction(1), Fraction("273.15")),
    "FAH": (Fraction(5, 9), Fraction("459.67") * 5 / 9),
    "A48": (Fraction(5, 9), Fraction(0)),
}
_FACTORS: Final = {
    code: (kind, Fraction(factor))
    for kind, units in _LINEAR.items()
    for code, factor in units.items()
}


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """A figure in a unit. Measures of different kinds are neither equal nor in any order.

    ``is_difference`` marks a figure that says how far apart two things are (a standard
    deviation): a difference of temperatures has no zero to shift.
    """

    value: Decimal
    unit: str
    is_difference: bool = False

    @property
    def base(self) -> tuple[Fraction, str]:
        """Return the figure in the base unit of its kind, exactly, and the kind."""
        value = Fraction(self.value)
        if self.unit in _TEMPERATURES:
            degree, zero = _TEMPERATURES[self.unit]
            return value * degree + (0 if self.is_difference else zero), "K"
        kind, factor = _FACTORS.get(self.unit, (f"unit {self.unit}", Fraction(1)))
        return value * factor, kind

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Measure) and self.base == other.base

    def __lt__(self, other: "Measure") -> bool:
        mine, theirs = self.base, other.base
        if mine[1] != theirs[1]:
            raise ValueError(f"{self.unit} and {other.unit} measure different things")
        return mine[0] < theirs[0]

    def __hash__(self) -> int:
        return hash(self.base)

    def is_comparable(self, other: "Measure") -> bool:
        """Return whether both are of one kind."""
        return self.base[1] == other.base[1]


def kind_of(code: str) -> str | None:
    """Return the base unit of a code's kind; None for a code that is not listed.

    >>> kind_of("GRM"), kind_of("XYZ")
    ('kg', None)
    """
    if code in _TEMPERATURES:
        return "K"
    return _FACTORS[code][0] if code in _FACTORS else None
