"""``originmark ledger verify``: a downloaded proof, checked without asking anybody."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from originmark.standards.transparency import bundles
from originmark.standards.transparency.bundles import BundleInvalid, Proof, Verified
from originmark.standards.transparency.notes import NoteInvalid, VerifierKey

HELP = "check a downloaded proof, without asking any server; exit code 2 when it does not hold"


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file, and the keys that are trusted."""
    parser.add_argument("file", type=Path, help="the proof bundle (JSON)")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KEY",
        help="a public key of the log that you have from elsewhere; more than one may be given",
    )


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    """Verify the proof and say, step by step, what it proves."""
    try:
        trusted = [VerifierKey.parse(line) for line in options["key"]]
    except NoteInvalid as invalid:
        raise CommandError(f"--key: {invalid}") from invalid
    try:
        bundle = orjson.loads(options["file"].read_bytes())
    except (OSError, ValueError) as problem:
        raise CommandError(f"{options['file']} cannot be read: {problem}") from problem
    try:
        proof = bundles.read(bundle)
        verified = bundles.verify(proof, trusted=trusted)
    except BundleInvalid as invalid:
        raise CommandError(f"The proof does not hold: {invalid}.", returncode=2) from invalid
    for line in _said(proof, verified):
        command.stdout.write(line)
    if not trusted:
        command.stderr.write(
            "The keys came in the file itself. To know that they are the log's own, compare them "
            "with keys that you have from elsewhere, or give those with --key."
        )


def _said(proof: Proof, verified: Verified) -> list[str]:
    head = verified.checkpoint
    way = (
        f"{len(proof.path)} hashes lead from place {proof.index} to the root of {head.size} leaves"
    )
    signers = ", ".join(each.name for each in verified.signed_by)
    steps = [
        f"1. The leaf is SHA-256 of 00 and the event's record: {proof.leaf.hex()}",
        f"2. {way}: {head.root.hex()}",
        f"3. That root is signed by {signers}.",
    ]
    steps += [
        f"4. {each.name} saw it at {datetime.fromtimestamp(each.timestamp, UTC).isoformat()}."
        for each in verified.witnessed_by
    ]
    return [*steps, f"The proof holds: {_event(proof)} is in the log {head.origin}."]


def _event(proof: Proof) -> str:
    try:
        said = orjson.loads(proof.data)
        return f"event {said['eventID']}, recorded at {said['recordTime']},"
    except (ValueError, TypeError, KeyError):
        return f"leaf {proof.index}"
