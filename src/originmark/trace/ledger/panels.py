"""What the ledger shows on pages of other rooms."""

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from originmark.frame.web.sockets import Hit
from originmark.origin.parties.access import Actor
from originmark.trace.ledger import selectors, words
from originmark.trace.ledger.models import EventIdentifier

MOST_HITS = 5


def find(by: Actor, query: str) -> list[Hit]:
    """Return the newest events that bear a name or name a thing exactly (two queries).

    Identifiers are long: whoever searches for one pastes it whole.
    """
    naming = EventIdentifier.objects.filter(identifier=query).values("event_id")
    rows = selectors.events(by).filter(Q(event_id=query) | Q(pk__in=naming))
    return [
        Hit(
            title=words.step_word(row.biz_step, row.type),
            detail=date_format(localtime(row.event_time), "DATETIME_FORMAT"),
            url=reverse("ledger:event", args=[row.pk]),
            icon="history",
        )
        for row in rows.order_by("-pk")[:MOST_HITS]
    ]
