"""``originmark ledger check``."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.trace.ledger import selectors, services
from originmark.trace.ledger.values import Finding


class Command(BaseCommand):
    """Looks after the ledger."""

    help = (
        "Check that nothing in the ledger was changed: ledger check.\n"
        "Recomputes every leaf of the log, the tree and the index, and names each event that is "
        "wrong. Exit code 2 when something is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and the shape of the answer."""
        parser.add_argument("action", choices=["check"], help="what to do")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the log and say what was found."""
        findings = services.check_log(self._report)
        head = selectors.checkpoint()
        if options["json"]:
            answer = {
                "size": head.size,
                "root": head.root.hex(),
                "whole": not findings,
                "findings": [dataclasses.asdict(each) for each in findings],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for each in findings:
                self.stdout.write(_line(each))
        if findings:
            raise CommandError(
                f"{len(findings)} finding(s) in a log of {head.size} events. Stop capture, keep "
                "a copy of the database as it is, and restore the ledger from a backup.",
                returncode=2,
            )
        if not options["json"]:
            self.stdout.write(f"The log is whole: {head.size} events, root {head.root.hex()}.")

    def _report(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} of {total} events checked")


def _line(finding: Finding) -> str:
    place = "log" if finding.index is None else f"event {finding.index}"
    return f"{finding.code:<10} {place}  {finding.event_id or '–'}\n    {finding.sentence}"
