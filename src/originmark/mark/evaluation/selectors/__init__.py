"""Questions about the evaluation."""

from originmark.mark.evaluation.selectors.stars import (
    latest_star,
    star_on,
)
from originmark.mark.evaluation.values import StarFacts

__all__ = ["StarFacts", "latest_star", "star_on"]
