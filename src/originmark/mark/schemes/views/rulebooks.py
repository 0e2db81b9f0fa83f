"""Pages about rulebooks: the versions, one version read nicely, a new one with its difference."""

import difflib
from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.tables import Column, EmptyState, Table, table_page
from originmark.mark.schemes import selectors, services
from originmark.mark.schemes.forms import RulebookForm
from originmark.mark.schemes.models import Rulebook
from originmark.mark.schemes.rulebook_text import Finding
from originmark.origin.parties import access


def rulebook_url(row: Rulebook) -> str:
    """Return the address of a version."""
    return reverse("schemes:rulebook_version", args=[row.code, row.version])


TABLE = Table(
    name="rulebooks",
    columns=[
        Column("title", gettext_lazy("Rulebook"), link=rulebook_url, sort="title"),
        Column("version", gettext_lazy("Version"), sort="version", align="end"),
        Column("brand__name", gettext_lazy("Brand"), sort="brand__name"),
        Column("valid_from", gettext_lazy("Valid from"), sort="valid_from"),
        Column("valid_until", gettext_lazy("Valid until"), sort="valid_until"),
        Column("loaded_by", gettext_lazy("Loaded by")),
    ],
    search=["title__icontains", "code__icontains", "brand__name__icontains"],
    default_sort="-valid_from",
    empty=EmptyState(
        gettext_lazy("No rulebook yet"),
        gettext_lazy("A rulebook says what a hectare may yield and what a process may give."),
        gettext_lazy("Load a rulebook"),
        lambda: reverse("schemes:rulebook_new"),
        "book",
    ),
)


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
    context = {
        "rulebook": row,
        "versions": versions,
        "before": before,
        "difference": list(difference(before.text, row.text)) if before else [],
        "caps": row.yield_caps.all(),
        "conversions": row.conversions.all(),
        "may_load": access.allows(access.actor_of(request), "schemes.load_rulebook"),
    }
    return render(request, "schemes/rulebook.html", context)


@login_required
@require_GET
def rulebook_file(_request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Hand out a version as the file that was loaded."""
    row = selectors.rulebook(code, version)
    response = HttpResponse(row.text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.code}-v{row.version}.toml"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def rulebook_new(request: HttpRequest) -> HttpResponse:
    """Check a new version and show its difference; load it when the person says so."""
    by = access.actor_of(request)
    access.require(by, "schemes.load_rulebook")
    form = RulebookForm(request.POST or None, request.FILES or None, initial=_start(request))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "schemes/rulebook_new.html", {"form": form}, status=status)
    text = form.cleaned_data["text"]
    rules, findings = services.check_rulebook(text)
    if rules is not None and "load" in request.POST:
        row = services.load_rulebook(text, by=by, now=clock.now())
        messages.success(request, _("%(rulebook)s is loaded.") % {"rulebook": row})
        return redirect(rulebook_url(row))
    before = selectors.rulebooks().filter(code=rules.code).first() if rules else None
    context = {
        "form": RulebookForm(initial={"text": text}),
        "rules": rules,
        "findings": [_told(each) for each in findings],
        "before": before,
        "difference": list(difference(before.text, text)) if before else [],
        "text": text,
    }
    return render(request, "schemes/rulebook_new.html", context, status=422 if findings else 200)


def _start(request: HttpRequest) -> dict[str, str]:
    """Return the text to begin with: that of the version that the address names."""
    code = request.GET.get("from", "")
    row = selectors.rulebooks().filter(code=code).first() if code else None
    return {"text": row.text} if row else {}


def _told(finding: Finding) -> dict[str, object]:
    """Return a finding in the reader's language."""
    facts = {name: _(value) if isinstance(value, str) and name == "expected" else value
             for name, value in finding.facts.items()}  # fmt: skip
    return {
        "line": finding.line,
        "where": finding.where,
        "sentence": _(finding.sentence) % facts,
    }


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
