"""The council: who may decide, what the sheets come to, what follows. Pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from statistics import median

from originmark.mark.evaluation.refusals import (
    CouncilTooSmall,
    NoQuorum,
    OutcomeAgainstVotes,
    QuorumUnknown,
    RoundingUnknown,
    VotesDoNotAddUp,
)
from originmark.mark.evaluation.scoring import Chosen, points_given
from originmark.mark.schemes.star_values import Level, ProductSet, StarScheme

CUT, HALF_UP, WHOLE_CUT, WHOLE_HALF_UP = "cut", "half-up", "whole-cut", "whole-half-up"
ROUNDINGS = (CUT, HALF_UP, WHOLE_CUT, WHOLE_HALF_UP)
_STEP = {CUT: "0.01", HALF_UP: "0.01", WHOLE_CUT: "1", WHOLE_HALF_UP: "1"}
_UP = (HALF_UP, WHOLE_HALF_UP)

RECOGNISED, PASSED_ON, SENT_BACK, NOT_RECOGNISED, KNOCKED_OUT = (
    "recognised",
    "passed-on",
    "sent-back",
    "not-recognised",
    "knocked-out",
)
OUTCOMES = (RECOGNISED, PASSED_ON, SENT_BACK, NOT_RECOGNISED, KNOCKED_OUT)
MEMBER_OF_APPLICANT, SENT_BY_APPLICANT, DECLARED = "member", "seat", "declared"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many members must be present; None is what neither rulebook nor office says."""

    share: Decimal | None
    members_at_least: int | None = None

    def needed(self, appointed: int, *, council: str) -> int:
        """Return how many of so many members must be present; raises QuorumUnknown.

        >>> Quorum(Decimal("0.6667")).needed(7, council="QN-2026")
        5
        """
        if self.share is None:
            raise QuorumUnknown(round=council)
        return max(ceil(Fraction(self.share) * appointed), 1)

    def require(self, present: int, appointed: int, *, council: str) -> int:
        """Return how many are needed; raises QuorumUnknown, CouncilTooSmall or NoQuorum."""
        needed = self.needed(appointed, council=council)
        if self.members_at_least is not None and appointed < self.members_at_least:
            raise CouncilTooSmall(appointed=appointed, needed=self.members_at_least)
        if present < needed:
            raise NoQuorum(present=present, appointed=appointed, needed=needed)
        return needed


def tie(
    applicant_id: int,
    *,
    organisation_ids: frozenset[int],
    seat_organisation_id: int | None,
    has_declared: bool,
) -> str | None:
    """Return what ties a member to an applicant, None where nothing does.

    >>> tie(7, organisation_ids=frozenset({7}), seat_organisation_id=None, has_declared=False)
    'member'
    """
    if applicant_id in organisation_ids:
        return MEMBER_OF_APPLICANT
    if applicant_id == seat_organisation_id:
        return SENT_BY_APPLICANT
    return DECLARED if has_declared else None


@dataclass(frozen=True, slots=True)
class SheetIn:
    """A sheet that counts: whose it is, and the answers."""

    member: str
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class LineTally:
    """What the sheets say about one criterion; a sheet that does not ask it is left out."""

    code: str
    points: tuple[tuple[str, int], ...]

    @property
    def average(self) -> Decimal:
        """Return the average of the sheets that ask it, cut to two decimals."""
        return rounded(sum(points for _, points in self.points), len(self.points) or 1, CUT)

    @property
    def spread(self) -> int:
        """Return how far the sheets are apart."""
        given = [points for _, points in self.points]
        return max(given, default=0) - min(given, default=0)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the sheets come to. ``far`` are members far from the middle, by the notice."""

    totals: tuple[tuple[str, int], ...]
    lines: tuple[LineTally, ...]
    far: tuple[str, ...]

    @property
    def sum(self) -> int:
        """Return the sum of the sheets."""
        return sum(points for _, points in self.totals)

    @property
    def spread(self) -> int:
        """Return how far the highest sheet is from the lowest."""
        given = [points for _, points in self.totals]
        return max(given, default=0) - min(given, default=0)

    @property
    def average(self) -> Decimal | None:
        """Return the average, cut to two decimals, for the eye; None without a sheet."""
        return rounded(self.sum, len(self.totals), CUT) if self.totals else None


def tally(product_set: ProductSet, sheets: Sequence[SheetIn], notice: Decimal | None) -> Tally:
    """Return what the sheets come to.

    When the sheets are more than ``notice`` points apart, whoever is more than half of it away
    from the median is named; without a notice nobody is.
    """
    given = [(sheet.member, points_given(product_set, sheet.chosen)) for sheet in sheets]
    totals = tuple((who, sum(points or 0 for points in line.values())) for who, line in given)
    lines = tuple(
        LineTally(
            line.code,
            tuple((who, points[line.code] or 0) for who, points in given if line.code in points),
        )
        for line in product_set.criteria()
    )
    return Tally(totals, lines, _far([points for _, points in totals], totals, notice))


def _far(
    points: list[int], totals: tuple[tuple[str, int], ...], notice: Decimal | None
) -> tuple[str, ...]:
    if notice is None or not points or max(points) - min(points) <= notice:
        return ()
    middle = Fraction(median(points))
    return tuple(who for who, found in totals if abs(found - middle) > Fraction(notice) / 2)


def rounded(points: int, sheets: int, rounding: str) -> Decimal:
    """Return the average of ``sheets`` sheets that sum to ``points``, by one of ROUNDINGS.

    Reckoned exactly: no intermediate rounding lifts a product over the edge of a band.

    >>> rounded(629, 7, "cut"), rounded(629, 7, "half-up"), rounded(629, 7, "whole-half-up")
    (Decimal('89.85'), Decimal('89.86'), Decimal('90'))
    """
    step = Decimal(_STEP[rounding])
    steps = Fraction(points, sheets) / Fraction(step)
    if rounding in _UP:
        steps += Fraction(1, 2)
    return (steps.numerator // steps.denominator) * step


def require_rounding(rounding: str, *, council: str) -> str:
    """Return the rounding; raises RoundingUnknown where the office has not chosen one."""
    if rounding not in ROUNDINGS:
        raise RoundingUnknown(round=council)
    return rounding


@dataclass(frozen=True, slots=True)
class Verdict:
    """What points mean at a level.

    ``stars`` are those of the points; ``granted`` those that this level recognises now.
    """

    outcome: str
    stars: int
    granted: int
    is_potential_five: bool = False


def verdict(
    scheme: StarScheme,
    level_code: str,
    points: Decimal,
    *,
    is_knocked_out: bool = False,
    recognises_meanwhile: bool = False,
) -> Verdict:
    """Return what so many points mean at a level.

    From ``passes_on_from`` on a dossier goes up; whether the level recognises the most stars that
    it may give in the meantime is the office's choice. Stars that only a lower level recognises
    send the dossier back to it.
    """
    if is_knocked_out:
        return Verdict(KNOCKED_OUT, 0, 0)
    level, stars = scheme.level(level_code), scheme.stars_for(points)
    if stars < scheme.recognised_from_stars:
        return Verdict(NOT_RECOGNISED, stars, 0)
    most = max((each for each in level.recognises if each <= stars), default=0)
    if _goes_up(scheme, level, points):
        is_top = stars == scheme.bands[0].stars
        return Verdict(PASSED_ON, stars, most if recognises_meanwhile else 0, is_top)
    return Verdict(RECOGNISED, stars, most) if most else Verdict(SENT_BACK, stars, 0)


def _goes_up(scheme: StarScheme, level: Level, points: Decimal) -> bool:
    from_points = level.passes_on_from
    return (
        from_points is not None
        and points >= from_points
        and scheme.level_above(level.code) is not None
    )


def require_votes(*, votes_for: int, votes_against: int, abstained: int, voters: int) -> None:
    """Raise VotesDoNotAddUp unless every member who may vote is counted once."""
    votes = votes_for + votes_against + abstained
    if min(votes_for, votes_against, abstained) < 0 or votes != voters:
        raise VotesDoNotAddUp(votes=votes, voters=voters)


def require_outcome(*, votes_for: int, votes_against: int, is_upheld: bool) -> None:
    """Raise OutcomeAgainstVotes when the smaller side won; a tie is the council's to settle."""
    if votes_for != votes_against and is_upheld != (votes_for > votes_against):
        raise OutcomeAgainstVotes(votes_for=votes_for, votes_against=votes_against)


def open_knock_outs(marked: Sequence[str], votes: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the criteria marked by some member on which the council has not voted."""
    return tuple(code for code in dict.fromkeys(marked) if code not in votes)
