"""Who may do what: pure decisions."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop

MANAGER, RECORDER, VIEWER, INSPECTOR = "manager", "recorder", "viewer", "inspector"


@dataclass(eq=False)
class NotAllowed(RuleViolation):
    """The person has no right to this."""

    code: ClassVar[str] = "not-allowed"
    status: ClassVar[int] = 403
    sentence: ClassVar[str] = gettext_noop(
        "%(person)s may not do this (%(permission)s). "
        "Ask a manager of the organisation or the programme office for the right."
    )

    person: str
    permission: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a person signed in, a program with an API key, or the system itself.

    ``roles`` maps the id of an organisation to the actor's role in it. ``office_role`` is the
    role in a programme office, which reaches across organisations. ``scopes`` limits a key to
    the permissions it names; None is no limit.
    """

    name: str
    person_id: int | None = None
    roles: tuple[tuple[int, str], ...] = ()
    office_role: str | None = None
    scopes: frozenset[str] | None = None
    address: str | None = None
    is_system: bool = False

    @property
    def organisation_ids(self) -> list[int]:
        """Return the ids of the organisations that the actor belongs to."""
        return [organisation_id for organisation_id, _ in self.roles]

    def role_in(self, organisation_id: int | None) -> str | None:
        """Return the actor's role in an organisation, if any."""
        return dict(self.roles).get(organisation_id) if organisation_id is not None else None

    @property
    def sees_everything(self) -> bool:
        """Return whether the actor may read the rows of every organisation."""
        return self.is_system or self.office_role is not None


NOBODY = Actor(name="Nobody")
SYSTEM = Actor(name="Originmark", is_system=True)
