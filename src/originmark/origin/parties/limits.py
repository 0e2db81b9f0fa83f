"""How often somebody may try at a door that anybody reaches.

Counted in the memory of each process, which needs no further service. The lasting lock of an
account after many wrong passwords is in the database (django-axes).
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django_smart_ratelimit.backends import get_backend

from originmark.origin.parties.refusals import TooManyTries


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``times`` tries within ``seconds``, for each address."""

    name: str
    times: int
    seconds: int

    def refuse_if_reached(self, request: HttpRequest) -> None:
        """Raise TooManyTries when the address has used up its tries; counts nothing."""
        if get_backend().get_count(self._key(request), self.seconds) >= self.times:
            raise TooManyTries(limit=self.times, seconds=self.seconds)

    def count(self, request: HttpRequest) -> None:
        """Count one try; raises TooManyTries when it is one too many."""
        if get_backend().incr(self._key(request), self.seconds) > self.times:
            raise TooManyTries(limit=self.times, seconds=self.seconds)

    def _key(self, request: HttpRequest) -> str:
        return f"{self.name}:{request.META.get('REMOTE_ADDR', '')}"


WRONG_API_KEYS = Limit("wrong-api-key", times=20, seconds=60)
INVITATION_LINKS = Limit("invitation-link", times=30, seconds=60)
INVITATIONS_SENT = Limit("invitation-sent", times=30, seconds=60)
