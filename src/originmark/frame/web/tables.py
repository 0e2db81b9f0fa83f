"""List pages: one description of a table gives sort, filters, search, paging and CSV.

Everything that changes what is shown is in the address, so that a list can be bookmarked and
sent to a colleague. With htmx the rows alone are fetched; without it the same links work.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from originmark.frame.web import sockets
from originmark.frame.web.cells import Badge, cell_text, cell_value
from originmark.frame.web.csv_out import csv_response

__all__ = ["Badge", "Column", "EmptyState", "Filter", "Table", "table_page"]

Text = str | Promise
Row = Any
ROWS_ON_A_PAGE = 50
LONGEST_SEARCH = 200
LONGEST_CODE = 18  # a number of a record up to here stays on one line


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it shows of a row, where it leads, and what the database sorts it by.

    ``value`` defaults to the row's attribute of the column's name (``__`` reaches across a
    relation). It may return a number, a date, text, a Badge or safe markup.
    """

    name: str
    label: Text
    value: Callable[[Row], Any] | None = None
    link: Callable[[Row], str | None] | None = None
    sort: str | tuple[str, ...] | None = None
    align: str = "start"
    is_wide_only: bool = False

    def of(self, row: Row) -> Any:
        """Return what the column shows of a row, before it is formatted."""
        return self.value(row) if self.value else cell_value(row, self.name)

    def sort_fields(self) -> tuple[str, ...]:
        """Return the fields that the database sorts by."""
        return (self.sort,) if isinstance(self.sort, str) else self.sort or ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows the list; ``choices`` may be a function that reads them late."""

    name: str
    label: Text
    choices: Any
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]

    def options(self) -> list[tuple[str, str]]:
        """Return the choices as text."""
        choices = self.choices() if callable(self.choices) else self.choices
        return [(str(value), str(label)) for value, label in choices if str(value)]


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What to say where there is no row yet, and what to offer whoever has the permission."""

    title: Text
    text: Text = ""
    action_label: Text = ""
    action_url: str | Callable[[], str] = ""
    icon: str = "list"
    permission: str | None = None

    def url(self) -> str:
        """Return where the action leads."""
        return self.action_url() if callable(self.action_url) else self.action_url


@dataclass(frozen=True, slots=True)
class Table:
    """The description of a list page. The first column names the row.

    ``spelled`` puts a word that somebody searches for as the rows have it.
    """

    name: str
    columns: list[Column]
    filters: list[Filter] = field(default_factory=list)
    search: list[str] = field(default_factory=list)
    spelled: Callable[[str], str] = str
    default_sort: str = "-pk"
    empty: EmptyState | None = None
    rows_on_a_page: int = ROWS_ON_A_PAGE


def table_page(
    request: HttpRequest,
    table: Table,
    rows: QuerySet[Any],
    *,
    template: str = "web/table_page.html",
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """Answer a list page: the page, its rows alone for htmx, or all matching rows as CSV.

    Two queries (a count and the page of rows), whatever the number of rows.
    """
    asked = Asked.of(request, table)
    shown = asked.narrow(rows)
    if request.GET.get("format") == "csv":
        return csv_response(table.name, table.columns, shown)
    page = Paginator(shown, table.rows_on_a_page).get_page(request.GET.get("page"))
    whole = {**(context or {}), "table": Shown(_offering(table, request), asked, page)}
    is_part = request.headers.get("HX-Target") == f"table-{table.name}"
    response = render(request, "web/_table.html" if is_part else template, whole)
    response["Vary"] = ", ".join(filter(None, [response.get("Vary"), "HX-Request, HX-Target"]))
    return response


def _offering(table: Table, request: HttpRequest) -> Table:
    """Return the table with nothing to offer that the person may not do."""
    if table.empty is None or sockets.allowed(request, table.empty.permission):
        return table
    return replace(table, empty=replace(table.empty, action_url=""))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of a table; whatever the table does not know is left out."""

    table: Table
    path: str
    query: str
    sort: str
    chosen: dict[str, str]

    @classmethod
    def of(cls, request: HttpRequest, table: Table) -> "Asked":
        """Read the address."""
        chosen = {}
        for each in table.filters:
            value = request.GET.get(each.name, "")
            if value in dict(each.options()):
                chosen[each.name] = value
        sort = request.GET.get("sort", "")
        sortable = {column.name for column in table.columns if column.sort}
        return cls(
            table=table,
            path=request.path,
            query=request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\x00", ""),
            sort=sort if sort.removeprefix("-") in sortable else "",
            chosen=chosen,
        )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that match, in order; the order ends in the primary key."""
        for each in self.table.filters:
            if each.name in self.chosen:
                rows = each.apply(rows, self.chosen[each.name])
        if self.query and self.table.search:
            for word in self.query.split():
                rows = rows.filter(_any_of(self.table.search, self.table.spelled(word)))
            rows = rows.distinct() if _reaches_many(rows.model, self.table.search) else rows
        return rows.order_by(*self._order(), "pk")

    def _order(self) -> tuple[str, ...]:
        if not self.sort:
            return (self.table.default_sort,)
        name, sign = self.sort.removeprefix("-"), "-" if self.sort.startswith("-") else ""
        column = next(each for each in self.table.columns if each.name == name)
        return tuple(sign + each for each in column.sort_fields())

    def link(self, **changes: str) -> str:
        """Return the address with something changed; an empty value takes it out."""
        query = QueryDict(mutable=True)
        for name, value in {"q": self.query, **self.chosen, "sort": self.sort, **changes}.items():
            if value:
                query[name] = value
        return f"{self.path}?{query.urlencode()}" if query else self.path


class Shown:
    """A table as its template shows it."""

    def __init__(self, table: Table, asked: Asked, page: Page[Any]) -> None:
        self.name, self.empty, self.page = table.name, table.empty, page
        self.query, self.sort = asked.query, asked.sort
        self.has_search = bool(table.search)
        self.is_narrowed = bool(asked.query or asked.chosen)
        self.path, self.all_link = asked.path, asked.path
        self.csv_link = asked.link(format="csv")
        self.views_link = _views_link(asked)
        self._table, self._asked = table, asked

    def headers(self) -> Iterator[dict[str, Any]]:
        """Yield the column heads with their sort links and the state of each."""
        for column in self._table.columns:
            is_up, is_down = self.sort == column.name, self.sort == f"-{column.name}"
            state = "ascending" if is_up else "descending" if is_down else "none"
            toggled = f"-{column.name}" if is_up else column.name
            yield {
                "label": column.label,
                "column": column,
                "state": state if column.sort else "",
                "link": self._asked.link(sort=toggled) if column.sort else "",
            }

    def rows(self) -> Iterator[list[dict[str, Any]]]:
        """Yield each row as its cells."""
        for row in self.page:
            yield [
                _cell(column, column.of(row), column.link(row) if column.link else None)
                for column in self._table.columns
            ]

    def filters(self) -> Iterator[dict[str, Any]]:
        """Yield the filters with what is chosen."""
        for each in self._table.filters:
            chosen = self._asked.chosen.get(each.name, "")
            yield {
                "name": each.name,
                "label": each.label,
                "options": each.options(),
                "chosen": chosen,
            }

    def chips(self) -> Iterator[dict[str, str]]:
        """Yield what narrows the list, each with the link that takes it away."""
        if self.query:
            yield {"text": f"“{self.query}”", "link": self._asked.link(q="")}
        for each in self._table.filters:
            if chosen := self._asked.chosen.get(each.name):
                text = f"{each.label}: {dict(each.options())[chosen]}"
                yield {"text": text, "link": self._asked.link(**{each.name: ""})}

    def previous_link(self) -> str:
        """Return the address of the page before, empty on the first."""
        page = self.page
        return self._asked.link(page=str(page.number - 1)) if page.has_previous() else ""

    def next_link(self) -> str:
        """Return the address of the page after, empty on the last."""
        page = self.page
        return self._asked.link(page=str(page.number + 1)) if page.has_next() else ""

    def summary(self) -> str:
        """Return which rows are shown, in words."""
        total = self.page.paginator.count
        if self.page.paginator.num_pages == 1:
            return _("%(total)s rows") % {"total": total} if total != 1 else _("1 row")
        first, last = self.page.start_index(), self.page.end_index()
        words = {"first": first, "last": last, "total": total}
        return _("%(first)s to %(last)s of %(total)s rows") % words


def _cell(column: Column, value: Any, link: str | None) -> dict[str, Any]:
    words = str(value) if isinstance(value, str | int) else " "
    is_code = len(words) <= LONGEST_CODE and " " not in words
    return {"column": column, "text": cell_text(value), "link": link, "is_code": is_code}


def _views_link(asked: Asked) -> str:
    """Return where the views kept of this list are, and where this one can be kept."""
    query = asked.link().partition("?")[2]
    return f"{reverse('web:saved_views')}?{urlencode({'path': asked.path, 'query': query})}"


def _any_of(lookups: list[str], word: str) -> Q:
    found = Q(pk__in=[])
    for lookup in lookups:
        found |= Q(**{lookup: word})
    return found


def _reaches_many(model: type[Model], lookups: list[str]) -> bool:
    """Return whether a search runs over a relation to many rows, which would repeat a row."""
    for lookup in lookups:
        fields = {each.name: each for each in model._meta.get_fields()}  # noqa: SLF001 (documented)
        first = fields.get(lookup.split("__")[0])
        if first is not None and (first.many_to_many or first.one_to_many):
            return True
    return False
