"""``originmark rulebook check FILE``, ``load FILE`` and ``load --shipped``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web import clock
from originmark.mark.schemes import services
from originmark.mark.schemes.rulebook_kinds.criteria import is_product_set
from originmark.mark.schemes.rulebook_text import Finding
from originmark.mark.schemes.rules import RulebookDoesNotAddUp
from originmark.origin.parties.access import SYSTEM


class Command(BaseCommand):
    help = (
        "Check a rulebook or the criteria of a product set, load it as the next version, or load "
        "what comes with the program."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read the verb and the file."""
        parser.add_argument("verb", choices=["check", "load"])
        parser.add_argument(
            "file", type=Path, nargs="?", help="a rulebook or a product set in TOML"
        )
        parser.add_argument(
            "--shipped",
            action="store_true",
            help="load every rulebook that comes with the program and is not loaded yet",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do as asked; code 1 when something does not add up, 2 when it cannot be read."""
        if options["shipped"] == bool(options["file"]):
            raise CommandError("Name a file, or write --shipped.", returncode=2)
        if options["verb"] == "check" and options["shipped"]:
            raise CommandError("--shipped goes with load.", returncode=2)
        if options["shipped"]:
            self._load_shipped()
        elif options["verb"] == "check":
            self._check(options["file"])
        else:
            self._load(options["file"])

    def _load_shipped(self) -> None:
        report = services.load_shipped(by=SYSTEM, now=clock.now())
        for name in report.loaded:
            self.stdout.write(f"{name} is loaded.")
        for name in report.here_already:
            self.stdout.write(f"{name} was here already.")
        for refusal in report.refused:
            self.stdout.write(f"{refusal}")
        if report.refused:
            raise CommandError(f"{len(report.refused)} file(s) were not loaded.")

    def _load(self, path: Path) -> None:
        text, including = _read(path), Beside(path.parent)
        try:
            if is_product_set(text):
                row = services.load_criteria(text, by=SYSTEM, now=clock.now(), including=including)
                self.stdout.write(f"{row} is loaded.")
                return
            rulebook = services.load_rulebook(text, by=SYSTEM, now=clock.now())
        except RulebookDoesNotAddUp as refusal:
            self.stdout.writelines(f"{finding}\n" for finding in refusal.findings)
            raise CommandError(f"{refusal.count} finding(s); nothing was loaded.") from refusal
        self.stdout.write(f"{rulebook} is loaded, valid from {rulebook.valid_from}.")

    def _check(self, path: Path) -> None:
        text = _read(path)
        if is_product_set(text):
            found, findings = services.check_criteria(text, including=Beside(path.parent))
            self._tell(findings)
            if found is not None:
                self.stdout.write(f"{found.code} adds up: {len(found.criteria())} criteria.")
            return
        rules, findings = services.check_rulebook(text)
        self._tell(findings)
        if rules is not None:
            held = ", ".join(
                f"{count} {name.replace('_', ' ')}(s)" for name, count in rules.contents
            )
            self.stdout.write(f"{rules.code} v{rules.version} adds up: {held}.")

    def _tell(self, findings: list[Finding]) -> None:
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"{len(findings)} finding(s).")


class Beside:
    """Gives the files that a product set includes, from the folder in which it stands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def __call__(self, path: str) -> str | None:
        """Return the text of a file, None where there is none below the folder."""
        file = (self.folder / path).resolve()
        return _read(file) if file.is_relative_to(self.folder) and file.is_file() else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is no text in UTF-8.", returncode=2) from error
