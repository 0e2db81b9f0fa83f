"""Commands on honours."""

from datetime import date

from django.db import transaction

from originmark.mark.evaluation import checks_rules as rules
from originmark.mark.evaluation import stars_refusals as refusals
from originmark.mark.evaluation.models.honours import Honour
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.evaluation.selectors import stars as selectors
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@transaction.atomic
def honour(star_number: str, *, title: str, on: date, citation: str = "", by: Actor) -> Honour:
    """Honour a product whose star counts on the day; the same title again changes nothing.

    Raises UnknownStar or NotHonourable.
    """
    access.require(by, "evaluation.honour")
    rows = Star.objects.select_for_update().filter(number=star_number)
    star = rows.first()
    if star is None:
        raise refusals.UnknownStar(number=star_number)
    if not selectors.valid_on(rows, on).exists():
        raise rules.NotHonourable(number=star_number, on=on)
    row, _is_new = Honour.objects.get_or_create(
        star=star,
        year=on.year,
        title=title.strip(),
        defaults={"citation": citation.strip(), "honoured_on": on, "honoured_by": by.name},
    )
    return row
