"""``python -m bench``: run every bench and print one table, with the machine it ran on."""

import os
import pkgutil
import platform
import sqlite3
from importlib import import_module
from pathlib import Path

import bench
from bench import Row


def main() -> None:
    """Run the modules of this folder that have a ``run()``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    print(machine())
    print("Ratios are what counts; absolute rates depend on the machine and its load.\n")
    print(f"{'what':<40}{'ours':>14}{'the usual way':>16}{'ratio':>9}  unit")
    for name in sorted(each.name for each in pkgutil.iter_modules(bench.__path__)):
        run = getattr(import_module(f"bench.{name}"), "run", None) if name != "__main__" else None
        for row in run() if run else []:
            print(line(row))


def line(row: Row) -> str:
    """Return a row of the table."""
    ratio = f"{row.ratio:.{2 if row.ratio < 1 else 1}f}x"
    return f"{row.name:<40}{row.ours:>14,.0f}{row.peer:>16,.0f}{ratio:>9}  {row.unit}"


def machine() -> str:
    """Return what the figures were taken on."""
    return (
        f"{platform.platform()} · {_processor()} · {os.cpu_count()} cores · "
        f"Python {platform.python_version()} · SQLite {sqlite3.sqlite_version}"
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for entry in listed.read_text().splitlines():
            if entry.startswith("model name"):
                return entry.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
