"""Pages of star schemes: the criteria of a product set as a sheet, and two versions compared."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from originmark.mark.schemes import selectors
from originmark.mark.schemes.models import CriteriaSet
from originmark.mark.schemes.rulebook_compare import compare

SHEET_LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}


def product_set_url(row: CriteriaSet) -> str:
    """Return the address of a product set."""
    return reverse("schemes:product_set", args=[row.rulebook.code, row.rulebook.version, row.code])


@login_required
@require_GET
def product_set(request: HttpRequest, code: str, version: int, set_code: str) -> HttpResponse:
    """Show the criteria of a product set as a sheet that can be printed, in a language."""
    row = selectors.criteria_set(code, version, set_code)
    found = selectors.set_of(row)
    language = request.GET.get("in", "")
    context = {
        "row": row,
        "found": found,
        "parts": [
            (part, [each for each in found.sections if each.part == part.code])
            for part in selectors.star_scheme(code, version).parts
        ],
        "language": language if language in SHEET_LANGUAGES else get_language() or "en",
        "languages": SHEET_LANGUAGES,
    }
    return render(request, "schemes/product_set.html", context)


@login_required
@require_GET
def rulebook_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Show side by side how two versions differ; the newest two unless the address says others."""
    versions = list(selectors.rulebooks().filter(code=code))
    if len(versions) < 2:
        return redirect("schemes:rulebook", code)
    by_number = {str(each.version): each for each in versions}
    after = by_number.get(request.GET.get("after", ""), versions[0])
    older = [each for each in versions if each.version < after.version]
    other = older[0] if older else next(each for each in versions if each != after)
    before = by_number.get(request.GET.get("before", ""), other)
    tables = compare(selectors.file_of(before), selectors.file_of(after))
    context = {
        "versions": versions,
        "before": before,
        "after": after,
        "differing": [each for each in tables if each.changes],
        "same": [each for each in tables if not each.changes],
    }
    return render(request, "schemes/rulebook_compare.html", context)
