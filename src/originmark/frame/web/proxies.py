"""Who asks, where proxies of the installation stand in front.

A proxy writes the address that asked it at the right end of ``X-Forwarded-For``; what stands left
of that was said by whoever asked. So the header is read from the right, and only as far as our
own proxies wrote it.

Granian's ``wrap_asgi_with_proxy_headers`` reads it from the right as well, but takes any text for
an address (which PostgreSQL then refuses to store), a port for a part of it (so that each
connection has limits of its own) and a mistyped network for the name of a host.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Address = IPv4Address | IPv6Address
MOST_PEERS: Final = 4096  # remembered; a proxy asks over and over


class Proxies:
    """The installation's own proxies: addresses and networks."""

    def __init__(self, named: Iterable[str]) -> None:
        """Read what the setting names; raises ValueError where that names no proxy."""
        self._networks = [_network(each) for each in named]
        self.include = lru_cache(MOST_PEERS)(self._include)

    def client_of(self, peer: str, forwarded: str) -> str:
        """Return the address of whoever asked, when ``peer`` connects and hands on that header.

        >>> ours = Proxies(["10.0.0.0/8"])
        >>> ours.client_of("10.0.0.1", "8.8.8.8, 198.51.100.7, 10.0.0.2")
        '198.51.100.7'
        >>> ours.client_of("198.51.100.7", "8.8.8.8")
        '198.51.100.7'
        """
        found = peer
        for said in reversed(forwarded.split(",")):
            if not self.include(found):
                break
            address = _address(said.strip())
            if address is None:
                break
            found = str(address)
        return found

    def _include(self, peer: str) -> bool:
        address = _address(peer)
        return address is not None and any(address in each for each in self._networks)


def behind_proxies(named: list[str]) -> Callable[[Application], Application]:
    """Let an application see who asked its proxies; without proxies it is left as it is.

    Who is none of our proxies is believed neither a client nor a scheme.
    """

    def wrap(application: Application) -> Application:
        if not named:
            return application
        proxies = Proxies(named)

        def told(scope: Message, receive: Receive, send: Send) -> Awaitable[None]:
            if scope["type"] != "lifespan":
                _tell(scope, proxies)
            return application(scope, receive, send)

        return told

    return wrap


def check_proxies(**_: object) -> list[CheckMessage]:
    """Return what is wrong with the setting, before anything is served."""
    try:
        Proxies(settings.PROXIES)
    except ValueError as error:
        return [Error(str(error), id="web.E001")]
    return []


def _tell(scope: Message, proxies: Proxies) -> None:
    peer, headers = (scope.get("client") or ("", 0))[0], scope["headers"]
    if not proxies.include(peer):
        scope["headers"] = [each for each in headers if each[0] != b"x-forwarded-proto"]
        return
    said = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    scope["client"] = (proxies.client_of(peer, ",".join(said)), 0)


def _network(named: str) -> IPv4Network | IPv6Network:
    try:
        found = ip_network(named)
    except ValueError:
        found = None
    if found is None or found.prefixlen == 0:
        raise ValueError(
            f"ORIGINMARK_PROXIES names {named}, which is no proxy of yours. Write addresses like "
            "10.0.0.5 and networks like 10.0.0.0/8 or 2001:db8::/32, with commas between."
        )
    return found


def _address(said: str) -> Address | None:
    """Return an address that may have a port, None for anything else."""
    if said.startswith("["):
        said = said[1:].partition("]")[0]
    elif said.count(":") == 1:
        said = said.partition(":")[0]
    try:
        found = ip_address(said)
    except ValueError:
        return None
    if isinstance(found, IPv4Address):
        return found
    return None if found.scope_id else found.ipv4_mapped or found
