"""Pages about rulebooks: the versions, one version read nicely, and a new one."""

import difflib
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from originmark.frame.web import clock
from originmark.frame.web.tables import Badge, Column, EmptyState, Filter, Table, table_page
from originmark.mark.schemes import rules, selectors, services
from originmark.mark.schemes.models import Rulebook
from originmark.mark.schemes.star_values import StarScheme
from originmark.origin.parties import access

STATES = {
    rules.IN_FORCE: (gettext_lazy("In force"), "ok"),
    rules.COMING: (gettext_lazy("Coming"), "info"),
    rules.SUPERSEDED: (gettext_lazy("Superseded"), "plain"),
    rules.ENDED: (gettext_lazy("Ended"), "plain"),
}


def rulebook_url(row: Rulebook) -> str:
    """Return the address of a version."""
    return reverse("schemes:rulebook_version", args=[row.code, row.version])


def state_badge(row: Rulebook) -> Badge:
    """Return as a badge whether a version rules today."""
    state = rules.rulebook_state(
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        superseded_by=row.superseded_by,
        on=clock.today(),
    )
    return Badge(*STATES[state])


def brand_name(row: Rulebook) -> str:
    """Return whose rules they are."""
    return row.brand.name if row.brand else _("whole programme")


def by_kind(rows: QuerySet[Rulebook], kind: str) -> QuerySet[Rulebook]:
    """Narrow to the rulebooks of a kind."""
    return rows.filter(kind=kind)


def by_code(rows: QuerySet[Rulebook], code: str) -> QuerySet[Rulebook]:
    """Narrow to the versions of one rulebook."""
    return rows.filter(code=code)


def by_state(rows: QuerySet[Rulebook], state: str) -> QuerySet[Rulebook]:
    """Narrow to the versions that rule today, will rule, or have ruled."""
    on = clock.today()
    if state == rules.COMING:
        return rows.filter(valid_from__gt=on)
    if state == rules.IN_FORCE:
        return rows.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)
    return rows.filter(valid_until__lt=on, superseded_by__isnull=state == rules.ENDED)


TABLE = Table(
    name="rulebooks",
    columns=[
        Column("title", gettext_lazy("Rulebook"), link=rulebook_url, sort="title"),
        Column("state", gettext_lazy("State"), value=state_badge),
        Column("version", gettext_lazy("Version"), sort=("code", "version"), align="end"),
        Column(
            "kind",
            gettext_lazy("Kind"),
            value=Rulebook.get_kind_display,
            sort="kind",
            is_wide_only=True,
        ),
        Column(
            "brand", gettext_lazy("Brand"), value=brand_name, sort="brand__name", is_wide_only=True
        ),
        Column("valid_from", gettext_lazy("Valid from"), sort="valid_from", is_wide_only=True),
        Column("valid_until", gettext_lazy("Valid until"), sort="valid_until", is_wide_only=True),
        Column("loaded_by", gettext_lazy("Loaded by"), is_wide_only=True),
    ],
    filters=[
        Filter("kind", gettext_lazy("Kind"), Rulebook.Kind.choices, by_kind),
        Filter(
            "state", gettext_lazy("State"), [(key, name) for key, (name, _tone) in STATES.items()],
            by_state,
        ),
        Filter("code", gettext_lazy("Rulebook"), selectors.rulebook_codes, by_code),
    ],
    search=["title__icontains", "code__icontains", "brand__name__icontains"],
    default_sort="-valid_from",
    empty=EmptyState(
        gettext_lazy("No rulebook yet"),
        gettext_lazy(
            "A rulebook says what land may yield, how stars are given, or who may use a mark. "
            "Load those that come with the program, or your own."
        ),
        gettext_lazy("Load a rulebook"),
        lambda: reverse("schemes:rulebook_new"),
        "book",
        "schemes.load_rulebook",
    ),
)  # fmt: skip


@login_required
@require_GET
def rulebook_list(request: HttpRequest) -> HttpResponseBase:
    """List every version of every rulebook."""
    may_load = access.allows(access.actor_of(request), "schemes.load_rulebook")
    return table_page(
        request,
        TABLE,
        selectors.rulebooks(),
        template="schemes/rulebook_list.html",
        context={"may_load": may_load},
    )


@login_required
@require_GET
def rulebook(request: HttpRequest, code: str, version: int | None = None) -> HttpResponse:
    """Show a version, the newest by default, and how it differs from the one before."""
    row = selectors.rulebook(code, version)
    versions = list(selectors.rulebooks().filter(code=code))
    before = next((each for each in versions if each.version < row.version), None)
    file = selectors.file_of(row)
    context = {
        "rulebook": row,
        "state": state_badge(row),
        "versions": versions,
        "before": before,
        "difference": list(difference(before.text, row.text)) if before else [],
        "to_fill_in": [each.values for each in file.all("to_fill_in")],
        "sources": [each.values for each in file.all("source")],
        "may_load": access.allows(access.actor_of(request), "schemes.load_rulebook"),
        **_contents(row),
    }
    return render(request, "schemes/rulebook.html", context)


def _contents(row: Rulebook) -> dict[str, Any]:
    """Return what the page of a version of this kind shows."""
    if row.kind == Rulebook.Kind.STAR_SCHEME:
        scheme = selectors.scheme_of(row)
        return {
            "scheme": scheme,
            "bands": band_ranges(scheme),
            "product_sets": selectors.product_sets(row.code, row.version),
        }
    if row.kind == Rulebook.Kind.USE_RULES:
        brands = () if row.brand else selectors.brands()
        return {"use": selectors.use_rules_of(row), "brands": brands}
    if row.kind == Rulebook.Kind.GI_PROCEDURE:
        return {"procedure": selectors.gi_procedure_of(row)}
    return {"caps": row.yield_caps.all(), "conversions": row.conversions.all()}


def band_ranges(scheme: StarScheme) -> list[tuple[int, str, bool]]:
    """Return stars, points from–to, and whether they are recognised; most stars first."""
    ends = [None, *(band.from_points for band in scheme.bands)]
    return [
        (
            band.stars,
            f"{band.from_points} – 100" if end is None else f"{band.from_points} – < {end}",
            band.stars >= scheme.recognised_from_stars,
        )
        for band, end in zip(scheme.bands, ends, strict=False)
    ]


@login_required
@require_GET
def rulebook_file(_request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Hand out a version as the file that was loaded."""
    row = selectors.rulebook(code, version)
    response = HttpResponse(row.text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.code}-v{row.version}.toml"'
    return response


@login_required
@require_POST
def rulebooks_shipped(request: HttpRequest) -> HttpResponse:
    """Load whatever comes with the program and is not here yet."""
    report = services.load_shipped(by=access.actor_of(request), now=clock.now())
    for refusal in report.refused:
        messages.error(request, refusal)
    if report.loaded:
        loaded = ", ".join(report.loaded)
        messages.success(request, _("Loaded: %(loaded)s.") % {"loaded": loaded})
    elif not report.refused:
        messages.info(request, _("Everything that comes with the program is here already."))
    return redirect("schemes:rulebook_list")


def difference(before: str, after: str) -> Iterator[tuple[str, str]]:
    r"""Yield the lines that changed, with three lines around them, as (kind, line).

    >>> list(difference("a\nb", "a\nc"))
    [('same', 'a'), ('out', 'b'), ('in', 'c')]
    """
    kinds = {"+": "in", "-": "out", " ": "same", "@": "gap"}
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3)
    for number, line in enumerate(lines):
        if number > 2:
            yield kinds[line[0]], "…" if line[0] == "@" else line[1:]
