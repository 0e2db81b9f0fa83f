from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from originmark.frame.jobs.worker import WorkerLoop


class Command(BaseCommand):
    help = "Run background work (notices, print files, imports) until stopped with Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-parent", type=int, metavar="PID", help="stop when this process is gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loop = WorkerLoop(parent_pid=options["with_parent"])
        self.stderr.write(f"Worker {loop.name} looks for work. Stop it with Ctrl-C.")
        loop.run()
