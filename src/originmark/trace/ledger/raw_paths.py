"""What stands behind a path, told apart by the slashes that were sent as slashes.

Web servers hand on a path with its escapes undone, and ``%2F`` inside an identifier becomes a
slash like any other. Our front door, and most servers, keep the path as it was sent as well.
"""

from urllib.parse import unquote, urlsplit

from django.http import HttpRequest


def segments(request: HttpRequest, start: str) -> list[str] | None:
    """Return the parts of the path behind ``start``, decoded one by one.

    None where the server does not say how the path was sent.
    """
    raw = raw_path(request)
    if raw is None or not raw.startswith(start):
        return None
    return [unquote(part) for part in raw.removeprefix(start).split("/")]


def raw_path(request: HttpRequest) -> str | None:
    """Return the path as it was sent, its escapes kept; None where the server does not say."""
    scope = request.META.get("asgi.scope")
    sent = scope.get("raw_path") if scope else None
    if isinstance(sent, bytes):
        return sent.decode("latin-1").partition("?")[0]
    address = request.META.get("RAW_URI") or request.META.get("REQUEST_URI")
    return urlsplit(address).path if isinstance(address, str) else None


def identified(request: HttpRequest, start: str, decoded: str) -> tuple[str, bool]:
    """Return the identifier behind ``start``, and whether its events are asked for.

    ``decoded`` is what Django found there. ``…/IDENTIFIER/events`` asks for events; where
    slashes of the identifier were sent as they are, the last part decides.
    """
    parts = segments(request, start) or decoded.split("/")
    is_events = len(parts) > 1 and parts[-1] == "events"
    return "/".join(parts[:-1] if is_events else parts), is_events
