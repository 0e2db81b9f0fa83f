"""What may be asked for under a name, who may be told, and when to try again: pure decisions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import ClassVar
from urllib.parse import urlsplit

from originmark.frame.web.refusals import RuleViolation, gettext_noop

ALWAYS_THERE = "SimpleEventQuery"
NAME = re.compile(r"[^\W_][\w .:~@+()-]{0,199}")
LONGEST_SECRET = 500
FIRST_WAIT_S = 10
LONGEST_WAIT_S = 3600
JITTER = 0.2
NAT64 = IPv6Network("64:ff9b::/96")
OF_ONE_ANSWER = ("eventCountLimit", "maxEventCount", "orderBy", "orderDirection")


@dataclass(eq=False)
class QueryNameRefused(RuleViolation):
    """The name cannot stand in an address."""

    code: ClassVar[str] = "query-name-refused"
    status: ClassVar[int] = 400
    field: ClassVar[str | None] = "name"
    sentence: ClassVar[str] = gettext_noop(
        "“%(name)s” is no name for a query. Take a letter or a digit, then up to 199 letters, "
        "digits, blanks and any of . : ~ @ + ( ) _ -"
    )

    name: str


@dataclass(eq=False)
class QueryNameTaken(RuleViolation):
    """Another query bears the name."""

    code: ClassVar[str] = "query-name-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "name"
    sentence: ClassVar[str] = gettext_noop(
        "There is a query “%(name)s” already. Take another name, or delete that one first."
    )

    name: str


@dataclass(eq=False)
class QueryUnknown(RuleViolation):
    """There is no such query, or the asker may not know of it."""

    code: ClassVar[str] = "query-unknown"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no query “%(name)s” that you may see. Check the name, or name it first."
    )

    name: str


@dataclass(eq=False)
class QueryBodyRefused(RuleViolation):
    """The query asks for something that cannot be asked."""

    code: ClassVar[str] = "query-invalid"
    status: ClassVar[int] = 400
    field: ClassVar[str | None] = "query"
    sentence: ClassVar[str] = gettext_noop("The query cannot be asked: %(reason)s")

    reason: str


@dataclass(eq=False)
class QueryStays(RuleViolation):
    """The standard's own query is always there."""

    code: ClassVar[str] = "query-stays"
    status: ClassVar[int] = 403
    sentence: ClassVar[str] = gettext_noop(
        "The query “%(name)s” is the standard's own and always there, so it cannot be deleted."
    )

    name: str


@dataclass(eq=False)
class SubscriptionRefused(RuleViolation):
    """The subscription does not say what it must; each kind of fault is a class of its own."""

    status: ClassVar[int] = 400


@dataclass(eq=False)
class FieldRefused(SubscriptionRefused):
    """A field has a value that it cannot have."""

    code: ClassVar[str] = "subscription-field"
    sentence: ClassVar[str] = gettext_noop(
        "%(name)s of the subscription: found %(found)s, expected %(expected)s."
    )

    name: str
    found: str
    expected: str


@dataclass(eq=False)
class LiveOrScheduled(SubscriptionRefused):
    """The subscription says neither or both."""

    code: ClassVar[str] = "live-or-scheduled"
    field: ClassVar[str | None] = "schedule"
    sentence: ClassVar[str] = gettext_noop(
        "Say when to tell the receiver, in one of two ways: “stream”: true tells it of each "
        "event at once, a “schedule” at set times. Found %(found)s."
    )

    found: str


@dataclass(eq=False)
class ScheduleRefused(SubscriptionRefused):
    """The schedule cannot be."""

    code: ClassVar[str] = "schedule-invalid"
    field: ClassVar[str | None] = "schedule"
    sentence: ClassVar[str] = gettext_noop("The schedule cannot be kept. %(reason)s.")

    reason: str


@dataclass(eq=False)
class QueryEnds(SubscriptionRefused):
    """The query counts or sorts one answer, and a subscription has no end."""

    code: ClassVar[str] = "query-ends"
    field: ClassVar[str | None] = "query"
    sentence: ClassVar[str] = gettext_noop(
        "The query has %(names)s, which count or sort one answer. A subscription delivers every "
        "event once, in the order of the log: name a query without them."
    )

    names: tuple[str, ...]


@dataclass(eq=False)
class ReceiverRefused(SubscriptionRefused):
    """Nothing is sent to that address: it is none, or it is not safe."""

    code: ClassVar[str] = "receiver-refused"
    field: ClassVar[str | None] = "dest"
    sentence: ClassVar[str] = gettext_noop(
        "“%(dest)s” is no address to send to. Expected one as in %(expected)s, with everything "
        "escaped that is no plain character."
    )

    dest: str
    expected: str


@dataclass(eq=False)
class ReceiverNamesPassword(SubscriptionRefused):
    """The address holds a name or a password, which would be shown and logged."""

    code: ClassVar[str] = "receiver-names-password"
    field: ClassVar[str | None] = "dest"
    sentence: ClassVar[str] = gettext_noop(
        "The address of the receiver names a user or a password. Leave it out: each delivery "
        "is signed, so that the receiver can tell who sends."
    )


@dataclass(eq=False)
class ReceiverPrivate(SubscriptionRefused):
    """The address leads into a network that is not everybody's."""

    code: ClassVar[str] = "receiver-private"
    field: ClassVar[str | None] = "dest"
    sentence: ClassVar[str] = gettext_noop(
        "%(host)s leads to %(address)s, inside a private network, and nothing is sent there. "
        "Take a public address, or ask whoever runs this installation to allow private ones."
    )

    host: str
    address: str


@dataclass(eq=False)
class ForeignPage(RuleViolation):
    """A page of another site opens a stream with its visitor's session."""

    code: ClassVar[str] = "foreign-page"
    status: ClassVar[int] = 403
    sentence: ClassVar[str] = gettext_noop(
        "A page of %(origin)s may not listen here with the session of whoever looks at it. "
        "Let its server ask, with an API key."
    )

    origin: str


@dataclass(eq=False)
class SubscriptionUnknown(RuleViolation):
    """There is no such subscription, or the asker may not know of it."""

    code: ClassVar[str] = "subscription-unknown"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no subscription %(id)s that you may see. It may have been deleted."
    )

    id: str


@dataclass(eq=False)
class NotInThatState(RuleViolation):
    """Only a paused or failed subscription can go on, and only an active one can be paused."""

    code: ClassVar[str] = "subscription-state"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "The subscription is %(state)s already, so this changes nothing. Reload the page."
    )

    state: str


def refuse_name(name: str) -> None:
    """Raise QueryNameRefused, or QueryNameTaken for the standard's own."""
    if NAME.fullmatch(name) is None:
        raise QueryNameRefused(name=name[:60])
    if name == ALWAYS_THERE:
        raise QueryNameTaken(name=name)


def refuse_receiver(dest: str, *, takes_private: bool) -> None:
    """Raise ReceiverRefused for an address that is none, or whose scheme is not safe.

    ``takes_private`` is the installation's choice to send inside its own network, unencrypted
    if need be.
    """
    expected = "https://…" if not takes_private else "https://… http://…"
    is_plain = all(32 < ord(each) < 127 for each in dest)
    try:
        parts = urlsplit(dest)
        host, _port = parts.hostname, parts.port
        (host or "").encode("idna")  # what no look-up would take
    except ValueError as invalid:
        raise ReceiverRefused(dest=dest[:100], expected=expected) from invalid
    if f"{parts.scheme}://…" not in expected.split() or not host or not is_plain:
        raise ReceiverRefused(dest=dest[:100], expected=expected)
    if parts.username is not None or parts.password is not None:
        raise ReceiverNamesPassword


def is_public(address: str) -> bool:
    """Return whether an IP address can be reached by everybody.

    An IPv6 address that carries an IPv4 address inside is judged by both.

    >>> [is_public(each) for each in ("203.0.114.7", "10.0.0.1", "::ffff:127.0.0.1", "fe80::1%1")]
    [True, False, False, False]
    """
    ip = ip_address(address.partition("%")[0])
    inner = _carried(ip) if isinstance(ip, IPv6Address) else None
    if inner is not None and not is_public(str(inner)):
        return False
    is_carrier = isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None
    return is_carrier or (ip.is_global and not ip.is_multicast)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def wait_before_retry(failures: int, *, most: int, chance: float) -> timedelta | None:
    """Return how long to wait after the given number of failures in a row; None to give up.

    Each wait is twice the one before, up to an hour, give or take a fifth: ``chance`` (0 to 1)
    spreads receivers that failed together.

    >>> [wait_before_retry(n, most=20, chance=0.5).seconds for n in (1, 2, 3, 12)]
    [10, 20, 40, 3600]
    >>> wait_before_retry(20, most=20, chance=0.5) is None
    True
    """
    if failures >= most:
        return None
    plain_s = min(FIRST_WAIT_S * 2.0 ** min(failures - 1, 20), LONGEST_WAIT_S)
    return timedelta(seconds=plain_s * (1 + JITTER * (2 * chance - 1)))


def refuse_ending(body: Mapping[str, object]) -> None:
    """Raise QueryEnds for a query that counts or sorts one answer."""
    if found := tuple(name for name in OF_ONE_ANSWER if name in body):
        raise QueryEnds(names=found)
