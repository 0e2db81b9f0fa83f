"""Where the rooms above plug into every page: navigation, search, home, access.

A room calls these from its ``apps.py``. This room knows none of them, so what a person may
see is asked through the two functions that the room for parties registers; until somebody
registers them, nobody has any permission.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation, shown to whoever is signed in and has the permission.

    Items with the same ``section`` stand together under its name; the first four by ``order``
    are in the bottom bar of a narrow screen.
    """

    label: Text
    url_name: str
    icon: str
    order: int = 50
    permission: str | None = None
    section: Text = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that the search over everything found."""

    title: str
    detail: str
    url: str
    icon: str = "search"


@dataclass(frozen=True, slots=True)
class HomeLine:
    """A line on a home card: what is waiting, and where to go."""

    text: Text
    url: str = ""
    note: Text = ""
    tone: str = "plain"
    badge: Text = ""


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A card on the home page: a figure, lines to act on, or markup of the room's own."""

    title: Text
    value: Text = ""
    note: Text = ""
    url: str = ""
    icon: str = ""
    lines: tuple[HomeLine, ...] = ()
    html: SafeString | None = None
    action: Text = ""
    order: int = 50
    is_wide: bool = False


def list_card(
    title: Text, lines: Iterable[HomeLine], *, url: str = "", icon: str, order: int = 50
) -> HomeCard | None:
    """Return a card with a few lines to act on, and the way to all of them; none without a line."""
    shown = tuple(lines)
    if not shown:
        return None
    action = _("See all") if url else ""
    return HomeCard(title, lines=shown, url=url, icon=icon, action=action, order=order)


@dataclass(frozen=True, slots=True)
class SearchProvider:
    name: str
    find: Callable[[Any, str], list[Hit]]


@dataclass(frozen=True, slots=True)
class Readiness:
    """One thing that has to be well before the installation can serve."""

    name: str
    is_well: bool
    detail: str = ""


_nav: list[NavItem] = []
_search: list[SearchProvider] = []
_home: list[Callable[[HttpRequest, Any], HomeCard | None]] = []
_sign_in: list[Callable[[HttpRequest], str]] = []
_codes: list[Callable[[str], str | None]] = []
_readiness: list[Callable[[], Readiness]] = []
_doors: dict[str, Callable[..., Any]] = {}


def register_nav(item: NavItem) -> None:
    """Add an entry to the navigation."""
    if item not in _nav:
        _nav.append(item)
        _nav.sort(key=lambda each: each.order)


def register_search(name: str, find: Callable[[Any, str], list[Hit]]) -> None:
    """Let the search over everything ask ``find(actor, query)``; a few hits each, best first."""
    _search[:] = [each for each in _search if each.name != name]
    _search.append(SearchProvider(name, find))


def register_home_card(card: Callable[[HttpRequest, Any], HomeCard | None]) -> None:
    """Ask ``card(request, actor)`` for a card each time somebody opens the home page."""
    if card not in _home:
        _home.append(card)


def register_sign_in(block: Callable[[HttpRequest], str]) -> None:
    """Show a block of markup on the sign-in page (the demonstration shows its people there)."""
    if block not in _sign_in:
        _sign_in.append(block)


def register_readiness(check: Callable[[], Readiness]) -> None:
    """Ask ``check()`` whenever ``/readyz`` is called."""
    if check not in _readiness:
        _readiness.append(check)


def register_access(allowed: Callable[[HttpRequest, str], bool]) -> None:
    """Say who has a permission anywhere; the room for parties calls this, once."""
    _doors["access"] = allowed


def register_actor(actor_of: Callable[[HttpRequest], Any]) -> None:
    """Say who makes a request; the room for parties calls this, once."""
    _doors["actor"] = actor_of


def allowed(request: HttpRequest, permission: str | None) -> bool:
    """Return whether the person may; no permission needed is allowed, nobody to ask is not."""
    if permission is None:
        return True
    return "access" in _doors and bool(_doors["access"](request, permission))


def actor(request: HttpRequest) -> Any:
    """Return who makes the request, as parties says; None where nobody can say."""
    return _doors["actor"](request) if "actor" in _doors else None


def nav_items(request: HttpRequest) -> list[NavItem]:
    """Return the entries that this person sees, in order."""
    return [item for item in _nav if allowed(request, item.permission)]


def hits(request: HttpRequest, query: str) -> list[tuple[str, list[Hit]]]:
    """Return what each provider finds, by provider; those that find nothing are left out."""
    asker = actor(request)
    found = [(each.name, each.find(asker, query)) for each in _search]
    return [(name, some) for name, some in found if some]


def home_cards(request: HttpRequest) -> list[HomeCard]:
    """Return the cards that have something to say to this person, in order."""
    asker = actor(request)
    cards = [card for make in _home if (card := make(request, asker)) is not None]
    return sorted(cards, key=lambda card: card.order)


def sign_in_blocks(request: HttpRequest) -> list[str]:
    """Return the blocks for the sign-in page."""
    return [block for make in _sign_in if (block := make(request))]


def readiness() -> list[Readiness]:
    """Ask every registered check."""
    return [check() for check in _readiness]


def register_code_reader(read: Callable[[str], str | None]) -> None:
    """Let ``read(text)`` say at which address a typed code is answered, if it knows the code."""
    if read not in _codes:
        _codes.append(read)


def address_of_code(text: str) -> str | None:
    """Return the address of the page behind a typed code, as the first reader says."""
    return next((address for read in _codes if (address := read(text))), None)
