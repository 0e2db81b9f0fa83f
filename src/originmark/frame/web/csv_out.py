"""Rows out as CSV: the ones that are shown, streamed, so that a long list needs no memory."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from originmark.frame.web.cells import csv_text

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read Chinese and Vietnamese wrongly
ROWS_AT_A_TIME = 500


class _Column(Protocol):
    @property
    def label(self) -> Any: ...

    def of(self, row: Any) -> Any: ...


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """Return the line."""
        return text


def csv_response(
    name: str, columns: Sequence[_Column], rows: QuerySet[Any]
) -> StreamingHttpResponse:
    """Return all the rows, in their order, as a CSV file."""
    lines = csv_lines([str(column.label) for column in columns], _cells(columns, rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a CSV file line by line, beginning with a byte order mark."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    yield writer.writerow(head)
    for row in rows:
        yield writer.writerow([csv_text(value) for value in row])


def _cells(columns: Sequence[_Column], rows: QuerySet[Any]) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=ROWS_AT_A_TIME):
        yield [column.of(row) for column in columns]
