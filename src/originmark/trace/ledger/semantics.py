"""Whether events that arrive can be true, given all that is known: by policy a warning or no."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from originmark.origin.parties.access import Actor
from originmark.standards.epcis.problems import Problem, step_into
from originmark.trace.ledger import semantic_rules
from originmark.trace.ledger.drafts import Draft
from originmark.trace.ledger.index import as_sent
from originmark.trace.ledger.rules import ImpossibleEvent
from originmark.trace.ledger.semantic_history import History
from originmark.trace.ledger.semantic_values import (
    Happening,
    Policy,
    SemanticFinding,
    read_policy,
)  # fmt: skip

__all__ = ["History", "Policy", "SemanticFinding", "findings", "policy", "remarks", "review"]


def policy() -> Policy:
    """Return what the setting ``LEDGER_SEMANTICS`` says. Raises ImproperlyConfigured."""
    try:
        return _read_policy(tuple(settings.LEDGER_SEMANTICS))
    except ValueError as wrong:
        raise ImproperlyConfigured(f"ORIGINMARK_LEDGER_SEMANTICS: {wrong}") from wrong


@lru_cache(8)
def _read_policy(words: tuple[str, ...]) -> Policy:
    return read_policy(words)


def review(
    drafts: Sequence[Draft],
    *,
    by: Actor,
    now: datetime,  # noqa: ARG001 (told to every step of capture)
    organisation_id: int | None = None,
) -> list[SemanticFinding]:
    """Return what in these events cannot be true, as far as is known; first event first.

    The events are new: none of them is in the ledger. Error declarations, and what they
    withdraw, are not looked at. ``organisation_id`` is on whose behalf the actor records, if not
    the actor's own. Numbers of others are no matter for a programme office.

    Costs a few queries, whatever the number of events (see ``semantic_history``).
    """
    own = None if by.sees_everything else {*by.organisation_ids, organisation_id}
    return findings(drafts, history=History(own, _withdrawn(drafts)), policy=policy())


def remarks(
    drafts: Sequence[Draft], *, by: Actor, now: datetime, organisation_id: int | None
) -> list[Problem]:
    """Return what ``review`` finds, as advice. Raises ImpossibleEvent where the policy refuses."""
    lists = {each.place: each.list_pointer for each in drafts}
    advice: list[Problem] = []
    for each in review(drafts, by=by, now=now, organisation_id=organisation_id):
        pointer = step_into(lists[each.index], each.index) + each.pointer
        if each.is_refusal:
            raise ImpossibleEvent(pointer=pointer, rule=each.rule, finding=each.sentence)
        advice.append(Problem(pointer, each.sentence, is_advice=True, rule=each.rule))
    return advice


def findings(
    arrivals: Sequence[Draft], *, history: semantic_rules.History, policy: Policy
) -> list[SemanticFinding]:
    """Return the findings of the rules that the policy does not turn off."""
    withdrawn = _withdrawn(arrivals)
    looked_at = [each for each in arrivals if each.event_id not in withdrawn]
    happenings = [_happening(each) for each in looked_at]
    found = semantic_rules.findings(happenings, history=history, policy=policy)
    by_place = {each.place: each for each in looked_at} if found else {}
    return [_as_told(by_place[each[1]], each, policy) for each in found]


def _as_told(draft: Draft, found: semantic_rules.Found, policy: Policy) -> SemanticFinding:
    """Return a finding that calls things as their event does."""
    rule, place, identifier, sentence = found
    names = as_sent(draft.body)
    for name, text in names.items():
        sentence = sentence.replace(name, text)
    return SemanticFinding(
        rule,
        place,
        _pointer(draft.body, names.get(identifier, identifier)),
        sentence,
        is_refusal=policy.of(rule) == "refuse",
    )


def _withdrawn(drafts: Sequence[Draft]) -> set[str]:
    return {each.event_id for each in drafts if each.facts[-1]}


def _happening(draft: Draft) -> Happening:
    kind, at, action, step, *_ = draft.facts
    return Happening(draft.place, kind, action, step, at, draft.named)


def _pointer(body: Mapping[str, Any], text: str) -> str:
    """Return where a text stands as an identifier in an event."""
    for field, value in body.items():
        for index, each in enumerate(value if isinstance(value, list) else ()):
            if text in (each, each.get("epcClass") if isinstance(each, Mapping) else None):
                return f"/{field}/{index}"
    return "/parentID" if body.get("parentID") == text else ""
