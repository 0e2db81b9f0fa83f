"""``originmark hash FILE…``."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.event_hash import ALGORITHMS, event_hashes, event_prehashes
from originmark.standards.epcis.hash_fields import TooDeep

STANDARD_INPUT = "-"


class Command(BaseCommand):
    """Prints the event hash of every event of some documents."""

    help = (
        "Print the hash of each event of EPCIS documents: its name after what it says.\n"
        "JSON or XML, URN or Digital Link, any time zone: the same event has the same hash. "
        "Nothing is stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files, and what to print of each event."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="a document; - reads one in")
        parser.add_argument(
            "--prehash", action="store_true", help="also the string that the hash is taken of"
        )
        parser.add_argument(
            "--algorithm", choices=list(ALGORITHMS), default="sha-256", help="sha-256 by default"
        )
        parser.add_argument("--json", action="store_true", help="one line of JSON an event")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each event; fail at the end if a document could not be read."""
        unread = 0
        for name in options["files"]:
            try:
                for found in _events(name, options["algorithm"]):
                    self.stdout.write(_line(found, **options))
            except (DocumentInvalid, TooDeep) as refusal:
                self.stderr.write(f"{name}: {refusal}")
                unread += 1
        if unread:
            raise CommandError(f"{unread} document(s) could not be read as EPCIS.")


def _events(name: str, algorithm: str) -> Iterator[dict[str, Any]]:
    data = _content(name)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    media_type = "application/xml" if start == b"<" else "application/json"
    hashes = event_hashes(data, media_type, algorithm=algorithm)
    prehashes = event_prehashes(data, media_type)
    for number, (uri, text) in enumerate(zip(hashes, prehashes, strict=True), start=1):
        yield {"file": name, "event": number, "hash": uri, "prehash": text}


def _content(name: str) -> bytes:
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as reason:
        raise CommandError(f"{name} cannot be read: {reason.strerror}.") from reason


def _line(found: dict[str, Any], **options: Any) -> str:
    if not options["prehash"]:
        found = {key: value for key, value in found.items() if key != "prehash"}
    if options["json"]:
        return json.dumps(found, ensure_ascii=False)
    line = f"{found['hash']}  {found['file']} {found['event']}"
    return f"{line}\n    {found['prehash']}" if "prehash" in found else line
