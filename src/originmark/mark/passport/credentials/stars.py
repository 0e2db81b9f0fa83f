"""Stars among what a lot may say of itself, and among what lapses."""

from collections.abc import Collection, Iterable
from datetime import date

from originmark.mark.evaluation import selectors as evaluation
from originmark.mark.passport.credentials.attested import Attested, of_star
from originmark.trace.lots.selectors import LotFacts

KIND = "star"
REASON = "the stars do not count any more"


def attested(lot: LotFacts, on: date) -> Iterable[Attested]:
    """Return the stars that the product of a lot carries on a day."""
    star = evaluation.star_on(lot.product_code, on)
    return [of_star(star)] if star else []


def lapsed(numbers: Collection[str], on: date) -> Collection[str]:
    """Return which of these stars count no more."""
    return set(numbers) - evaluation.standing(numbers, on)
