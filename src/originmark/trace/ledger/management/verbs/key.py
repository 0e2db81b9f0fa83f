"""``originmark ledger key`` and ``originmark ledger witness``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.trace.ledger import keys
from originmark.trace.ledger.models import LogKey

KEY_HELP = "make, list or retire the keys that sign the log"
WITNESS_HELP = "add, list or retire the witnesses whose cosignatures are taken"


def add_key_arguments(parser: ArgumentParser) -> None:
    """Take what to do with which key of the log."""
    parser.add_argument("what", choices=["new", "list", "retire"], help="what to do")
    parser.add_argument(
        "key", nargs="?", default="", help="to retire: the public key, or the digits of its id"
    )


def add_witness_arguments(parser: ArgumentParser) -> None:
    """Take what to do with which witness."""
    parser.add_argument("what", choices=["add", "list", "retire"], help="what to do")
    parser.add_argument(
        "key", nargs="?", default="", help="the public key, name+hash+base64; to retire, its id"
    )


def run_key(command: BaseCommand, options: dict[str, Any]) -> None:
    """Do it and say what became of the secret."""
    now = clock.now()
    if options["what"] == "list":
        _list(command, LogKey.Role.LOG)
        return
    try:
        if options["what"] == "new":
            rotation = keys.new(now=now)
            command.stdout.write(f"New key: {rotation.verifier}")
        else:
            rotation = keys.retire(options["key"], now=now)
            command.stdout.write(f"Retired: {rotation.verifier}")
    except RuleViolation as refused:
        raise CommandError(str(refused)) from refused
    if rotation.to_set is None:
        command.stdout.write("The secret is in secrets.env. Start the server again.")
    else:
        command.stdout.write(
            "Set this in the environment, then start the server again (it is a secret):\n"
            f"{keys.SECRET}={rotation.to_set}"
        )


def run_witness(command: BaseCommand, options: dict[str, Any]) -> None:
    """Do it and say so."""
    now = clock.now()
    try:
        if options["what"] == "list":
            _list(command, LogKey.Role.WITNESS)
        elif options["what"] == "add":
            command.stdout.write(f"Witness: {keys.add_witness(options['key'], now=now)}")
        else:
            command.stdout.write(f"Retired: {keys.retire_witness(options['key'], now=now)}")
    except RuleViolation as refused:
        raise CommandError(str(refused)) from refused


def _list(command: BaseCommand, role: str) -> None:
    for each in keys.listed(role):
        until = f"until {each.valid_until:%Y-%m-%d %H:%M}" if each.valid_until else "in use"
        since = f"{each.valid_from:%Y-%m-%d %H:%M}"
        command.stdout.write(f"{each.id}  since {since}  {until}\n    {each.verifier}")
