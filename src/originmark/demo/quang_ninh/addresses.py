"""Pages of the province that anybody may open, by what they show."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse

from originmark.demo.quang_ninh import rounds
from originmark.demo.quang_ninh.history import LAPSED, History
from originmark.mark.evaluation import selectors as evaluation
from originmark.origin.parties.access import SYSTEM


def addresses(past: History, *, today: date) -> dict[str, str]:
    """Return addresses by what they show, for the end of the build."""
    return {name: f"{settings.PUBLIC_URL}{path}" for name, path in _paths(past, today)}


def _paths(past: History, today: date) -> Iterator[tuple[str, str]]:
    for name, product in (
        ("star in force", past.in_force[0]),
        ("star expired", past.ended[LAPSED][0]),
        ("star revoked", past.in_force[-1]),
    ):
        star = evaluation.latest_star(product.code, today)
        if star is None:
            raise LookupError(f"{product.code} was never recognised")
        yield name, star.url
    decided = evaluation.dossiers(SYSTEM).filter(
        round__code=rounds.code_of(today), decisions__granted_stars=4
    )
    code = decided.order_by("number").values_list("decisions__code", flat=True)[0]
    yield "certificate of stars", reverse("evaluation:certificate", args=[code])
