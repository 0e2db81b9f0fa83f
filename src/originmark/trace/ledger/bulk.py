"""Many rows at once, without a model instance for each."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import connection
from django.db.models import Field, ForeignKey, Model

_BINARY = {
    "BigAutoField": "int8",
    "BigIntegerField": "int8",
    "BinaryField": "bytea",
    "BooleanField": "bool",
    "CharField": "varchar",
    "DateTimeField": "timestamptz",
    "FloatField": "float8",
    "PositiveIntegerField": "int4",
    "TextField": "text",
}
"""PostgreSQL's names of the types that our bulk rows have."""


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain database values (times through ``moment``).

    Binary COPY on PostgreSQL, ``executemany`` elsewhere.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)  # noqa: SLF001 (Django documents _meta)
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copying = cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)")
            with connection.wrap_database_errors, copying as copy:
                copy.set_types(_types(model, columns))
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            # The names are the model's own, never a caller's text.
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608


def select_in(
    model: type[Model], columns: Sequence[str], among: str, values: Collection[str]
) -> list[tuple[Any, ...]]:
    """Return columns of the rows whose column ``among`` has one of many texts (one query).

    The texts go as one parameter: no limit on their number, and nothing to compile for each.
    """
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    test, given = is_in(values)
    table = quote(model._meta.db_table)  # noqa: SLF001 (Django documents _meta)
    query = f"SELECT {names} FROM {table} WHERE {quote(among)} {test}"  # noqa: S608 (own names)
    with connection.cursor() as cursor:
        cursor.execute(query, [given])
        return list(cursor.fetchall())


def is_in(values: Collection[str]) -> tuple[str, list[str] | str]:
    """Return the SQL that asks whether a text is one of many, and its one parameter."""
    texts = list(values)
    if connection.vendor == "postgresql":
        return "= ANY(%s)", texts
    return "IN (SELECT value FROM json_each(%s))", orjson.dumps(texts).decode()


def moment(value: datetime) -> Any:
    """Return a time as the database takes it."""
    return connection.ops.adapt_datetimefield_value(value)


def moments() -> Callable[[datetime], Any]:
    """Return ``moment`` for many times in UTC."""
    if connection.vendor == "sqlite" and connection.timezone is UTC:
        return lambda value: value.replace(tzinfo=None).isoformat(" ")
    adapt: Callable[[datetime], Any] = connection.ops.adapt_datetimefield_value
    return adapt


def _types(model: type[Model], columns: Sequence[str]) -> list[str]:
    by_column: dict[str, Field[Any, Any]] = {
        str(field.column): field
        for field in model._meta.concrete_fields  # noqa: SLF001 (Django documents _meta)
    }
    return [_type(by_column[column]) for column in columns]


def _type(field: Field[Any, Any]) -> str:
    target = field.target_field if isinstance(field, ForeignKey) else field
    return _BINARY[target.get_internal_type()]
