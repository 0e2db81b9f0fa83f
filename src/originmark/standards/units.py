"""Areas and masses: parse what people write, convert exactly, print it back.

Every unit is an exact ratio of the square metre or the kilogram, so fifteen mu are one hectare to
the last digit. A figure that can be read in two ways is refused (is ``1,200 ha`` one thousand two
hundred, or one point two?), unless the caller says how the writer marks decimals.

Vietnam's *sào* differs by region and is refused without it; a bare *công* is the 1,000 m² of
today's use, the traditional one of 1,296 m² has a name of its own. China's *mu* is 1/15 ha; English
texts about China often call it an acre, which is six times as much (see ``read_as_mu``).

Sources: 1 ha = 10,000 m² (SI brochure, table 8); international acre = 4,046.8564224 m² (43,560
international square feet, NIST Handbook 44, appendix C); 1 mu = 10,000/15 m² and 1 jin = 0.5 kg
(State Council of China, order on legal units, 1984).

>>> parse_area("52 亩").show("ha", places=4)
'3.4667 ha'
>>> parse_area("20.56万亩").to("mu")
Decimal('205600')
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final, Literal
from unicodedata import normalize

Kind = Literal["area", "mass"]
DecimalMark = Literal[".", ","]
SIGNIFICANT_DIGITS: Final = 28
_FIGURE: Final = re.compile(r"[0-9](?:[0-9.,' ]*[0-9])?", re.ASCII)
_MULTIPLES: Final = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}


class UnitError(ValueError):
    """A measure that cannot be read: ``found`` was written, ``accepted`` would have done."""

    def __init__(self, problem: str, *, found: str, accepted: Iterable[str]) -> None:
        self.found = found
        self.accepted = tuple(accepted)
        super().__init__(f"{problem} Write, for example: {', '.join(self.accepted)}.")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of area or mass; one of it is ``ratio`` square metres or kilograms."""

    code: str
    symbol: str
    kind: Kind
    ratio: Fraction
    label: str
    names: tuple[str, ...] = ()


UNITS: Final = {
    unit.code: unit
    for unit in (
        Unit("ha", "ha", "area", Fraction(10_000), "hectare",
             ("hectare", "hectares", "hecta", "héc-ta", "公顷")),
        Unit("m2", "m²", "area", Fraction(1), "square metre",
             ("sqm", "sq m", "mét vuông", "met vuong", "平方米", "平米")),
        Unit("mu", "mu", "area", Fraction(10_000, 15), "mu (亩), 1/15 hectare",
             ("亩", "畝", "市亩")),
        Unit("acre", "acre", "area", Fraction("4046.8564224"), "acre, 4,046.86 m²",
             ("acres", "ac", "英亩")),
        Unit("sao-bac-bo", "sào Bắc Bộ", "area", Fraction(360), "sào Bắc Bộ (north), 360 m²",
             ("sao bac bo", "sào bắc bộ", "sào bb")),
        Unit("sao-trung-bo", "sào Trung Bộ", "area", Fraction(500),
             "sào Trung Bộ (centre), 500 m²", ("sao trung bo", "sào trung bộ", "sào tb")),
        Unit("cong", "công", "area", Fraction(1000), "công (south), 1,000 m²",
             ("công đất", "cong dat", "công tầm cắt")),
        Unit("cong-traditional", "công tầm lớn", "area", Fraction(1296),
             "traditional công (tầm lớn), 1,296 m²", ("cong tam lon",)),
        Unit("kg", "kg", "mass", Fraction(1), "kilogram",
             ("kilogram", "kilograms", "kilo", "ký", "cân", "公斤", "千克")),
        Unit("g", "g", "mass", Fraction(1, 1000), "gram", ("gram", "grams", "gam", "克")),
        Unit("t", "t", "mass", Fraction(1000), "tonne",
             ("tonne", "tonnes", "tấn", "tan", "吨", "公吨")),
        Unit("jin", "jin", "mass", Fraction(1, 2), "jin (斤), 0.5 kg", ("斤", "市斤")),
        Unit("ta", "tạ", "mass", Fraction(100), "tạ, 100 kg", ("tạ",)),
        Unit("yen", "yến", "mass", Fraction(10), "yến, 10 kg", ("yến",)),
    )
}  # fmt: skip
AREA_UNITS: Final = tuple(unit for unit in UNITS.values() if unit.kind == "area")
MASS_UNITS: Final = tuple(unit for unit in UNITS.values() if unit.kind == "mass")
# One word, several measures: refused, with what to write instead.
AMBIGUOUS: Final = {
    "sào": ("sào Bắc Bộ (360 m²)", "sào Trung Bộ (500 m²)"),
    "sao": ("sào Bắc Bộ (360 m²)", "sào Trung Bộ (500 m²)"),
    "mẫu": ("3600 m² (Bắc Bộ)", "5000 m² (Trung Bộ)", "1 mu (亩) for China"),
    "ton": ("t (1,000 kg)",),
    "tons": ("t (1,000 kg)",),
}
_BY_NAME: Final = {
    (unit.kind, normalize("NFKC", name).casefold()): unit
    for unit in UNITS.values()
    for name in (unit.code, unit.symbol, *unit.names)
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of a unit, as it was written: ``Quantity(Decimal("3.5"), UNITS["ha"])``."""

    value: Decimal
    unit: Unit

    @property
    def exact(self) -> Fraction:
        """Return the measure in square metres or kilograms, without any rounding."""
        return Fraction(self.value) * self.unit.ratio

    def to(self, code: str) -> Decimal:
        """Return the figure in another unit of the same kind.

        Exact where a decimal can be; else (mu to hectares) rounded half-even to 28 digits.

        >>> Quantity(Decimal(15), UNITS["mu"]).to("ha")
        Decimal('1')
        >>> Quantity(Decimal(1), UNITS["ta"]).to("jin")
        Decimal('200')
        """
        unit = UNITS[code]
        if unit.kind != self.unit.kind:
            raise ValueError(f"{self.unit.code} measures {self.unit.kind}, {code} {unit.kind}")
        return _decimal(self.exact / unit.ratio)

    def show(
        self, code: str = "", *, places: int | None = None, decimal_mark: DecimalMark = "."
    ) -> str:
        """Return the measure as people write it, so that parsing it gives the same again.

        Thousands are parted by a no-break space, which no reader takes for a decimal mark;
        where three decimals could be read as thousands, a zero is added.

        >>> Quantity(Decimal("1234.5"), UNITS["m2"]).show(decimal_mark=",")
        '1 234,5 m²'
        >>> Quantity(Decimal("1.125"), UNITS["ha"]).show()
        '1.1250 ha'
        """
        unit = UNITS[code or self.unit.code]
        value = self.to(unit.code)
        if places is not None:
            value = round(value, places)
        whole, _, decimals = f"{value:f}".partition(".")
        if len(decimals) == 3 and len(whole) <= 3 and whole != "0":
            decimals += "0"
        figure = f"{int(whole):,}".replace(",", " ")
        return f"{figure}{decimal_mark if decimals else ''}{decimals} {unit.symbol}"


def parse_area(text: str, *, decimal_mark: DecimalMark | None = None) -> Quantity:
    """Read an area such as ``3,5 ha``, ``52 亩``, ``1 200 m²`` or ``20.56万亩``.

    Raises UnitError, which names what was found and what is accepted.

    >>> parse_area("3,5 ha").to("m2")
    Decimal('35000')
    >>> parse_area("1,200 ha", decimal_mark=".").to("ha")
    Decimal('1200')
    """
    return _parse(text, "area", decimal_mark)


def parse_mass(text: str, *, decimal_mark: DecimalMark | None = None) -> Quantity:
    """Read a mass such as ``12,5 tạ``, ``500 斤`` or ``1.2 t``; raises UnitError.

    >>> parse_mass("12,5 tạ").to("kg")
    Decimal('1250')
    """
    return _parse(text, "mass", decimal_mark)


def parse_number(text: str, *, decimal_mark: DecimalMark | None = None) -> Decimal:
    """Read a plain figure with or without thousands marks; raises UnitError when it is unclear.

    >>> parse_number("1.234.567,89")
    Decimal('1234567.89')
    >>> parse_number("1 200")
    Decimal('1200')
    """
    figure = _plain(text)
    if not _FIGURE.fullmatch(figure):
        raise UnitError(f'"{text}" is not a number.', found=text, accepted=("1200", "3.5", "3,5"))
    mark = decimal_mark or _decimal_mark_of(figure, text)
    whole, _, decimals = figure.partition(mark)
    groups = re.split(r"[.,' ]", whole)
    separators = set(re.findall(r"[.,' ]", whole))
    well_grouped = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if (
        not (decimals.isdigit() or decimals == "")
        or len(separators) > 1
        or (separators and not well_grouped)
    ):
        accepted = (f"1200{mark}5", f"1 200{mark}5")
        raise UnitError(
            f'"{text}" mixes its thousands and decimals.', found=text, accepted=accepted
        )
    return Decimal("".join(groups) + (f".{decimals}" if decimals else ""))


def find_unit(name: str, kind: Kind) -> Unit:
    """Return the unit of that code, symbol or name; raises UnitError for any other.

    >>> find_unit("亩", "area").code
    'mu'
    """
    key = _plain(name).casefold()
    if unit := _BY_NAME.get((kind, key)):
        return unit
    if key in AMBIGUOUS:
        problem = f'"{name}" is not one measure.'
        raise UnitError(problem, found=name, accepted=AMBIGUOUS[key])
    accepted = [unit.symbol for unit in UNITS.values() if unit.kind == kind]
    raise UnitError(f'"{name}" is not a unit of {kind} known here.', found=name, accepted=accepted)


def read_as_mu(area: Quantity) -> Quantity | None:
    """Return the area if its *acres* are really mu, as English texts about China often mean.

    Mu (亩) is commonly translated as "acre", which is 6.07 times as much.

    >>> acres = Quantity(Decimal(200000), UNITS["acre"])
    >>> round(acres.to("ha")), round(read_as_mu(acres).to("ha"))
    (80937, 13333)
    """
    return Quantity(area.value, UNITS["mu"]) if area.unit.code == "acre" else None


def _parse(text: str, kind: Kind, decimal_mark: DecimalMark | None) -> Quantity:
    plain = _plain(text)
    match = _FIGURE.match(plain)
    if match is None:
        accepted = ("3.5 ha", "52 mu") if kind == "area" else ("12.5 kg", "3 t")
        problem = f'"{text}" does not start with a number.'
        raise UnitError(problem, found=text, accepted=accepted)
    rest = plain[match.end() :].strip()
    multiple = _MULTIPLES.get(rest[:1], 1)
    unit = find_unit(rest[1:] if multiple > 1 else rest, kind)
    value = parse_number(match.group(), decimal_mark=decimal_mark) * multiple
    return Quantity(_decimal(Fraction(value)), unit)


def _plain(text: str) -> str:
    """Return the text with one kind of space, ASCII digits for full-width ones, and m2 for m²."""
    text = normalize("NFKC", text).replace("’", "'")
    return " ".join(re.split(r"\s+", text.strip()))


def _decimal_mark_of(figure: str, text: str) -> str:
    """Return which mark parts the decimals of a figure, or refuse one that may be read twice."""
    marks = [character for character in figure if character in ".,"]
    if not marks:
        return "."
    last = marks[-1]
    if len(set(marks)) == 1 and len(marks) > 1:  # 1.234.567: thousands only
        return "," if last == "." else "."
    whole, _, decimals = figure.rpartition(last)
    grouped_otherwise = len(set(marks)) == 2 or " " in whole or "'" in whole
    if grouped_otherwise or len(decimals) != 3 or len(whole) > 3 or whole == "0":
        return last
    thousands, point = whole + decimals, f"{whole}{last}{decimals}0"
    raise UnitError(
        f'"{text}" may mean {thousands} or {whole}.{decimals}.',
        found=text,
        accepted=(thousands, point),
    )


def _decimal(value: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = SIGNIFICANT_DIGITS
        result = Decimal(value.numerator) / Decimal(value.denominator)
    return (
        result.quantize(Decimal(1)) if result == result.to_integral_value() else result.normalize()
    )
