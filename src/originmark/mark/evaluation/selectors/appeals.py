"""Questions about whether something can be appealed."""

from datetime import date

from originmark.mark.evaluation import appeals_rules as rules
from originmark.mark.evaluation.models.appeals import Appeal
from originmark.mark.evaluation.models.council import Holiday
from originmark.mark.evaluation.models.decisions import Decision
from originmark.mark.schemes import selectors as schemes


def last_day_to_appeal(scheme: tuple[str, int], decided_on: date) -> date | None:
    """Return the last day on which a decision under a version of a scheme can be appealed.

    None where the rulebook gives no period: then an appeal is never too late.
    """
    period = schemes.star_scheme(*scheme).deadline("appeal")
    holidays = set(Holiday.objects.values_list("day", flat=True)) if period else set()
    return rules.last_day_to_appeal(decided_on, period, holidays)


def open_appeal(decision: Decision) -> Appeal | None:
    """Return the appeal against a decision that is not decided yet, if there is one. One query."""
    return decision.appeals.filter(outcome="").first()


def is_in_time(decision: Decision, on: date) -> bool:
    """Return whether a decision can be appealed on a day."""
    dossier = decision.dossier
    until = last_day_to_appeal((dossier.scheme_code, dossier.scheme_version), decision.decided_on)
    return until is None or on <= until
