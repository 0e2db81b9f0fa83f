"""Write down scans of labels that nobody scanned before: by far the most, and nothing to weigh.

Rows go in as values, many in one statement: a tenth of what they cost as objects of Django.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from originmark.mark.labels.models import LabelSeen, Scan
from originmark.mark.labels.watch import policy
from originmark.mark.labels.watch.rules import LabelKey
from originmark.mark.labels.watch.scan_values import ScanSeen

TOTAL = (
    "run_number", "index", "scans", "viewers", "placed", "barred",
    "first_at", "first_viewer", "last_at",
)  # fmt: skip
SCAN = ("run_number", "index", "at", "viewer", "verdict", "latitude", "longitude")
NOTHING_YET = (0, 0, 0, 0, None, "", None)
AT_ONCE = 1000  # rows in one statement, for databases bound the number of values


def record_first(
    seen: Sequence[ScanSeen], by_label: Mapping[LabelKey, Sequence[int]]
) -> dict[LabelKey, int]:
    """Write the scans of labels that are new and stand once in ``seen``; return their ids.

    The other labels have a total afterwards, whether they had one before or not. Totals are made
    in the order of labels, so that of two batches one waits for the other and not both.
    """
    barred = policy.in_force().barred_verdicts
    moment = _of_sqlite if connection.vendor == "sqlite" else _of_others
    labels = sorted(by_label)
    once: dict[LabelKey, tuple[Any, ...]] = {}
    totals: list[tuple[Any, ...]] = []
    for label in labels:
        places = by_label[label]
        if len(places) > 1:
            totals.append((*label, *NOTHING_YET))
            continue
        run, index, at, viewer, verdict, latitude, longitude = seen[places[0]]
        told = moment(at)
        once[label] = (run, index, told, viewer, str(verdict), latitude, longitude)
        flags = (int(latitude is not None), int(verdict in barred))
        totals.append((run, index, 1, 1, *flags, told, viewer, told))
    made = _insert(LabelSeen, TOTAL, totals, more="ON CONFLICT DO NOTHING", back=TOTAL[:2])
    rows = [once[label] for label in made if label in once]
    return {
        (run, index): pk for run, index, pk in _insert(Scan, SCAN, rows, back=(*SCAN[:2], "id"))
    }


def _of_sqlite(at: datetime) -> Any:
    """Return a time as Django writes it to SQLite: for one in UTC that is quickly said."""
    return str(at).removesuffix("+00:00") if at.tzinfo is UTC else _of_others(at)


def _of_others(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _insert(
    model: type[LabelSeen | Scan],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    more: str = "",
    back: Sequence[str],
) -> list[tuple[Any, ...]]:
    """Insert rows; return the columns ``back`` of those that went in."""
    quoted = connection.ops.quote_name
    into, told = (", ".join(map(quoted, names)) for names in (columns, back))
    table = quoted(model._meta.db_table)  # noqa: SLF001 (Django's own word for it)
    one = f"({', '.join(['%s'] * len(columns))})"
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            cursor.execute(
                f"INSERT INTO {table} ({into}) "  # noqa: S608 (names of ours)
                f"VALUES {', '.join([one] * len(some))} {more} RETURNING {told}",
                [value for row in some for value in row],
            )
            found += cursor.fetchall()
    return found
