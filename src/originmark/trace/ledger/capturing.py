"""The heart of capture: drafts become events, inside one transaction that holds the log."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.problems import Problem
from originmark.trace.ledger import log, master_data, rules, semantics, sockets, store
from originmark.trace.ledger.drafts import Draft
from originmark.trace.ledger.garbage import left_alone
from originmark.trace.ledger.reading import Reading
from originmark.trace.ledger.rules import Earlier
from originmark.trace.ledger.values import CaptureResult, Failure, StoredEvent

PROCEED, ROLLBACK = "proceed", "rollback"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends events, on whose behalf, when and out of what."""

    by: Actor
    now: datetime
    source: str
    organisation_id: int | None


@dataclass(slots=True)
class Taken:
    """What became of drafts: new events, the place in the log of each event, and what failed."""

    stored: list[StoredEvent] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    """Place in the document, place in the log."""
    failures: list[Failure] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)

    def __iadd__(self, other: "Taken") -> "Taken":
        self.stored += other.stored
        self.places += other.places
        self.failures += other.failures
        self.advice += other.advice
        return self


@left_alone()
def capture(found: Reading, sender: Sender, *, is_greedy: bool) -> CaptureResult:
    """Store what was read of a document, or of a part of it; the caller holds a transaction open.

    Unless greedy, whatever is refused is raised.
    """
    taken = (take_some if is_greedy else take_all)(found.drafts, sender)
    if found.master_data:
        master_data.keep(
            found.master_data,
            source=sender.source,
            organisation_id=sender.organisation_id,
            now=sender.now,
        )
    known = {each.id: each for each in taken.stored}
    known |= store.from_rows(index for _place, index in taken.places if index not in known)
    return CaptureResult(
        stored=taken.stored,
        repeated=len(taken.places) - len(taken.stored),
        advice=found.advice + taken.advice,
        events=[known[index] for _place, index in taken.places],
        places=[place for place, _index in taken.places],
        failures=found.failures + taken.failures,
    )


def own_organisation(by: Actor) -> int | None:
    """Return the organisation for which the actor records, the first if there are several."""
    may = (
        each
        for each in by.organisation_ids
        if access.allows(by, "ledger.capture", organisation_id=each)
    )
    return next(may, None)


def take_all(drafts: Sequence[Draft], sender: Sender) -> Taken:
    """Store what is new among the drafts; whatever is refused is raised, and nothing is kept.

    The caller holds a transaction open.
    """
    return _take(drafts, sender, is_greedy=False)


def take_some(drafts: Sequence[Draft], sender: Sender) -> Taken:
    """Store what can be stored; a refused event is listed and costs no other its place.

    Where a listener refuses, the drafts are halved until the culprits stand alone: for one of
    them among n about 2 log n attempts, each undone by its savepoint.
    """
    try:
        with transaction.atomic():
            return _take(drafts, sender, is_greedy=True)
    except RuleViolation as refusal:
        if len(drafts) == 1:
            [only] = drafts
            return Taken(failures=[Failure(only.place, only.event_id, refusal)])
    half = len(drafts) // 2
    taken = take_some(drafts[:half], sender)
    taken += take_some(drafts[half:], sender)
    return taken


def _take(drafts: Sequence[Draft], sender: Sender, *, is_greedy: bool) -> Taken:
    state = log.lock()
    # Whoever asks for what was recorded since then must miss nothing: along the log, times never
    # go back, though clocks differ and a writer may have waited for the lock.
    sender = replace(sender, now=max(sender.now, state.grew_at or sender.now))
    taken, new = _sort_out(drafts, sender, first=state.size, is_greedy=is_greedy)
    if not new:
        return taken
    taken.advice = semantics.remarks(
        new, by=sender.by, now=sender.now, organisation_id=sender.organisation_id
    )
    taken.stored = [
        each.stored(
            index,
            now=sender.now,
            organisation_id=sender.organisation_id,
            captured_by_id=sender.by.person_id,
        )
        for index, each in enumerate(new, start=state.size)
    ]
    pairs = list(zip(new, taken.stored, strict=True))
    store.write(state, pairs, source=sender.source, now=sender.now)
    sockets.tell_listeners(taken.stored, by=sender.by, now=sender.now)
    return taken


def _sort_out(
    drafts: Sequence[Draft], sender: Sender, *, first: int, is_greedy: bool
) -> tuple[Taken, list[Draft]]:
    """Return the place in the log of every draft, and the drafts that are new."""
    by_name: dict[str, list[Earlier]] = defaultdict(list)
    by_content: dict[str, list[Earlier]] = defaultdict(list)
    for each in store.earlier_events(drafts):
        by_name[each.event_id].append(each)
        by_content[each.fingerprint].append(each)
    taken, new = Taken(), list[Draft]()
    for each_draft in drafts:
        arrival, name = each_draft.arrival, each_draft.event_id
        if arrival.fingerprint in by_content and (
            again := rules.repeated(arrival, by_content[arrival.fingerprint])
        ):
            taken.places.append((each_draft.place, again.id))
            continue
        try:
            if name in by_name:
                _refuse(each_draft, by_name[name], sender)
        except RuleViolation as refusal:
            if not is_greedy:
                raise
            taken.failures.append(Failure(each_draft.place, name, refusal))
            continue
        entry = Earlier(
            first + len(new), name, arrival.fingerprint, arrival.is_error_declaration,
            sender.organisation_id,
        )  # fmt: skip
        by_name[name].append(entry)
        by_content[arrival.fingerprint].append(entry)
        taken.places.append((each_draft.place, entry.id))
        new.append(each_draft)
    return taken, new


def _refuse(draft: Draft, namesakes: list[Earlier], sender: Sender) -> None:
    rules.refuse_conflict(draft.arrival, namesakes)
    if not sender.by.sees_everything:
        rules.refuse_foreign_declaration(
            draft.arrival, namesakes, organisation_id=sender.organisation_id
        )
