"""Charts of scans: by day and tone, by verdict."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from originmark.frame.web.charts import Bar, share_bar, stack_chart
from originmark.mark.labels.models import Scan
from originmark.mark.labels.watch.counts import DayCount, Window, by_tone
from originmark.mark.labels.watch.words import VERDICTS, verdict_name, verdict_tone

LABEL_DAYS = 30
TONES = {
    "ok": gettext_lazy("Genuine"),
    "warn": gettext_lazy("Genuine, with a warning"),
    "bad": gettext_lazy("Not to be relied on"),
}


def days_chart(found: Sequence[DayCount], window: Window) -> SafeString:
    """Return the scans of each day of the window, stacked by tone."""
    summed = by_tone(found)
    columns = [
        (
            date_format(day, _("j M")),
            [Bar(name, summed.get((day, tone), 0), tone) for tone, name in TONES.items()],
        )
        for day in window.days()
    ]
    return stack_chart(columns, title=_("Scans a day"), width=460)


def label_chart(kept: Sequence[Scan]) -> SafeString:
    """Return the kept scans of a label by day, for the days up to the newest of them."""
    found = [DayCount(localdate(each.at), each.verdict, 1) for each in kept]
    last = max(each.day for each in found)
    return days_chart(found, Window(last - timedelta(days=LABEL_DAYS - 1), last))


def verdict_bar(found: Sequence[DayCount]) -> SafeString:
    """Return the verdicts of all scans as shares of a whole, those that occur."""
    counted: Counter[str] = Counter()
    for each in found:
        counted[each.verdict] += each.scans
    order = [*VERDICTS, *sorted(set(counted) - set(VERDICTS))]
    parts = [
        Bar(verdict_name(name), counted[name], verdict_tone(name))
        for name in order
        if counted[name]
    ]
    return share_bar(parts, title=_("Verdicts"))
