"""Commands of the evaluation."""

from originmark.mark.evaluation.services.stars import recognise
from originmark.mark.evaluation.values import Recognition

__all__ = ["Recognition", "recognise"]
