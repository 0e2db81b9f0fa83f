"""Questions about the evaluation."""

from originmark.mark.evaluation.selectors.star_counts import StarCounts, counts, ended
from originmark.mark.evaluation.selectors.stars import latest_star, star_on
from originmark.mark.evaluation.values import StarFacts

__all__ = ["StarCounts", "StarFacts", "counts", "ended", "latest_star", "star_on"]
