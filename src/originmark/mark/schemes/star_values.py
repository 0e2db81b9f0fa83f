"""What a star scheme and its criteria are, as other rooms see them: values out of a rulebook."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

WORKING_DAYS, DAYS, MONTHS = "working-days", "days", "months"
UNITS_OF_TIME: Final = (WORKING_DAYS, DAYS, MONTHS)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in English, and in other languages by their codes."""

    english: str
    others: tuple[tuple[str, str], ...] = ()

    def in_language(self, language: str) -> str:
        """Return the text in a language, in English where there is none.

        >>> Words("Tea", (("vi", "Chè"),)).in_language("vi")
        'Chè'
        """
        return dict(self.others).get(language) or self.english


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the criteria: A, B or C, with the most points that it gives."""

    code: str
    name: Words
    max_points: int


@dataclass(frozen=True, slots=True)
class Band:
    """So many stars from so many points on, up to the next band."""

    stars: int
    from_points: Decimal


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A kind of product within a group, and the ministry that answers for it."""

    code: str
    name: Words
    managing_ministry: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One of the groups into which products fall; services carry no barcode."""

    code: str
    name: Words
    subgroups: tuple[Subgroup, ...] = ()
    has_barcode: bool = True


@dataclass(frozen=True, slots=True)
class Level:
    """An authority that evaluates: which stars it recognises, and from where it passes on.

    ``recognises`` is empty for a level that only checks (a commune since July 2025).
    ``passes_on_from`` are the points from which a dossier goes up to the next level, if any.
    """

    code: str
    name: Words
    recognises: tuple[int, ...] = ()
    passes_on_from: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper or a sample that belongs to a dossier."""

    code: str
    name: Words
    is_mandatory: bool
    except_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long before (or after) something a thing must be done: ``expiry-notice``, 30 days."""

    key: str
    amount: int
    unit: str
    """One of UNITS_OF_TIME."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CouncilRules:
    """Who decides. A figure that no text gives is None: the office fills it in."""

    members_at_least: int | None = None
    quorum_share: Decimal | None = None
    spread_notice_points: Decimal | None = None
    """Sheets further apart than this get a notice before the decision."""


@dataclass(frozen=True, slots=True)
class StarScheme:
    """One version of a star scheme."""

    code: str
    version: int
    title: str
    legal_basis: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    """Most stars first."""
    recognised_from_stars: int
    validity_months: int
    groups: tuple[Group, ...]
    levels: tuple[Level, ...]
    """The lowest first."""
    proofs: tuple[Proof, ...]
    deadlines: tuple[Deadline, ...]
    council: CouncilRules = field(default_factory=CouncilRules)
    revocation_reasons: tuple[tuple[str, Words], ...] = ()
    to_fill_in: tuple[str, ...] = ()
    """What the text in force leaves to the office, as sentences."""

    def stars_for(self, points: Decimal) -> int:
        """Return the stars that so many points give; 0 below the lowest band."""
        return next((band.stars for band in self.bands if points >= band.from_points), 0)

    def deadline(self, key: str) -> Deadline | None:
        """Return a deadline by its key, if the version has one."""
        return next((each for each in self.deadlines if each.key == key), None)

    def level(self, code: str) -> Level:
        """Return a level by its code; raises LookupError."""
        for each in self.levels:
            if each.code == code:
                return each
        raise LookupError(f"{self.code} v{self.version} has no level {code!r}")

    def level_above(self, code: str) -> Level | None:
        """Return the level to which this one passes on, if there is one."""
        codes = [each.code for each in self.levels]
        place = codes.index(code) + 1
        return self.levels[place] if place < len(codes) else None


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to a criterion."""

    points: int
    text: Words


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a scoring sheet. The member chooses one option; its points count.

    ``knock_out`` says what excludes the product whatever else it scores, empty for most.
    ``only_if`` is (criterion, least points): else the criterion is not asked and gives nothing.
    """

    code: str
    name: Words
    max_points: int
    options: tuple[Option, ...]
    note: Words | None = None
    knock_out: Words | None = None
    only_if: tuple[str, int] | None = None
    evidence: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Criteria that stand together within a part."""

    code: str
    part: str
    name: Words
    max_points: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class ProductSet:
    """The criteria for products of one kind under one version of a scheme."""

    scheme_code: str
    scheme_version: int
    code: str
    name: Words
    subgroups: tuple[str, ...]
    sections: tuple[Section, ...]
    source: str = ""

    def criteria(self) -> tuple[Criterion, ...]:
        """Return every criterion in the order of the sheet."""
        return tuple(each for section in self.sections for each in section.criteria)
