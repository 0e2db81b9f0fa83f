"""What the ledger shows on pages of other rooms."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from originmark.frame.web.sockets import Hit, HomeCard, HomeLine, list_card
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.gs1.epc_patterns import key
from originmark.trace.ledger import selectors, subscription_pages, words
from originmark.trace.ledger.models import EventIdentifier, Subscription
from originmark.trace.ledger.subscriptions import naming, subscribing

MOST_HITS = 5
MOST_LINES = 5


def home_card(_request: HttpRequest, by: Actor) -> HomeCard | None:
    """Return the subscriptions that were given up, to those who can do something about it."""
    if not access.allows_somewhere(by, naming.PERMISSION):
        return None
    given_up = subscribing.subscriptions(by).filter(status=Subscription.Status.FAILED)
    rows = given_up.select_related("query", "organisation").order_by("-created_at", "pk")
    lines = (
        HomeLine(
            text=subscription_pages.host_of(row),
            url=reverse("ledger:subscription", args=[row.pk]),
            note=f"{row.query.name} · {subscription_pages.owner_of(row)}",
            tone="bad",
            badge=row.get_status_display(),
        )
        for row in rows[:MOST_LINES]
    )
    title = _("Receivers that are told nothing more")
    url = f"{reverse('ledger:subscriptions')}?status={Subscription.Status.FAILED}"
    return list_card(title, lines, url=url, icon="alert-triangle", order=35)


def find(by: Actor, query: str) -> list[Hit]:
    """Return the newest events that bear a name or name a thing exactly (two queries).

    Identifiers are long: whoever searches for one pastes it whole.
    """
    naming = EventIdentifier.objects.filter(identifier=key(query)).values("event_id")
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
