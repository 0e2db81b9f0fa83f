"""The first sign-in of an installation that starts without the demonstration."""

import getpass
import secrets
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.origin.parties import access, rules, selectors, services
from originmark.origin.parties.models import Organisation, Person


class Command(BaseCommand):
    help = "Make somebody a manager of the programme office, which is made if need be."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address, the office, and where the password comes from."""
        parser.add_argument("email", help="the address to sign in with")
        parser.add_argument(
            "--organisation",
            default="Programme office",
            help="name or code of the programme office (default: Programme office)",
        )
        parser.add_argument("--name", default="", help="the person's name")
        parser.add_argument(
            "--ask", action="store_true", help="ask for a password instead of making one up"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make office, person and membership, or none of them."""
        now = clock.now()
        try:
            with transaction.atomic():
                office = self._office(options["organisation"], now)
                person = selectors.find_person(options["email"]) or self._person(options, now)
                services.add_member(office, person, role=rules.MANAGER, by=access.SYSTEM, now=now)
        except RuleViolation as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{person.email} manages {office.name} ({office.code}).")
        self.stdout.write("Sign in, then set up a second factor under your profile.")

    def _office(self, organisation: str, now: datetime) -> Organisation:
        office = Organisation.objects.filter(name=organisation, runs_programme=True).first()
        office = office or selectors.find_organisation(organisation)
        if office is None:
            office = services.create_organisation(
                kind=Organisation.Kind.AUTHORITY,
                name=organisation,
                runs_programme=True,
                by=access.SYSTEM,
                now=now,
            )
        if not office.runs_programme:
            raise CommandError(f"{office.name} exists and does not run the programme.")
        return office

    def _person(self, options: dict[str, Any], now: datetime) -> Person:
        password = self._password() if options["ask"] else secrets.token_urlsafe(12)
        person = services.register_person(
            email=options["email"],
            name=options["name"],
            password=password,
            by=access.SYSTEM,
            now=now,
        )
        if not options["ask"]:
            self.stdout.write(f"Password: {password}")
        return person

    def _password(self) -> str:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Once more: "):
            raise CommandError("The two passwords differ.")
        if len(password) < 8:
            raise CommandError("A password has at least 8 characters.")
        return password
