"""Many rows in one statement, without a model instance for each: scans come in batches."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Model

MOST_PARAMETERS = 30_000  # SQLite takes 32,766 in a statement


def put_rows(
    model: type[Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    conflict: Sequence[str] = (),
    replace: Sequence[str] = (),
    returns_ids: bool = False,
) -> list[int]:
    """Insert rows of plain database values (times through ``moment``).

    A row that is there already, by the columns of ``conflict``, gets the new values of
    ``replace``, or is left as it is where nothing is replaced. Returns the ids in the order of
    the rows where they are asked for.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)  # noqa: SLF001 (Django documents _meta)
    names, ending = ", ".join(map(quote, columns)), ""
    if conflict:
        sets = ", ".join(f"{quote(each)} = EXCLUDED.{quote(each)}" for each in replace)
        then = f"DO UPDATE SET {sets}" if sets else "DO NOTHING"
        ending = f" ON CONFLICT ({', '.join(map(quote, conflict))}) {then}"
    if returns_ids:
        ending += f" RETURNING {quote('id')}"
    row_marks, at_once = f"({', '.join(['%s'] * len(columns))})", MOST_PARAMETERS // len(columns)
    ids: list[int] = []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), at_once):
            some = rows[start : start + at_once]
            marks = ", ".join([row_marks] * len(some))
            # The names are the model's own, never a caller's text.
            statement = f"INSERT INTO {table} ({names}) VALUES {marks}{ending}"  # noqa: S608
            cursor.execute(statement, list(chain.from_iterable(some)))
            ids += [each[0] for each in cursor.fetchall()] if returns_ids else []
    return ids


def moment(value: Any) -> Any:
    """Return a time as the database takes it."""
    return connection.ops.adapt_datetimefield_value(value)
