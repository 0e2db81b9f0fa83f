"""Who may do what in this room, beyond the roles that every room knows."""

from rules.predicates import predicate

from originmark.origin.parties.access import Actor


@predicate
def records_checks(actor: Actor) -> bool:
    """Whoever goes out for the programme office: its managers, recorders and inspectors."""
    return actor.office_role in {"manager", "recorder", "inspector"}
