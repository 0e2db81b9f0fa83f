"""``originmark capture FILE-OR-FOLDER``."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.trace.ledger import services
from originmark.trace.ledger.rules import DocumentRefused
from originmark.trace.ledger.services import CaptureResult, FileTerms, Tally

SUFFIXES = {".json", ".jsonld", ".xml"}


class Command(BaseCommand):
    """Captures EPCIS documents from files."""

    help = (
        "Capture EPCIS documents (JSON 2.0; XML 2.0 and 1.x) from a file or a folder.\n"
        "A JSON document may be of any size. Each is stored as a whole or not at all, unless "
        "--proceed is given; the same event again is stored once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a path, on whose behalf, and the shape of the answer."""
        parser.add_argument("path", type=Path, help="a file, or a folder: .json, .jsonld, .xml")
        parser.add_argument("--organisation", help="code of the organisation that sends them")
        parser.add_argument(
            "--proceed", action="store_true", help="store the rest where an event is refused"
        )
        parser.add_argument("--json", action="store_true", help="one line of JSON a document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Capture every document; fail at the end if one was refused."""
        root = options["path"]
        terms = FileTerms(
            access.SYSTEM,
            clock.now(),
            organisation_id=_organisation_id(options["organisation"]),
            error_behaviour=services.PROCEED if options["proceed"] else services.ROLLBACK,
        )
        outcomes = [_capture(path, root, terms) for path in _documents(root)]
        for outcome in outcomes:
            self.stdout.write(
                json.dumps(outcome, ensure_ascii=False) if options["json"] else _line(outcome)
            )
        refused = sum(1 for outcome in outcomes if outcome["problems"])
        stored = sum(outcome["stored"] for outcome in outcomes)
        repeated = sum(outcome["repeated"] for outcome in outcomes)
        self.stderr.write(
            f"{len(outcomes) - refused} of {len(outcomes)} documents captured: "
            f"{stored} events stored, {repeated} were there before."
        )
        if refused:
            kept = "the rest was stored" if options["proceed"] else "nothing of them was stored"
            raise CommandError(f"{refused} document(s) refused; {kept}.")


class Counter:
    """Counts what becomes of a file."""

    def __init__(self) -> None:
        self.tally = Tally()

    def hear(self, result: CaptureResult) -> None:
        """Count a batch."""
        self.tally.add(result)

    def keep(self, *, is_last: bool) -> None:
        """Keep nothing: the counts are printed."""


def _capture(path: Path, root: Path, terms: FileTerms) -> dict[str, Any]:
    name = path.name if path == root else path.relative_to(root).as_posix()
    kind = "application/xml" if path.suffix.lower() == ".xml" else "application/json"
    counted, problems = Counter(), []
    try:
        services.capture_file(path, replace(terms, source=name, media_type=kind), counted)
    except RuleViolation as refusal:
        problems = _problems(refusal)
    tally = Tally() if problems else counted.tally
    advice = [{"pointer": each.pointer, "reason": each.reason} for each in tally.advice]
    problems += [each for failure in tally.failures for each in _problems(failure.refusal)]
    return {
        "document": name,
        "stored": tally.stored,
        "repeated": tally.repeated,
        "advice": advice,
        "problems": problems,
    }


def _problems(refusal: RuleViolation) -> list[dict[str, str]]:
    if isinstance(refusal, DocumentRefused):
        return [
            {"pointer": each.pointer or "/", "reason": each.reason} for each in refusal.problems
        ]
    return [{"pointer": "/", "code": refusal.code, "reason": str(refusal)}]


def _organisation_id(code: str | None) -> int | None:
    if code is None:
        return None
    organisation = parties.find_organisation(code)
    if organisation is None:
        raise CommandError(f"No organisation has the code {code!r}.")
    return organisation.pk


def _documents(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    elif root.is_dir():
        yield from sorted(path for path in root.rglob("*") if path.suffix.lower() in SUFFIXES)
    else:
        raise CommandError(f"There is no file or folder {root}.")


def _line(outcome: dict[str, Any]) -> str:
    if outcome["problems"]:
        reasons = (f"    {each['pointer']}: {each['reason']}" for each in outcome["problems"])
        return "\n".join([f"refused   {outcome['document']}", *reasons])
    counts = f"{outcome['stored']} stored"
    if outcome["repeated"]:
        counts += f", {outcome['repeated']} there before"
    if outcome["advice"]:
        counts += f", {len(outcome['advice'])} pieces of advice (--json shows them)"
    return f"captured  {outcome['document']}: {counts}"
