"""``originmark capture FILE-OR-FOLDER``."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.trace.ledger import services
from originmark.trace.ledger.rules import DocumentRefused

SUFFIXES = {".json", ".jsonld"}


class Command(BaseCommand):
    """Captures EPCIS documents from files."""

    help = (
        "Capture EPCIS 2.0 documents (JSON) from a file or a folder.\n"
        "Each document is stored as a whole or not at all; the same event again is stored once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a path, on whose behalf, and the shape of the answer."""
        parser.add_argument("path", type=Path, help="a .json or .jsonld file, or a folder of them")
        parser.add_argument("--organisation", help="code of the organisation that sends them")
        parser.add_argument("--json", action="store_true", help="one line of JSON a document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Capture every document; fail at the end if one was refused."""
        owner = _organisation_id(options["organisation"])
        root = options["path"]
        outcomes = [self._capture(path, root, owner) for path in _documents(root)]
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
            raise CommandError(f"{refused} document(s) refused; nothing of them was stored.")

    def _capture(self, path: Path, root: Path, owner: int | None) -> dict[str, Any]:
        name = path.name if path == root else path.relative_to(root).as_posix()
        outcome: dict[str, Any] = {
            "document": name, "stored": 0, "repeated": 0, "advice": [], "problems": [],
        }  # fmt: skip
        try:
            result = services.capture(
                path.read_bytes(),
                by=access.SYSTEM,
                now=clock.now(),
                source=name,
                organisation_id=owner,
            )
        except DocumentRefused as refusal:
            outcome["problems"] = [
                {"pointer": each.pointer or "/", "reason": each.reason} for each in refusal.problems
            ]
        except RuleViolation as refusal:
            outcome["problems"] = [{"pointer": "/", "code": refusal.code, "reason": str(refusal)}]
        else:
            outcome["stored"], outcome["repeated"] = len(result.stored), result.repeated
            outcome["advice"] = [
                {"pointer": each.pointer, "reason": each.reason} for each in result.advice
            ]
        return outcome


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
