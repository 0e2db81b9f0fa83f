"""How the API knows who asks: a key in the header, or the session of a signed-in person."""

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from originmark.frame.web import clock
from originmark.origin.parties.actors import actor_of, keep_actor
from originmark.origin.parties.limits import WRONG_API_KEYS
from originmark.origin.parties.refusals import KeyRefused
from originmark.origin.parties.rules import Actor


class ApiKeyAuth(HttpBearer):
    """``Authorization: Bearer omk_…``."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor that the key makes; raises KeyRefused or TooManyTries.

        A request that comes with a wrong key is refused even where a session would do: whoever
        sends a key means the key.
        """
        from originmark.origin.parties import services  # noqa: PLC0415 (apps load first)

        WRONG_API_KEYS.refuse_if_reached(request)
        actor = services.actor_of_key(
            token, address=request.META.get("REMOTE_ADDR"), now=clock.now()
        )
        if actor is None:
            WRONG_API_KEYS.count(request)
            raise KeyRefused
        keep_actor(request, actor)
        return actor


class PersonAuth(SessionAuth):
    """The session of a signed-in person; what changes anything needs the CSRF token, too."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        """Return the person, or nothing for a stranger (who is told 401 and not 403)."""
        if not request.user.is_authenticated:
            return None
        found: Actor | None = super().__call__(request)
        return found

    def authenticate(self, request: HttpRequest, _key: str | None) -> Actor | None:
        """Return the signed-in person as an actor."""
        return actor_of(request)


API_AUTH = [ApiKeyAuth(), PersonAuth()]
