"""Try a link: each step of its answer, without asking over the network."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from originmark.mark.passport.resolver import rules, selectors
from originmark.mark.passport.resolver.models import Delegation
from originmark.mark.passport.resolver.rules import Subject
from originmark.origin.parties.access import Actor
from originmark.standards.gs1 import compression, link_types
from originmark.standards.gs1.compression import Elements
from originmark.standards.gs1.digital_link import DigitalLink
from originmark.standards.gs1.linksets import Level, LinkValue
from originmark.standards.gs1.negotiation import Wanted, choose

PASSPORT, LINKSET, GO, CHOICE, HANDED_ON = "passport", "linkset", "go", "choice", "handed-on"
NO_SUCH_LINK, NOTHING_KNOWN = "no-such-link", "nothing-known"
STATUS = {PASSPORT: 200, LINKSET: 200, GO: 307, CHOICE: 300, HANDED_ON: 307,
          NO_SUCH_LINK: 404, NOTHING_KNOWN: 404}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a link, step by step."""

    subject: Subject
    compressed: str
    partly: str
    levels: list[Level]
    outcome: str
    chosen: tuple[LinkValue, ...] = ()
    location: str = ""
    asked_for: str = ""

    @property
    def status(self) -> int:
        """The status of the answer."""
        return STATUS[self.outcome]


def try_link(text: str, wanted: Wanted, *, by: Actor, language: str, now: datetime) -> Trial:
    """Return what the resolver would answer; raises BadLink."""
    parts = urlsplit(text.strip())
    subject = rules.read_path("/" + parts.path.strip("/"))
    levels = selectors.levels(subject, by=by, language=language, now=now)
    outcome, chosen = _outcome(subject, levels, wanted)
    other = None
    if outcome == NOTHING_KNOWN and (other := selectors.delegation_of(subject)):
        outcome = HANDED_ON
    short, partly = _forms(subject)
    return Trial(
        subject=subject,
        compressed=short,
        partly=partly,
        levels=levels,
        outcome=outcome,
        chosen=chosen,
        location=_location(subject, chosen, other, parts.query),
        asked_for=link_types.short(wanted.link_type),
    )


def _forms(subject: Subject) -> tuple[str, str]:
    if subject.key == rules.OWN:
        return "", ""
    said = Elements(DigitalLink(subject.key, subject.value, subject.qualifiers))
    root = settings.PUBLIC_URL
    return root + compression.compress(said), root + compression.compress_partly(said)


def _outcome(
    subject: Subject, levels: list[Level], wanted: Wanted
) -> tuple[str, tuple[LinkValue, ...]]:
    if not any(level.default for level in levels):
        return NOTHING_KNOWN, ()
    if wanted.is_linkset:
        return LINKSET, ()
    if subject.is_of_a_lot and not wanted.link_type and wanted.takes_pages:
        return PASSPORT, ()
    chosen = choose(levels, wanted)
    if len(chosen) > 1:
        return CHOICE, chosen
    return (GO, chosen) if chosen else (NO_SUCH_LINK, ())


def _location(
    subject: Subject, chosen: tuple[LinkValue, ...], other: Delegation | None, query: str
) -> str:
    if other is not None:
        return rules.with_query(other.resolver_root + subject.path, query)
    if len(chosen) != 1:
        return ""
    return rules.with_query(chosen[0].href, query if chosen[0].passes_query else "")
