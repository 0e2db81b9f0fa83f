from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from originmark.demo import build, people
from originmark.demo.quang_ninh import figures
from originmark.frame.web import clock


class Command(BaseCommand):
    help = "Build two made-up regions (Yangqu millet, stars of Quang Ninh) to look at."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="delete a demonstration on SQLite first"
        )

        parser.add_argument(
            "--figures", action="store_true", help="count what there is in the province, by query"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fresh"]:
            self._delete()
        call_command("migrate", verbosity=0)
        if build.is_built():
            self.stderr.write("The demonstration region is there already; --fresh builds it anew.")
        else:
            self._build()
        if options["figures"]:
            self._count()
        self.stdout.write(f"\nSign in at {settings.PUBLIC_URL} with password {people.PASSWORD}:")
        for person in people.EVERYBODY:
            self.stdout.write(f"  {person.email:<24} {person.can}")

    def _build(self) -> None:
        self.stderr.write("Building the demonstration region (about a minute) …")
        built = build.build(now=clock.now())
        (settings.HOME / "demonstration").touch()
        self.stdout.write("\nAddresses to open as a shopper would:")
        for name, address in built.codes.items():
            self.stdout.write(f"  {name:<32} {address}")

    def _count(self) -> None:
        self.stdout.write("\nQuang Ninh (demonstration data), counted by query:")
        for name, count in figures.figures().items():
            self.stdout.write(f"  {count:>4}  {name}")

    def _delete(self) -> None:
        marker = settings.HOME / "demonstration"
        if connection.vendor != "sqlite" or not marker.exists():
            raise CommandError(
                "Only a demonstration on SQLite can be deleted, and this is none. "
                "Drop the database by hand if you mean it."
            )
        path = connection.settings_dict["NAME"]
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            (settings.HOME / f"{path}{suffix}").unlink(missing_ok=True)
        marker.unlink()
