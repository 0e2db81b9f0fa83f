"""``originmark credentials``: the keys that sign, and what is signed with them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.mark.passport.credentials import issuing, keys, lapses
from originmark.mark.passport.credentials.keys import Rotation


class Command(BaseCommand):
    """Looks after credentials; each verb calls one service."""

    help = (
        "Look after credentials: change the keys that sign, issue a passport, revoke what lapsed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a verb and what it needs."""
        verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, help="what to do")
        verbs.add_parser("keys", help="list the keys, newest first")
        verbs.add_parser("new-key", help="make a key that signs from the next start on")
        withdraw = verbs.add_parser(
            "withdraw-key",
            help="let nothing count that a key signed: its secret became known",
            prefix_chars="+",  # the name of a key may begin with a hyphen
        )
        withdraw.add_argument("key", help="the key's name, as “keys” lists it")
        issue = verbs.add_parser("issue", help="print the signed passport of a lot")
        issue.add_argument("lot", help="the lot's code")
        verbs.add_parser("watch", help="revoke now what stands on a record that lapsed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the verb says."""
        now, verb = clock.now(), options["verb"]
        try:
            if verb == "issue":
                self.stdout.write(issuing.passport_of_lot(options["lot"], now=now).token)
            elif verb == "watch":
                self.stdout.write(f"{lapses.watch(now=now)} credential(s) revoked.")
            elif verb == "new-key":
                self._say(keys.new(now=now))
            elif verb == "withdraw-key":
                self._say(keys.withdraw(options["key"], now=now))
            else:
                self._list()
        except RuleViolation as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self) -> None:
        for key in keys.listed():
            end = f", withdrawn {key.withdrawn_at:%Y-%m-%d}" if key.withdrawn_at else ""
            self.stdout.write(f"{key.thumbprint}  since {key.valid_from:%Y-%m-%d}{end}")

    def _say(self, rotation: Rotation) -> None:
        self.stdout.write(rotation.thumbprint)
        if rotation.to_set:
            self.stderr.write("The environment has the secret. Set it there to:")
            self.stdout.write(f"{keys.SECRET}={rotation.to_set}")
        self.stderr.write("Start the server again, so that it signs with the new secret.")
