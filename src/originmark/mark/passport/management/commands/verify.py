"""``originmark verify``: a credential, checked without asking any server."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web import clock
from originmark.mark.passport.credentials import checking
from originmark.standards.credentials import did_web
from originmark.standards.credentials.did_web import DidDocument, DocumentInvalid
from originmark.standards.credentials.jose import TokenMalformed
from originmark.standards.credentials.verification import Verification


class Command(BaseCommand):
    """Says each check in words; the exit code is 0 only when all of them passed."""

    help = (
        "Verify a signed credential: who issued it, its signature, its dates, its status.\n"
        "Nothing is fetched. What this installation issued is verified with its own keys and "
        "lists; for others give --document and --status-list. Exit code 2 when it does not count."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and what is known of its issuer."""
        parser.add_argument("file", type=Path, help="the signed credential (vc+jwt)")
        parser.add_argument(
            "--document",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="an issuer's DID document (did.json); more than one may be given",
        )
        parser.add_argument(
            "--status-list",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a signed status list; more than one may be given",
        )
        parser.add_argument("--json", action="store_true", help="say it for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and say what was found."""
        try:
            found = checking.check(
                _text(options["file"]),
                now=clock.now(),
                issuers=[_document(path) for path in options["document"]],
                status_lists=[_text(path) for path in options["status_list"]],
                only_given=bool(options["document"]),
            )
        except TokenMalformed as problem:
            raise CommandError(f"A status list cannot be read: {problem}.") from problem
        lines = [json.dumps(_as_json(found))] if options["json"] else _lines(found)
        for line in lines:
            self.stdout.write(line)
        if not found.is_valid:
            raise CommandError(f"The credential does not count: {found.reason}.", returncode=2)


def _lines(found: Verification) -> list[str]:
    steps = [
        f"{number}. {'ok' if check.is_passed else 'NO'}  {check.name}: {check.found}"
        for number, check in enumerate(found.checks, start=1)
    ]
    named = str(found.credential.get("name", "The credential"))
    return [*steps, f"{named}: valid."] if found.is_valid else steps


def _as_json(found: Verification) -> dict[str, Any]:
    return {
        "valid": found.is_valid,
        "reason": found.reason,
        "checks": [
            {"name": check.name, "passed": check.is_passed, "found": check.found}
            for check in found.checks
        ],
        "credential": found.credential,
    }


def _document(path: Path) -> DidDocument:
    try:
        return did_web.read_document(json.loads(_text(path)))
    except (ValueError, RecursionError, DocumentInvalid) as problem:
        raise CommandError(f"{path} is no document of an issuer: {problem}") from problem


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as problem:
        raise CommandError(f"{path} cannot be read: {problem}") from problem
