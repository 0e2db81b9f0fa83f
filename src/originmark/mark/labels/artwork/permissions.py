"""Who looks at labels for the programme."""

from rules.predicates import Predicate

from originmark.origin.parties.access import Actor


def _examines(actor: Actor) -> bool:
    return actor.office_role in {"manager", "recorder", "inspector"}


# Whoever inspects or runs the programme; reading across it is not enough.
examines = Predicate(_examines)
