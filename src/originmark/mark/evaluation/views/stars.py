"""Pages about stars for everybody: the register and one star."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from originmark.frame.web import clock
from originmark.mark.evaluation.selectors import stars as selectors
from originmark.mark.evaluation.star_tables import state_badge


def today() -> date:
    """Return the present day in the installation's time zone."""
    return timezone.localtime(clock.now()).date()


@require_GET
def star(request: HttpRequest, number: str) -> HttpResponse:
    """Show a star: what it says, how long, and whether it holds today. For everybody."""
    row = selectors.star(number, today())
    context = {
        "star": row,
        "facts": selectors.facts(row, today()),
        "badge": state_badge(row),
    }
    return render(request, "evaluation/star.html", context)
