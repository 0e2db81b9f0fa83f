"""How a subscription learns that there is something to do: marks and jobs, never a look-out.

Capture counts every document up on each live subscription, in its own transaction, and puts one
job into the outbox: either all of it exists or nothing. The count is compared, not reset: whoever
delivers notes the count *before* reading the log, so a document that arrives meanwhile leaves the
subscription due. The update waits for, and is waited for by, whoever holds the row.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from originmark.frame.jobs import services as jobs
from originmark.origin.parties.access import Actor
from originmark.trace.ledger.models import Subscription
from originmark.trace.ledger.values import StoredEvent

TASK = "ledger.deliver"
TEST_TASK = "ledger.test_subscription"
LOOK_AGAIN = timedelta(minutes=5)  # for a job that somebody cancelled, or that was lost


def hear(stored: Sequence[StoredEvent], *, by: Actor, now: datetime) -> None:  # noqa: ARG001 (a listener's signature)
    """Tell every live subscription that the log has grown: capture calls it in its transaction.

    One query when there is none.
    """
    live = Subscription.objects.filter(is_live=True, status=Subscription.Status.ACTIVE)
    if live.update(signals=F("signals") + 1):
        wake(now)


def wake(moment: datetime, *, key: str | None = None) -> None:
    """Have everything that is due at a moment delivered then; the same ``key`` does so once."""
    jobs.enqueue(TASK, title="Deliver to subscribers", run_after=moment, key=key)
