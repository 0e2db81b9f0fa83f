"""``originmark ledger``: checks, keys, witnesses, proofs, archives."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from originmark.trace.ledger.management.verbs import archive, check, key, verify


class Command(BaseCommand):
    """Looks after the ledger; each verb is a module of its own."""

    help = (
        "Look after the ledger: check it, sign it, prove it.\n"
        "Recomputes the log, changes its keys, names its witnesses, checks downloaded proofs, "
        "copies old events to files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a verb and what it needs."""
        verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, help="what to do")
        for name, text, add, run in (
            ("check", check.HELP, check.add_arguments, check.run),
            ("key", key.KEY_HELP, key.add_key_arguments, key.run_key),
            ("witness", key.WITNESS_HELP, key.add_witness_arguments, key.run_witness),
            ("verify", verify.HELP, verify.add_arguments, verify.run),
            ("archive", archive.HELP, archive.add_arguments, archive.run),
        ):
            verb = verbs.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
            add(verb)
            verb.set_defaults(run=run)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the verb says."""
        options["run"](self, options)
