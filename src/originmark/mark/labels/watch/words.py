"""What the scan watch calls verdicts, and how it says which rule is broken and by how much."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

VERDICTS: dict[str, tuple[Promise, str]] = {  # what a shopper was told, and its tone
    "genuine-first": (gettext_lazy("Genuine, first look"), "ok"),
    "genuine-seen": (gettext_lazy("Genuine, seen before"), "ok"),
    "expired": (gettext_lazy("Past its best-before date"), "warn"),
    "star-expired": (gettext_lazy("Stars lapsed"), "warn"),
    "licence-lapsed": (gettext_lazy("Licence not in force"), "warn"),
    "not-activated": (gettext_lazy("Not activated"), "warn"),
    "copied": (gettext_lazy("Looks copied"), "bad"),
    "recalled": (gettext_lazy("Recalled"), "bad"),
    "withdrawn": (gettext_lazy("Withdrawn"), "bad"),
    "spoiled": (gettext_lazy("Spoiled or returned"), "bad"),
    "misplaced": (gettext_lazy("On another product or lot"), "bad"),
    "unknown": (gettext_lazy("Made up"), "bad"),
}
REASONS = {
    "viewers": gettext_lazy(
        "%(viewers)s different phones scanned it within %(days)s days. One pack meets "
        "%(at_most)s at most."
    ),
    "places": gettext_lazy(
        "Two scans %(minutes)s min apart were %(km)s km apart: faster than %(at_most)s km/h, so "
        "one pack cannot have travelled."
    ),
    "burst": gettext_lazy(
        "%(scans)s scans fell within %(minutes)s minutes, more than %(at_most)s: the code may "
        "be shown on a screen or printed on many packs."
    ),
    "barred": gettext_lazy(
        "%(viewers)s different phones scanned it although it may not be in a shop (%(verdicts)s)."
    ),
    "forged": gettext_lazy(
        "%(serials)s different codes that nobody issued were scanned for this lot within "
        "%(days)s days, from %(viewers)s phones. Up to %(at_most)s may be misread."
    ),
}
PLAIN = {  # of cases that were found before figures were kept
    "viewers": gettext_lazy("More phones scanned it than one pack meets."),
    "places": gettext_lazy("It was scanned at places too far apart for one pack to travel."),
}


def verdict_name(verdict: str) -> str:
    """Return what a verdict is called; one that is not known keeps its own name."""
    return str(VERDICTS[verdict][0]) if verdict in VERDICTS else verdict


def verdict_tone(verdict: str) -> str:
    """Return ok, warn or bad; plain for a verdict that is not known."""
    return VERDICTS[verdict][1] if verdict in VERDICTS else "plain"


def reason(rule: str, facts: Mapping[str, Any] | None) -> str:
    """Return in plain words which rule the scans break, with the figures where they are kept."""
    if not facts:
        return str(PLAIN.get(rule, _("The scans look wrong.")))
    shown = dict(facts)
    if "verdicts" in shown:
        shown["verdicts"] = ", ".join(verdict_name(each) for each in shown["verdicts"])
    return str(REASONS[rule]) % shown
