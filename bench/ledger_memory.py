"""How much memory a large document costs: ``python -m bench.ledger_memory stream|whole MB``.

Prints by how many megabytes the process grew, beside what it needs when it is idle.
"""

import json
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import documents, ledger


def main() -> None:
    """Write a document, read it one way, and print by how much the process grew."""
    way, size = sys.argv[1], int(sys.argv[2]) * 2**20
    with TemporaryDirectory() as folder:
        path = Path(folder) / "large.json"
        events = _write(path, size)
        if way == "whole":
            before = _peak_mb()
            assert len(json.loads(path.read_bytes())["epcisBody"]["eventList"]) == events
        else:
            with ledger.database():
                _stream(path.with_name("small.json"), _write(path.with_name("small.json"), 2**22))
                before = _peak_mb()
                _stream(path, events)
        print(round(_peak_mb() - before, 1))


def _stream(path: Path, events: int) -> None:
    from originmark.origin.parties.access import SYSTEM  # noqa: PLC0415 (Django is set up)
    from originmark.trace.ledger import services  # noqa: PLC0415

    counted = _Counter()
    services.capture_file(path, services.FileTerms(SYSTEM, ledger.NOW, path.name), counted)
    assert counted.total == events


class _Counter:
    total = 0

    def hear(self, result: object) -> None:
        self.total += result.total  # type: ignore[attr-defined]

    def keep(self, *, is_last: bool) -> None:
        pass


def _write(path: Path, size: int) -> int:
    """Write a document of about that many bytes; return how many events it holds."""
    head, foot = json.dumps(documents.HEAD | {"epcisBody": {"eventList": ["HERE"]}}).split('"HERE"')
    events = 0
    with path.open("w") as file:
        file.write(head)
        while file.tell() < size:
            file.write(("," if events else "") + json.dumps(documents.event(events)))
            events += 1
        file.write(foot)
    return events


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
