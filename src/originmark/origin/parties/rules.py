"""Who may do what: pure decisions (numbers of organisations are in ``numbers.py``)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop

MANAGER, RECORDER, VIEWER, INSPECTOR = "manager", "recorder", "viewer", "inspector"
ROLES = (MANAGER, RECORDER, INSPECTOR, VIEWER)  # strongest first
READ = "read"  # the scope that lets a key read the rows that its role reaches
PEOPLE_ONLY = frozenset(
    {
        "parties.appoint_office",
        "parties.manage_keys",
        "parties.manage_members",
        "parties.manage_office",
        "parties.register_person",
    }
)  # never a scope of an API key: a key must not make itself stronger


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


@dataclass(eq=False)
class UnknownOrganisation(RuleViolation):
    """No organisation has this code, or the asker may not know of it."""

    code: ClassVar[str] = "unknown-organisation"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no organisation with the code %(organisation)s that you may see. "
        "Check the code, or choose from the list."
    )

    organisation: str


@dataclass(eq=False)
class UnknownMember(RuleViolation):
    """The person does not belong to the organisation."""

    code: ClassVar[str] = "unknown-member"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "%(person)s does not belong to %(organisation)s. Invite them first."
    )

    person: str
    organisation: str


@dataclass(eq=False)
class AlreadyMember(RuleViolation):
    """The person belongs to the organisation already."""

    code: ClassVar[str] = "already-member"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "email"
    sentence: ClassVar[str] = gettext_noop(
        "%(person)s belongs to %(organisation)s already, as %(role)s. Change the role instead."
    )

    person: str
    organisation: str
    role: str


@dataclass(eq=False)
class UnknownRole(RuleViolation):
    """Nobody knows such a role."""

    code: ClassVar[str] = "unknown-role"
    field: ClassVar[str | None] = "role"
    sentence: ClassVar[str] = gettext_noop("There is no role %(role)s. Choose one of %(known)s.")

    role: str
    known: tuple[str, ...] = ROLES


@dataclass(eq=False)
class LastManager(RuleViolation):
    """An organisation would be left with nobody who may change it."""

    code: ClassVar[str] = "last-manager"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "role"
    sentence: ClassVar[str] = gettext_noop(
        "%(person)s is the last manager of %(organisation)s. Make somebody else manager first."
    )

    person: str
    organisation: str


@dataclass(eq=False)
class PersonExists(RuleViolation):
    """Somebody signs in with this address already."""

    code: ClassVar[str] = "person-exists"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "email"
    sentence: ClassVar[str] = gettext_noop(
        "Somebody signs in with %(email)s already. Use another address, or invite that person."
    )

    email: str


def require_role(role: str) -> None:
    """Raise UnknownRole unless there is such a role."""
    if role not in ROLES:
        raise UnknownRole(role=role)


def keep_a_manager(person: str, organisation: str, *, before: str, after: str, others: int) -> None:
    """Raise LastManager when a change would leave an organisation without a manager.

    ``others`` counts the managers besides this person; ``after`` is "" for somebody who leaves.

    >>> keep_a_manager("Li", "Mill", before="manager", after="viewer", others=1)
    >>> keep_a_manager("Li", "Mill", before="manager", after="", others=0)
    Traceback (most recent call last):
        ...
    originmark.origin.parties.rules.LastManager: Li is the last manager of Mill. ...
    """
    if before == MANAGER and after != MANAGER and others == 0:
        raise LastManager(person=person, organisation=organisation)


def strongest(roles: Iterable[str]) -> str | None:
    """Return the strongest of some roles, if there is one.

    >>> strongest(["viewer", "recorder"])
    'recorder'
    """
    held = set(roles)
    return next((role for role in ROLES if role in held), None)


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
    def may_read(self) -> bool:
        """Return whether the actor may read rows at all: a key needs the scope ``read``."""
        return self.scopes is None or READ in self.scopes

    @property
    def sees_everything(self) -> bool:
        """Return whether the actor may read the rows of every organisation."""
        return self.is_system or (self.office_role is not None and self.may_read)


NOBODY = Actor(name="Nobody")
SYSTEM = Actor(name="Originmark", is_system=True)
