"""Kill processes that capture, again and again, and count what that cost.

``python kills.py KILLS [--answer-early]`` prints one line of JSON; ``make kills`` runs it on SQLite
and PostgreSQL. Two processes capture documents at once and write a line for each one that was
answered; one of them is killed, and another takes its place: by turns at a random moment and at
the moment when it has answered, however busy the machine is. In the end every answered document
must be there, whole and once, and the log must be whole. ``--answer-early`` is
the control: it answers before the transaction ends, which must lose documents, or the count
proves nothing.
"""

import json
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

import django

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
EVENTS = 20  # in a document
WRITERS = 2
LONGEST_S = 0.12  # between two kills at a random moment
LATEST_S = 30.0  # for an answer
Answered = tuple[str, int]


@dataclass
class Writer:
    """A process that captures, and the pipe on which it tells what was answered."""

    pid: int
    told: int
    read: bytes = b""
    answered: list[Answered] = field(default_factory=list)

    def listen(self) -> None:
        """Read what the process has told so far."""
        while select.select([self.told], [], [], 0)[0]:
            piece = os.read(self.told, 65536)
            if not piece:
                break
            self.read += piece
        *lines, self.read = self.read.split(b"\n")
        for line in lines:
            name, count = line.decode().split()
            self.answered.append((name, int(count)))


def main() -> None:
    """Run the kills, check what is left and print the counts."""
    kills, early = int(sys.argv[1]), "--answer-early" in sys.argv
    django.setup()
    warm_up()
    chance = random.Random(20260922)
    writers = [start(f"w{number}", early=early) for number in range(WRITERS)]
    answered: list[Answered] = []
    for number in range(kills):
        if number % 2:
            victim = next_to_answer(writers)
        else:
            time.sleep(chance.uniform(0, LONGEST_S))
            victim = chance.choice(writers)
        writers.remove(victim)
        os.kill(victim.pid, signal.SIGKILL)
        answered += told_by(victim)
        writers.append(start(f"k{number}", early=early))
    for writer in writers:
        os.kill(writer.pid, signal.SIGKILL)
        answered += told_by(writer)
    sys.stdout.write(json.dumps({"kills": kills} | counts(answered)))


def warm_up() -> None:
    """Compile what every process needs, so that they capture while they live."""
    from originmark.trace.ledger.reading import Reader

    Reader(NOW).document(document("w"), "application/json")


def next_to_answer(writers: list[Writer]) -> Writer:
    """Wait until one of the processes answers, and return it."""
    for each in writers:
        each.listen()
    pipes = {each.told: each for each in writers}
    answering = select.select(list(pipes), [], [], LATEST_S)[0]
    return pipes[answering[0]] if answering else writers[0]


def told_by(writer: Writer) -> list[Answered]:
    """Return what a process that is gone had answered."""
    os.waitpid(writer.pid, 0)
    writer.listen()
    os.close(writer.told)
    return writer.answered


def start(name: str, *, early: bool) -> Writer:
    """Start a process that captures until it is killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Writer(pid, reading)
    try:
        capture_for_ever(name, writing, early=early)
    finally:
        os._exit(1)


def capture_for_ever(name: str, writing: int, *, early: bool) -> None:
    """Capture documents, and tell of each one when it is answered."""
    from django.db import OperationalError, transaction

    from originmark.origin.parties.access import SYSTEM
    from originmark.trace.ledger import services

    for number in range(10**9):
        told = f"{name}-{number} {EVENTS}\n".encode()
        try:
            with transaction.atomic():
                services.capture(document(f"{name}-{number}"), by=SYSTEM, now=NOW)
                if early:
                    os.write(writing, told)
                    time.sleep(0.01)
        except OperationalError:  # SQLite: the other process held the file for too long
            continue
        if not early:
            os.write(writing, told)


def document(name: str) -> bytes:
    """Return a document of inspections that only this name has."""
    return json.dumps(
        {
            "@context": ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld"],
            "type": "EPCISDocument",
            "schemaVersion": "2.0",
            "creationDate": "2026-09-30T08:00:00Z",
            "epcisBody": {"eventList": [event(name, number) for number in range(EVENTS)]},
        }
    ).encode()


def event(name: str, number: int) -> dict[str, object]:
    """Return one event of a document."""
    return {
        "type": "ObjectEvent",
        "eventID": f"urn:kill:{name}:{number}",
        "eventTime": "2026-09-22T07:15:00.000+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": "inspecting",
        "epcList": [f"urn:thing:{name}:{number}"],
    }


def counts(answered: list[Answered]) -> dict[str, int]:
    """Return how many documents were answered, how many events are lost, doubled or torn."""
    from collections import Counter

    from originmark.trace.ledger import services
    from originmark.trace.ledger.models import Event, EventIdentifier

    there = Counter(Event.objects.values_list("event_id", flat=True))
    named = Counter(EventIdentifier.objects.values_list("event__event_id", flat=True))
    expected = [f"urn:kill:{name}:{each}" for name, count in answered for each in range(count)]
    documents = Counter(event_id.rsplit(":", 1)[0] for event_id in there)
    return {
        "answered": len(answered),
        "stored": there.total(),
        "lost": sum(1 for event_id in expected if not there[event_id]),
        "doubled": sum(1 for count in there.values() if count > 1),
        "torn": sum(1 for count in documents.values() if count != EVENTS)
        + sum(1 for event_id in there if named[event_id] != 1),
        "findings": len(services.check_log()),
    }


if __name__ == "__main__":
    main()
