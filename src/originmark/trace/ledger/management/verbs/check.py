"""``originmark ledger check``."""

import dataclasses
import json
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web import clock
from originmark.trace.ledger import checking, checking_signed, proving, signing
from originmark.trace.ledger.log_refusals import LogRewritten
from originmark.trace.ledger.proving import Head
from originmark.trace.ledger.values import Checked, Finding

HELP = "check that nothing in the ledger was changed; exit code 2 when something was"
NEWEST = 100


def add_arguments(parser: ArgumentParser) -> None:
    """Take how much to check, and the shape of the answer."""
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument(
        "--sample",
        type=int,
        metavar="N",
        help="only N events drawn by chance, each proven under the newest signed checkpoint, and "
        "the newest 100 checkpoints",
    )
    parser.add_argument(
        "--from", type=int, default=0, dest="start", metavar="PLACE", help="begin at this place"
    )
    parser.add_argument(
        "--seconds",
        type=float,
        metavar="S",
        help="stop after so many seconds, and say where to go on",
    )


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    """Check the log and say what was found, and how far it came."""

    def report(done: int, total: int) -> None:
        command.stderr.write(f"{done} of {total} events checked")

    sample = options["sample"]
    if (sample is not None and sample < 1) or options["start"] < 0:
        raise CommandError("--sample takes a number from 1, --from a place from 0.")
    if sample is None:
        checked, said = _walk(options, report)
    else:
        checked, said = _sample(sample, report)
    if options["json"]:
        facts = _facts(checked) | ({} if sample is None else {"from": None, "to": None})
        command.stdout.write(json.dumps(facts | {"sample": sample}, ensure_ascii=False))
    else:
        for each in checked.findings:
            command.stdout.write(_line(each))
    if checked.findings:
        raise CommandError(
            f"{len(checked.findings)} finding(s) in a log of {checked.size} events. Stop capture, "
            "keep a copy of the database as it is, and restore the ledger from a backup.",
            returncode=2,
        )
    if not options["json"]:
        command.stdout.write(said)


def _walk(options: dict[str, Any], report: Callable[[int, int], None]) -> tuple[Checked, str]:
    size = proving.head().size
    if options["start"] > size:
        raise CommandError(f"--from {options['start']} lies beyond the log of {size} events.")
    ends_at = time.monotonic() + options["seconds"] if options["seconds"] else None
    checked = checking.findings(
        report,
        start=options["start"],
        is_time_up=lambda: ends_at is not None and time.monotonic() >= ends_at,
    )
    if checked.end < checked.size:
        return checked, (
            f"Events {checked.start} to {checked.end - 1} of {checked.size} are whole. Go on "
            f"with: originmark ledger check --from {checked.end}"
        )
    signed = checking_signed.findings()
    checked = dataclasses.replace(checked, findings=[*checked.findings, *signed])
    whole = "The log is whole" if checked.start == 0 else f"The log from {checked.start} is whole"
    return checked, f"{whole}: {checked.size} events, root {proving.head().root.hex()}."


def _sample(count: int, report: Callable[[int, int], None]) -> tuple[Checked, str]:
    try:
        newest = signing.newest(now=clock.now())
    except LogRewritten:  # the findings say where
        last = signing.latest()
        found = checking_signed.findings(NEWEST)
        return Checked(found, 0, 0, last.size if last else 0), ""
    head = Head(newest.size, newest.root)
    found = [
        *checking_signed.sample(count, head, report),
        *checking_signed.findings(NEWEST),
    ]
    drawn = min(count, head.size)
    said = f"The sample is whole: {drawn} of {head.size} events, each proven under the checkpoint "
    return Checked(found, 0, drawn, head.size), f"{said}that was signed at {newest.signed_at}."


def _facts(checked: Checked) -> dict[str, Any]:
    return {
        "size": checked.size,
        "root": proving.head().root.hex(),
        "whole": not checked.findings,
        "from": checked.start,
        "to": checked.end,
        "findings": [dataclasses.asdict(each) for each in checked.findings],
    }


def _line(finding: Finding) -> str:
    place = "log" if finding.index is None else f"event {finding.index}"
    return f"{finding.code:<10} {place}  {finding.event_id or '–'}\n    {finding.sentence}"
