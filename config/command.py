"""The console script ``originmark``: one front for all commands."""

import os
import sys
from collections.abc import Iterator

USAGE = """\
Originmark runs a public-brand programme for regional products.

usage: originmark COMMAND [options]     originmark COMMAND --help explains one command

First start:
  originmark demo && originmark serve            a region to look at
  originmark create_officer you@example.org      a first sign-in of your own
  originmark serve                               pages, API and background work on port 8000

Commands:
"""
FROM_DJANGO = {
    "migrate": "Bring the database up to date with this version.",
    "changepassword": "Set a person's password by hand.",
    "check": "Look for mistakes in the settings.",
    "dbshell": "Open the database's own shell.",
}


def main() -> None:
    """Run a command as ``originmark NAME …``; without a name, say what there is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (settings first)

    if len(sys.argv) < 2 or sys.argv[1:] in (["help"], ["--help"], ["-h"]):
        sys.stdout.write(USAGE)
        sys.stdout.writelines(f"  {name:<16} {text}\n" for name, text in sorted(commands()))
        return
    # A command is a Python module, but people write load-units.
    execute_from_command_line([sys.argv[0], module_of(sys.argv[1]), *sys.argv[2:]])


def module_of(name: str) -> str:
    """Return the module of a command: ``load-units`` is load_units; options stay.

    >>> module_of("load-units"), module_of("--version")
    ('load_units', '--version')
    """
    return name if name.startswith("-") else name.replace("-", "_")


def commands() -> Iterator[tuple[str, str]]:
    """Yield the name and first sentence of each command that people need."""
    import django  # noqa: PLC0415 (settings first)
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415

    django.setup()
    yield from FROM_DJANGO.items()
    for name, app in get_commands().items():
        if app.startswith("originmark."):
            yield name, str(load_command_class(app, name).help).splitlines()[0]
