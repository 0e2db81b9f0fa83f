"""How often somebody may try at a door that anybody reaches.

Counted in the memory of each process, which needs no further service; the limit of an
installation is therefore that of a process times their number.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest
from django_smart_ratelimit.backends import get_backend

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class TooManyTries(RuleViolation):
    """Somebody tries too often."""

    code: ClassVar[str] = "too-many-tries"
    status: ClassVar[int] = 429
    sentence: ClassVar[str] = gettext_noop(
        "That was more than %(limit)s tries in %(seconds)s seconds from your address. "
        "Wait a little, then try again."
    )

    limit: int
    seconds: int


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
