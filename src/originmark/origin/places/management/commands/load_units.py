"""originmark load-units: bring the administrative units up to date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from originmark.origin.parties import access
from originmark.origin.places import services


class Command(BaseCommand):
    help = (
        "Load the provinces, prefectures, counties, districts and communes of Vietnam (before "
        "and after 1 July 2025) and China. A second run changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the countries."""
        parser.add_argument(
            "--country", action="append", choices=["VN", "CN"], help="only this one (repeatable)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how much came."""
        schemes = options["country"] or ["VN", "CN"]
        counts = services.load_units(schemes=schemes, by=access.SYSTEM)
        self.stdout.write(
            f"{counts.added} units added, {counts.changed} changed, "
            f"{counts.successions} successions and {counts.aliases} other spellings added."
        )
