import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from granian.constants import Interfaces
from granian.server import Server

WORKER = "from config.command import main; main()"


class Command(BaseCommand):
    help = "Serve all pages and the API, and run background work beside them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--processes", type=int, default=1, help="server processes")
        parser.add_argument(
            "--no-worker", action="store_true", help="leave background work to `originmark worker`"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        worker = None if options["no_worker"] else start_worker()
        self.stderr.write(
            f"Originmark serves {settings.PUBLIC_URL} "
            f"(listening on {options['host']}:{options['port']}). Stop it with Ctrl-C."
        )
        try:
            Server(
                "config.asgi:application",
                address=options["host"],
                port=options["port"],
                interface=Interfaces.ASGI,
                workers=options["processes"],
                log_access=False,
                respawn_failed_workers=True,
            ).serve()
        finally:
            if worker is not None:
                worker.terminate()
                worker.wait(timeout=30)


def start_worker() -> "subprocess.Popen[bytes]":
    """Start the worker as a process of its own, which ends when this one does."""
    command = [sys.executable, "-c", WORKER, "worker", "--with-parent", str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603 (our own command, no input from outside)
