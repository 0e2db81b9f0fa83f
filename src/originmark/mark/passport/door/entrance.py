"""The way a scan takes: is its run known, what does its page show, fill in the serial.

What is not certain is left to Django, which stays the one that knows: the pages here are its own.
"""

import asyncio
import re
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from time import monotonic
from typing import Any, Final, NamedTuple, TypeVar

import structlog
from django.db import DatabaseError, close_old_connections
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from originmark.frame.web import clock
from originmark.mark.labels import selectors as labels
from originmark.mark.labels.services import ForgedSeen
from originmark.mark.passport.door.known import Known, Run, Shown
from originmark.mark.passport.door.manners import Scope, manner_of
from originmark.mark.passport.door.molds import Page, as_page, mold
from originmark.mark.passport.door.variants import NOBODY, Variant, is_about, seconds_left, variant
from originmark.mark.passport.logbook import DOORBOOK, FORGED_BOOK
from originmark.mark.passport.viewers import viewer_of
from originmark.mark.passport.views import SCANS, PackPage

LENGTH: Final = 20
LOT: Final = -3  # /01/…/10/LOT/21/…
SERIAL: Final = re.compile(rf"[0-9A-HJKMNP-TV-Z]{{{LENGTH}}}")  # as it is printed
THREADS: Final = 4

log = structlog.get_logger(__name__)
T = TypeVar("T")


Place = tuple[str, Shown, Run | None, int]
"""Which label an address names: serial, what is shown, run, index; without a run, a serial that
nobody issued. Like a page it is a plain tuple, for there is one to each scan."""


class Question(NamedTuple):
    """What has to be asked before a scan can be answered.

    Without a variant the scans of its label are looked up; with one Django is asked for the page.
    """

    place: Place
    view: str
    variant: Variant | None

    @property
    def key(self) -> Hashable:
        """What two questions share that have one answer."""
        _serial, shown, run, index = self.place
        if self.variant is None and run is not None:
            return run.number, index
        return id(shown), self.view, self.variant


class Threads(ThreadPoolExecutor):
    """Threads that ask the database, and keep no connection that is broken or old."""

    def submit(self, work: Callable[..., T], /, *facts: Any, **named: Any) -> "Future[T]":
        """Do some work in a thread."""

        def done() -> T:
            close_old_connections()
            try:
                return work(*facts, **named)
            finally:
                close_old_connections()

        return super().submit(done)


class Door:
    """The door of one server process; ``keeps_s`` is how old, in seconds, an answer may be."""

    def __init__(
        self,
        *,
        keeps_s: float,
        ask: Callable[[Scope], HttpResponseBase],
        threads: Executor | None = None,
    ) -> None:
        self.known = Known(keeps_s=keeps_s)
        self._keeps_s, self._ask = keeps_s, ask
        self._threads = threads or Threads(THREADS, thread_name_prefix="door")
        self._opened = labels.opener()
        self._refresh_at = 0.0
        self._asked: set[Hashable] = set()

    def answer(self, scope: Scope) -> Page | Question | None:
        """Return the page of a scan, what to ask first, or None where Django has to answer."""
        place = self._place_of(scope["path"])
        if place is None:
            return None
        found = self._answer(scope, place)
        _serial, _shown, run, index = place
        if found is None and run is not None:
            self.known.doubt(run, index)
        return found

    async def ask(self, scope: Scope, question: Question) -> Page | None:
        """Return the page of a scan after asking what it needs; None where Django has to answer."""
        self._asked.add(question.key)  # at once: the next one of its kind need not ask as well
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self.asked, scope, question
        )

    def asked(self, scope: Scope, question: Question) -> Page | None:
        """Do what ``ask`` does; waits for the database."""
        self._asked.add(question.key)
        try:
            if question.variant is not None:
                return self._ask_django(scope, question)
            self._look_up(*question.place[2:])
            found = self.answer(scope)
        finally:
            self._asked.discard(question.key)
        if isinstance(found, Question):
            return self.asked(scope, found) if found.variant is not None else None
        return found

    def close(self) -> None:
        """End; nobody may be asking any more."""
        self._threads.shutdown()

    def _place_of(self, path: str) -> Place | None:
        serial, head = path[-LENGTH:], path[:-LENGTH]
        said = self._opened(serial)
        if said is None:
            shown = self.known.forged.get(head)
            return None if shown is None else (serial, shown, None, 0)
        batch, index, version = said
        run = self.known.runs.get((batch, version))
        if run is None:
            self._in_background(said, self.known.load, said)
            return None
        if run.head != head or index >= len(run.scanned):
            return None
        return serial, run.shown_of(index), run, index

    def _answer(self, scope: Scope, place: Place) -> Page | Question | None:
        serial, shown, run, index = place
        if scope["method"] != "GET" or scope["query_string"]:
            return None
        headers = dict(scope["headers"])
        manner, now, now_s = manner_of(scope, headers), clock.now(), monotonic()
        if manner is None or SERIAL.fullmatch(serial) is None or not self._is_fresh(run, now_s):
            return None
        address, browser = scope["client"][0], headers.get(b"user-agent", b"").decode("latin-1")
        said: Variant | None = NOBODY
        if run is not None and run.scanned[index]:
            seen = self.known.sighted_of(run, index, now_s)
            said = variant(seen, viewer_of(address, browser, now=now), now) if seen else None
        kept = shown.molds.get((manner.view, said))
        if kept is None or kept.fresh_until <= now_s:
            question = Question(place, manner.view, said)
            if question.key not in self._asked:
                return question
        if kept is None or kept.good_until <= now_s or not SCANS.takes(address, now_s):
            return None
        if run is None:
            viewer = viewer_of(address, browser, now=now)
            FORGED_BOOK.add(ForgedSeen(serial, scope["path"].split("/")[LOT], now, viewer))
        else:
            passing = (run.number, index, now, address, browser, kept.verdict)
            DOORBOOK.add(passing)
            self.known.note(run, passing)
        return kept.filled(serial, packed=manner.packed)

    def _is_fresh(self, run: Run | None, now_s: float) -> bool:
        """Return whether what is known may be believed; see to it that it stays so."""
        if self._refresh_at <= now_s:
            self._refresh_at = now_s + self._keeps_s / 2
            self._in_background("refresh", self.known.refresh)
        return run is None or run.good_until > now_s

    def _in_background(self, key: Hashable, work: Callable[..., None], *facts: object) -> None:
        if key in self._asked:
            return
        self._asked.add(key)

        def run() -> None:
            try:
                work(*facts, now_s=monotonic())
            except DatabaseError as error:
                log.warning("the scan door forgets what it knew", why=str(error))
                self.known.forget()
            finally:
                self._asked.discard(key)

        self._threads.submit(run)

    def _look_up(self, run: Run | None, index: int) -> None:
        """Read the scans of a label; a database that is away is Django's to tell of."""
        try:
            if run is not None:
                self.known.look_up(run, index, now_s=monotonic())
        except DatabaseError:
            self.known.forget()

    def _ask_django(self, scope: Scope, question: Question) -> Page | None:
        now, now_s = clock.now(), monotonic()  # before it looks: nothing is kept for longer
        found = self._ask(scope)
        if not isinstance(found, HttpResponse):
            return None
        keeps_s = min(self._keeps_s, seconds_left(now))
        self._mold(found, question, fresh_until=now_s + keeps_s / 2, good_until=now_s + keeps_s)
        return as_page(found)

    def _mold(
        self, found: HttpResponse, question: Question, *, fresh_until: float, good_until: float
    ) -> None:
        (serial, shown, run, index), asked = question.place, question.variant
        if not isinstance(found, PackPage) or found.look is None or asked is None:
            return
        if run is not None:
            self.known.doubt(run, index)  # Django has logged this scan
        if is_about(found.look, asked, run=run, index=index):
            made = mold(
                found, serial, found.look.verdict,
                fresh_until=fresh_until, good_until=good_until,
            )  # fmt: skip
            if made is not None:
                shown.molds[question.view, asked] = made
