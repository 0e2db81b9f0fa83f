"""The pages of an importer: upload, preview, confirm, template and bad rows."""

import io
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

import xlsxwriter
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from originmark.frame.web import clock, sockets
from originmark.frame.web.csv_out import csv_lines
from originmark.frame.web.forms import submit
from originmark.frame.web.importer.checking import Checked, check, dry_run, run
from originmark.frame.web.importer.describing import Importer, ImportResult
from originmark.frame.web.importer.reading import read_table, row_limit
from originmark.frame.web.models import ImportDraft

DRAFTS_KEPT = timedelta(days=1)
ROWS_SHOWN = 20
ERRORS_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[..., HttpResponse | StreamingHttpResponse]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("An Excel workbook (.xlsx; the first sheet is read) or a CSV file."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
    )


def importer_urls(importer: Importer, permission: str) -> list[URLPattern]:
    """Return the addresses of an importer, under ``import/NAME/``.

    The first is named ``NAME-import``; whoever lacks the permission is refused on each.
    """
    name, base = importer.name, f"import/{importer.name}/"

    def page(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **found: Any) -> HttpResponse | StreamingHttpResponse:
            if not sockets.allowed(request, permission):
                raise PermissionDenied
            return view(request, importer, **found)

        return login_required(guarded)

    draft = f"{base}<uuid:draft_id>/"
    return [
        path(base, page(upload), name=f"{name}-import"),
        path(f"{base}template.xlsx", page(template_xlsx), name=f"{name}-import-xlsx"),
        path(f"{base}template.csv", page(template_csv), name=f"{name}-import-csv"),
        path(draft, page(preview), name=f"{name}-import-preview"),
        path(f"{draft}bad-rows.csv", page(bad_rows), name=f"{name}-import-bad-rows"),
    ]


def upload(request: HttpRequest, importer: Importer) -> HttpResponse:
    """Take a file, refuse it as a whole where it must be, and go on to its preview."""
    form = UploadForm(request.POST or None, request.FILES or None)

    def keep(data: dict[str, Any]) -> str:
        file = data["file"]
        content = file.read()
        table = read_table(io.BytesIO(content), name=file.name, limit=importer.row_limit)
        check(importer, table)
        draft = _keep(request, importer, file.name, content)
        return _address(request, importer, "-import-preview", draft.pk)

    context = {
        "importer": importer,
        "row_limit": importer.row_limit or row_limit(),
        "xlsx_url": _address(request, importer, "-import-xlsx"),
        "csv_url": _address(request, importer, "-import-csv"),
    }
    return submit(request, form, keep, template="web/import_upload.html", context=context)


def preview(request: HttpRequest, importer: Importer, draft_id: UUID) -> HttpResponse:
    """Show what the file would do; on confirmation, do all of it or nothing."""
    draft = _draft(request, importer, draft_id)
    checked = _checked(importer, draft)
    by, now = sockets.actor(request), clock.now()
    if request.method != "POST":
        result = dry_run(importer, checked, by=by, now=now)
        return _show(request, importer, draft, checked, result)
    # A row that cannot be read stops the whole file before anything is written.
    act = dry_run if checked.errors else run
    result = act(importer, checked, by=by, now=now)
    if result.errors:
        return _show(request, importer, draft, checked, result, status=422)
    draft.delete()
    words = _("Done: %(created)s new, %(updated)s changed, %(unchanged)s as they were.")
    counts = {each: getattr(result, each) for each in ("created", "updated", "unchanged")}
    messages.success(request, words % counts)
    return HttpResponseRedirect(str(importer.done_url) or _address(request, importer, "-import"))


def bad_rows(request: HttpRequest, importer: Importer, draft_id: UUID) -> StreamingHttpResponse:
    """Give the rows that are wrong, with the reasons, to be corrected and sent again."""
    checked = _checked(importer, _draft(request, importer, draft_id))
    result = dry_run(importer, checked, by=sockets.actor(request), now=clock.now())
    reasons: dict[int, list[str]] = {}
    for error in result.errors:
        reasons.setdefault(error.row, []).append(f"{error.column}: {error.reason}".lstrip(": "))
    width = len(checked.table.headers)
    rows = (
        [*(row.cells + ("",) * width)[:width], row.number, " ".join(reasons[row.number])]
        for row in checked.table.rows
        if row.number in reasons
    )
    head = [*checked.table.headers, _("row"), _("reason")]
    return _csv(csv_lines(head, rows), f"{importer.name}-bad-rows.csv")


def template_csv(request: HttpRequest, importer: Importer) -> StreamingHttpResponse:  # noqa: ARG001
    """Give an empty table with its header."""
    lines = csv_lines([column.name for column in importer.columns], [])
    return _csv(lines, f"{importer.name}.csv")


def template_xlsx(request: HttpRequest, importer: Importer) -> HttpResponse:  # noqa: ARG001
    """Give an empty workbook: a sheet to fill in, and one that explains its columns."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E2EEDD", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        sheet, notes = book.add_worksheet("1"), book.add_worksheet("2")
        notes.write_row(0, 0, [_("Column"), _("Meaning"), _("Needed"), _("Example")], bold)
        for index, column in enumerate(importer.columns):
            sheet.write_string(0, index, column.name, bold)
            needed = _("yes") if column.required else _("no")
            meaning = " ".join(filter(None, [str(column.label) + ".", str(column.help)]))
            for place, words in enumerate((column.name, meaning, needed, column.example)):
                notes.write_string(index + 1, place, words)
        # As text, so that the spreadsheet keeps leading zeros and long numbers.
        sheet.set_column(0, len(importer.columns) - 1, 20, text)
        notes.set_column(0, 3, 28)
        sheet.freeze_panes(1, 0)
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{importer.name}.xlsx"'
    return response


def _show(
    request: HttpRequest,
    importer: Importer,
    draft: ImportDraft,
    checked: Checked,
    result: ImportResult,
    *,
    status: int = 200,
) -> HttpResponse:
    wrong = {(error.row, error.column) for error in result.errors}
    rows_wrong = {error.row for error in result.errors}
    shown = [
        {
            "number": row.number,
            "is_wrong": row.number in rows_wrong,
            "cells": [
                {"text": text, "is_wrong": (row.number, column.name) in wrong}
                for text, column in zip(row.cells, checked.columns, strict=False)
            ],
        }
        for row in checked.table.rows[:ROWS_SHOWN]
    ]
    context = {
        "importer": importer,
        "draft": draft,
        "result": result,
        "columns": checked.columns,
        "rows": shown,
        "total": len(checked.table.rows),
        "wrong_rows": len(rows_wrong),
        "errors": result.errors[:ERRORS_SHOWN],
        "errors_hidden": max(0, len(result.errors) - ERRORS_SHOWN),
        "upload_url": _address(request, importer, "-import"),
        "bad_rows_url": _address(request, importer, "-import-bad-rows", draft.pk),
    }
    return render(request, "web/import_preview.html", context, status=status)


def _keep(request: HttpRequest, importer: Importer, name: str, content: bytes) -> ImportDraft:
    now = clock.now()
    ImportDraft.objects.filter(created_at__lt=now - DRAFTS_KEPT).delete()
    return ImportDraft.objects.create(
        importer=importer.name,
        person_id=_person_id(request),
        file_name=name[:200],
        content=content,
        created_at=now,
    )


def _draft(request: HttpRequest, importer: Importer, draft_id: UUID) -> ImportDraft:
    own = ImportDraft.objects.filter(person_id=_person_id(request), importer=importer.name)
    return get_object_or_404(own, pk=draft_id)


def _person_id(request: HttpRequest) -> int:
    """Return who is signed in; every page here asks for that first."""
    person_id = request.user.pk
    if person_id is None:
        raise PermissionDenied
    return person_id


def _checked(importer: Importer, draft: ImportDraft) -> Checked:
    file = io.BytesIO(bytes(draft.content))
    return check(importer, read_table(file, name=draft.file_name, limit=importer.row_limit))


def _address(
    request: HttpRequest, importer: Importer, end: str, draft_id: UUID | None = None
) -> str:
    match = request.resolver_match
    namespace = f"{match.namespace}:" if match and match.namespace else ""
    arguments = {"draft_id": draft_id} if draft_id else None
    return reverse(f"{namespace}{importer.name}{end}", kwargs=arguments)


def _csv(lines: Any, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
