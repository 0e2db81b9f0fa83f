"""Rows of the evaluation."""

from originmark.mark.evaluation.models.stars import ReEvaluation, Star, StarRevocation

__all__ = ["ReEvaluation", "Star", "StarRevocation"]
