"""How often somebody may try at a door that anybody reaches.

Counted in the memory of each process, which needs no further service; the limit of an
installation is therefore that of a process times their number.
"""

from dataclasses import dataclass, field
from time import monotonic
from typing import ClassVar, Final

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


MOST_ADDRESSES: Final = 200_000  # some 20 MB


@dataclass(slots=True)
class WindowLimit:
    """The same for a door that is in a hurry: so many tries in each window of ``seconds``.

    A try costs the same however many there were before. Around the end of a window an address
    may have twice ``times``.
    """

    times: int
    seconds: int
    _tries: dict[str, int] = field(default_factory=dict)
    _ends_s: float = 0.0

    def takes(self, address: str, now_s: float) -> bool:
        """Count a try; return whether it may be. ``now_s`` are monotonic seconds."""
        if now_s >= self._ends_s or len(self._tries) > MOST_ADDRESSES:
            self._tries, self._ends_s = {}, now_s + self.seconds
        tries = self._tries[address] = self._tries.get(address, 0) + 1
        return tries <= self.times

    def count(self, request: HttpRequest) -> None:
        """Count a try; raises TooManyTries when it is one too many."""
        if not self.takes(request.META.get("REMOTE_ADDR", ""), monotonic()):
            raise TooManyTries(limit=self.times, seconds=self.seconds)
