"""Registers that ``originmark import NAME FILE`` can take. A room registers its own.

A room calls ``register_import`` from its ``apps.py``. Taking the same file twice changes
nothing; rows that are refused are told with their column and reason, the others are taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise

from originmark.frame.web.importer import RowError


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file: counts of rows, why rows were refused, what is odd about others."""

    taken: int
    changed: int
    unchanged: int
    refused: int
    refusals: tuple[RowError, ...] = ()
    remarks: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """A register that can be taken from a file; ``check`` reads it and changes nothing."""

    name: str
    title: str | Promise
    take: Callable[[Path], ImportReport]
    check: Callable[[Path], ImportReport]


_imports: dict[str, RegisterImport] = {}


def register_import(register: RegisterImport) -> None:
    """Let the command take this register."""
    _imports[register.name] = register


def known_imports() -> list[RegisterImport]:
    """Return every register that can be taken, by name."""
    return [_imports[name] for name in sorted(_imports)]
