"""One sheet: which answers count, what they add up to, what is missing. Pure decisions.

A sheet is a mapping from the number of a criterion to the number of the chosen answer, from 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from originmark.mark.evaluation.refusals import (
    AnswerNotOffered,
    NoKnockOutHere,
    ScoreAboveMaximum,
    ScoreNotOffered,
    SheetIncomplete,
    UnknownCriterion,
)
from originmark.mark.schemes.star_values import Criterion, ProductSet, StarScheme

Chosen = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Total:
    """What a sheet adds up to. ``by_part`` has every part, in the order of the sheet."""

    points: int
    by_part: tuple[tuple[str, int], ...]
    asked: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def answered(self) -> int:
        """Return how many of the criteria that are asked have an answer."""
        return len(self.asked) - len(self.missing)


@dataclass(frozen=True, slots=True)
class NextStar:
    """How far it is to the next star."""

    stars: int
    missing_points: Decimal


def criterion(product_set: ProductSet, code: str) -> Criterion:
    """Return a line of the sheet; raises UnknownCriterion."""
    for each in product_set.criteria():
        if each.code == code:
            return each
    raise UnknownCriterion(criterion=code, product_set=product_set.name.english)


def option_for(line: Criterion, points: int) -> int:
    """Return the first answer that gives so many points, from 1.

    Raises ScoreAboveMaximum or ScoreNotOffered.
    """
    if points > line.max_points:
        raise ScoreAboveMaximum(criterion=line.code, max_points=line.max_points, points=points)
    for number, option in enumerate(line.options, start=1):
        if option.points == points:
            return number
    offered = tuple(sorted({option.points for option in line.options}))
    raise ScoreNotOffered(criterion=line.code, points=points, offered=offered)


def checked_option(line: Criterion, option: int) -> int:
    """Return the number of an answer that the criterion has; raises AnswerNotOffered."""
    if not 1 <= option <= len(line.options):
        raise AnswerNotOffered(criterion=line.code, option=option, answers=len(line.options))
    return option


def points_of(line: Criterion, option: int) -> int:
    """Return what an answer gives; raises AnswerNotOffered."""
    return line.options[checked_option(line, option) - 1].points


def require_knock_out(line: Criterion) -> None:
    """Raise NoKnockOutHere unless the criterion can exclude a product."""
    if line.knock_out is None:
        raise NoKnockOutHere(criterion=line.code)


def points_given(product_set: ProductSet, chosen: Chosen) -> dict[str, int | None]:
    """Return the criteria that are asked with their points, None where there is no answer.

    A criterion with a condition is asked when the criterion that it names was asked and got at
    least so many points; an answer to one that is not asked counts nothing.
    """
    given: dict[str, int | None] = {}
    for line in product_set.criteria():
        if line.only_if is not None and (given.get(line.only_if[0]) or 0) < line.only_if[1]:
            continue
        option = chosen.get(line.code)
        given[line.code] = None if option is None else points_of(line, option)
    return given


def total(product_set: ProductSet, chosen: Chosen) -> Total:
    """Return what the answers add up to."""
    given = points_given(product_set, chosen)
    by_part: dict[str, int] = {}
    for section in product_set.sections:
        some = sum(given.get(line.code) or 0 for line in section.criteria)
        by_part[section.part] = by_part.get(section.part, 0) + some
    missing = tuple(code for code, points in given.items() if points is None)
    return Total(sum(by_part.values()), tuple(by_part.items()), tuple(given), missing)


def require_complete(product_set: ProductSet, chosen: Chosen) -> Total:
    """Return the total of a sheet that answers everything asked; raises SheetIncomplete."""
    found = total(product_set, chosen)
    if found.missing:
        raise SheetIncomplete(missing=found.missing)
    return found


def next_star(scheme: StarScheme, points: Decimal) -> NextStar | None:
    """Return the next star above so many points, None at the top."""
    stars = scheme.stars_for(points)
    above = [band for band in scheme.bands if band.stars > stars and band.from_points > points]
    if not above:
        return None
    nearest = min(above, key=lambda band: band.from_points)
    return NextStar(nearest.stars, nearest.from_points - points)
