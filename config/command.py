"""The console script ``originmark``: one front for all commands."""

import os
import sys


def main() -> None:
    """Run a command as ``originmark NAME …``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (settings first)

    execute_from_command_line(sys.argv)
