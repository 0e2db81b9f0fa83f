"""``originmark rulebook check FILE`` and ``originmark rulebook load FILE``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web import clock
from originmark.mark.schemes import services
from originmark.mark.schemes.rules import RulebookDoesNotAddUp
from originmark.origin.parties.access import SYSTEM


class Command(BaseCommand):
    help = "Check a rulebook file, or load it as the next version."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read the verb and the file."""
        parser.add_argument("verb", choices=["check", "load"])
        parser.add_argument("file", type=Path, help="a rulebook in TOML")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do as asked; code 1 when the rulebook does not add up, 2 when it cannot be read."""
        text = _read(options["file"])
        if options["verb"] == "check":
            self._check(text)
            return
        try:
            rulebook = services.load_rulebook(text, by=SYSTEM, now=clock.now())
        except RulebookDoesNotAddUp as refusal:
            self.stdout.writelines(f"{finding}\n" for finding in refusal.findings)
            raise CommandError(f"{refusal.count} finding(s); nothing was loaded.") from refusal
        self.stdout.write(f"{rulebook} is loaded, valid from {rulebook.valid_from}.")

    def _check(self, text: str) -> None:
        rules, findings = services.check_rulebook(text)
        for finding in findings:
            self.stdout.write(str(finding))
        if rules is None:
            raise CommandError(f"{len(findings)} finding(s).")
        held = ", ".join(f"{count} {name.replace('_', ' ')}(s)" for name, count in rules.contents)
        self.stdout.write(f"{rules.code} v{rules.version} adds up: {held}.")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is no text in UTF-8.", returncode=2) from error
