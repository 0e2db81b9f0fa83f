"""Order print files of a run: made at once when few, by the worker when many."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from originmark.frame.jobs import services as jobs
from originmark.frame.jobs.sockets import Progress
from originmark.frame.web import clock
from originmark.mark.labels import selectors, serials, spans
from originmark.mark.labels.models import LabelRun, PrintFile
from originmark.mark.labels.printing import sheets
from originmark.mark.labels.printing.layouts import DEFAULT_LAYOUT, LAYOUTS, Layout
from originmark.mark.labels.refusals import NothingToPrint, NotInRun
from originmark.mark.labels.spans import Span
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products import selectors as products

AT_ONCE = 500  # labels
TASK = "labels.print"
PICTURES = {".svg", ".png", ".jpg", ".jpeg"}


@transaction.atomic
def order(
    run: LabelRun, kind: str, *, part: Span, layout: str, language: str, by: Actor, now: datetime
) -> PrintFile:
    """Order a file of the labels in a part of a run, without the spoiled and withdrawn ones.

    Up to 500 labels are made before this returns; more become a job. Raises NotInRun,
    NothingToPrint or MissingLetters.
    """
    access.require(by, "labels.print", organisation_id=run.organisation_id)
    if not 0 <= part.first <= part.last < run.count:
        raise NotInRun(run.number, run.count, part.first + 1, part.last + 1)
    if not len(indexes_of(run, part.first, part.last)):
        raise NothingToPrint(run.number)
    artwork(run, language).require_letters()
    made = PrintFile.objects.create(
        run=run, kind=kind, layout=layout if kind == PrintFile.Kind.PDF else "",
        first_index=part.first, last_index=part.last, language=language, ordered_at=now,
        ordered_by=by.name,
    )  # fmt: skip
    if part.count <= AT_ONCE:
        _make(made, _silent, now)
    else:
        title = _("Print file of %(run)s") % {"run": run.number}
        job = jobs.enqueue(TASK, {"file": str(made.pk)}, title=title, person_id=by.person_id)
        PrintFile.objects.filter(pk=made.pk).update(job_id=job.pk)
        made.job_id = job.pk
    return made


def run_job(payload: dict[str, Any], progress: Progress) -> dict[str, str]:
    """Make an ordered file; a second run writes the same file again."""
    ordered = PrintFile.objects.select_related("run").get(pk=UUID(payload["file"]))
    _make(ordered, progress.report, clock.now())
    return {"url": reverse("labels:file", args=[ordered.pk])}


def trial(run: LabelRun, layout: Layout, *, language: str, by: Actor) -> bytes:
    """Return one page with outlines and without serials, to see whether the printer hits."""
    access.require(by, "labels.print", organisation_id=run.organisation_id)
    shown = artwork(run, language)
    return sheets.test_sheet(shown, layout, note=_("TEST PRINT"), made_at=run.issued_at)


def indexes_of(run: LabelRun, first: int, last: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the labels of a part that are worth printing: neither spoiled nor withdrawn."""
    alive = [
        np.arange(max(each.first, first), min(each.last, last) + 1)
        for each in selectors.spans_of(run)
        if each.state in {spans.ISSUED, spans.ACTIVATED}
    ]
    return np.concatenate([np.arange(0), *alive])


def artwork(run: LabelRun, language: str) -> sheets.Artwork:
    """Return what the labels of a run show, led by a language. Five queries."""
    product = products.product_by_id(run.product_id)
    names = {language: product.name_in(language), "": product.name, **product.names}
    distinct = {text: lang for lang, text in reversed(list(names.items())) if text}
    ordered = sorted(((lang, text) for text, lang in distinct.items()), key=_first(language))
    with translation.override(language):
        facts = [(_("Mark"), run.brand.name), (_("Lot"), run.lot_code)]
        if product.net_content_g:
            facts.append((_("Net"), _mass(product.net_content_g)))
        if run.lot.best_before:
            facts.append((_("Best before"), run.lot.best_before.isoformat()))
        note = _("DEMONSTRATION") if settings.IS_DEMONSTRATION else ""
        number_word = _("No.")
    return sheets.Artwork(
        title=f"{run.number} · {product.name}",
        lang=language,
        names=tuple((lang or language, text) for lang, text in ordered[:3]),
        facts=tuple(facts),
        url_prefix=selectors.url_prefix(run),
        number_word=number_word,
        note=note,
        logo=_logo(run),
        logo_alt=run.brand.name,
    )


def _silent(_done: int, _total: int) -> None:
    """Tell nobody: it is done before anybody could look."""


def _first(language: str) -> Any:
    return lambda pair: (pair[0] != language, pair[0])


def _mass(grams: int) -> str:
    return f"{grams} g" if grams % 1000 else f"{grams // 1000} kg"


def _logo(run: LabelRun) -> tuple[str, bytes] | None:
    logo = run.brand.logo
    suffix = PurePath(str(logo.name or "")).suffix.lower()
    if suffix not in PICTURES:
        return None
    with logo.open("rb") as file:
        return f"logo{suffix}", file.read()


def _make(ordered: PrintFile, report: sheets.Report, now: datetime) -> None:
    run = ordered.run
    indexes = indexes_of(run, ordered.first_index, ordered.last_index)
    codes = serials.derive_many(
        selectors.keys_of(run), batch=run.serial_batch, first=0, count=run.count
    )[indexes]
    numbers = (indexes + 1).tolist()
    if ordered.kind == PrintFile.Kind.CSV:
        name, content = f"{run.number}.csv", _csv(run, numbers, codes)
    else:
        name, content = _pdf(ordered, numbers, codes, report, now)
    stored = f"{ordered.pk}{PurePath(name).suffix}"
    ordered.file.storage.delete(stored)
    ordered.file.save(stored, ContentFile(content), save=False)
    PrintFile.objects.filter(pk=ordered.pk).update(file=ordered.file.name, made_at=now)
    ordered.made_at = now


def _csv(run: LabelRun, numbers: list[int], codes: Any) -> bytes:
    """Return number, serial, address, lot and GTIN: what an industrial printer asks for."""
    prefix = selectors.url_prefix(run)
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(["number", "serial", "url", "lot", "gtin"])
    for number, code in zip(numbers, codes.tolist(), strict=True):
        serial = code.decode()
        rows.writerow([number, serial, prefix + serial, run.lot_code, run.gtin])
    return written.getvalue().encode()


def _pdf(
    ordered: PrintFile, numbers: list[int], codes: Any, report: sheets.Report, now: datetime
) -> tuple[str, bytes]:
    """Return one PDF, or a ZIP of several where the run is big."""
    shown = artwork(ordered.run, ordered.language)
    layout = LAYOUTS.get(ordered.layout, LAYOUTS[DEFAULT_LAYOUT])
    parts: Iterator[bytes] = sheets.pdf_parts(
        shown, layout, codes, numbers=numbers, made_at=now, report=report
    )
    first = next(parts)
    if len(codes) <= sheets.labels_per_part(layout):
        list(parts)
        return f"{ordered.run.number}.pdf", first
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(f"{ordered.run.number}-part-001.pdf", first)
        for place, part in enumerate(parts, start=2):
            archive.writestr(f"{ordered.run.number}-part-{place:03}.pdf", part)
    return f"{ordered.run.number}.zip", packed.getvalue()
