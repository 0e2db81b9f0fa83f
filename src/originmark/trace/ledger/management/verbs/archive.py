"""``originmark ledger archive``: old events as Parquet files, with what proves them."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import get_default_timezone

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.standards.transparency.notes import NoteInvalid, VerifierKey

HELP = (
    "copy old events to Parquet files with their proofs (--before, --to), or check such a folder "
    "(check FOLDER); nothing leaves the ledger"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Take what to copy where, or which folder to check."""
    parser.add_argument(
        "words", nargs="*", metavar="check FOLDER", help="check a folder instead of writing one"
    )
    parser.add_argument(
        "--before",
        type=date.fromisoformat,
        metavar="DATE",
        help="copy the events that were recorded before this day (2026-01-31)",
    )
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="an empty or new folder")
    parser.add_argument(
        "--from", type=int, default=0, dest="start", metavar="PLACE", help="begin at this place"
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KEY",
        help="to check: a public key of the log that you have from elsewhere",
    )


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    """Write an archive, or check one; exit code 2 when it does not hold."""
    match options["words"]:
        case []:
            _write(command, options)
        case ["check", folder]:
            _check(command, Path(folder), options["key"])
        case _:
            raise CommandError("Say “archive --before DATE --to FOLDER” or “archive check FOLDER”.")


def _write(command: BaseCommand, options: dict[str, Any]) -> None:
    from originmark.trace.ledger import archiving  # noqa: PLC0415 (polars loads slowly)

    if options["before"] is None or options["to"] is None or options["start"] < 0:
        raise CommandError("An archive needs --before DATE and --to FOLDER; --from from 0.")
    try:
        manifest = archiving.archive(
            options["to"],
            before=datetime.combine(options["before"], time.min, get_default_timezone()),
            now=clock.now(),
            start=options["start"],
            report=lambda done, total: command.stderr.write(f"{done} of {total} events copied"),
        )
    except RuleViolation as refused:
        raise CommandError(str(refused)) from refused
    count = manifest.end - manifest.first
    command.stdout.write(
        f"{count} events, places {manifest.first} to {manifest.end - 1}, in {len(manifest.files)} "
        f"file(s) under {options['to']}. The next archive begins with --from {manifest.end}."
    )


def _check(command: BaseCommand, folder: Path, lines: list[str]) -> None:
    from originmark.trace.ledger import archive_files  # noqa: PLC0415 (polars loads slowly)

    try:
        trusted = [VerifierKey.parse(line) for line in lines]
    except NoteInvalid as invalid:
        raise CommandError(f"--key: {invalid}") from invalid
    try:
        checked = archive_files.check(folder, trusted=trusted)
    except archive_files.ArchiveInvalid as invalid:
        raise CommandError(f"This is no archive that can be checked: {invalid}.") from invalid
    for each in checked.findings:
        command.stdout.write(each)
    if checked.findings or checked.checkpoint is None:
        raise CommandError(f"{len(checked.findings)} finding(s) in {folder}.", returncode=2)
    head = checked.checkpoint
    command.stdout.write(
        f"All {checked.end - checked.first} events (places {checked.first} to {checked.end - 1}) "
        f"are in the log {head.origin} as it was signed at {head.size} events."
    )
    if not trusted:
        command.stderr.write(
            "The keys came in the manifest itself: compare them with keys from elsewhere, or give "
            "those with --key."
        )
