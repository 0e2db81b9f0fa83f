"""``originmark import NAME FILE``: take a register from a file."""  # noqa: N999 (the command is named so)

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web.importer import RowError
from originmark.frame.web.imports import ImportReport, known_imports
from originmark.frame.web.refusals import RuleViolation


class Command(BaseCommand):
    help = "Take a register from a file; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read the name of the register and the file."""
        names = [each.name for each in known_imports()]
        parser.add_argument("register", choices=names, help=f"one of {', '.join(names)}")
        parser.add_argument("file", type=Path, help="CSV in UTF-8, or XLSX")
        parser.add_argument("--check", action="store_true", help="read and report, take nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take the file and say what became of it; code 1 when a row was refused."""
        register = next(each for each in known_imports() if each.name == options["register"])
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.", returncode=2)
        act = register.check if options["check"] else register.take
        try:
            report = act(options["file"])
        except RuleViolation as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False))
        else:
            self._print(report, verb="would be taken" if options["check"] else "taken")
        if report.refused:
            raise CommandError(f"{report.refused} row(s) refused.", returncode=1)

    def _print(self, report: ImportReport, *, verb: str) -> None:
        for note in report.refusals:
            self.stdout.write(f"Refused: {_line(note)}")
        for note in report.remarks:
            self.stdout.write(f"Remark:  {_line(note)}")
        self.stdout.write(
            f"{report.taken:,} {verb}, {report.changed:,} changed, "
            f"{report.unchanged:,} unchanged, {report.refused:,} refused."
        )


def _line(note: RowError) -> str:
    return f"row {note.row}, {note.column}: {note.reason}"
