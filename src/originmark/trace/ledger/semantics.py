"""Whether events that arrive can be true, given all that is known: by policy a warning or no."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from originmark.origin.parties.access import Actor
from originmark.standards.epcis.problems import Problem, step_into
from originmark.standards.gs1.epc_patterns import key
from originmark.trace.ledger import semantic_rules
from originmark.trace.ledger.drafts import Draft
from originmark.trace.ledger.rules import ImpossibleEvent
from originmark.trace.ledger.semantic_history import History
from originmark.trace.ledger.semantic_spellings import in_any_spelling
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
    named, history = in_any_spelling(drafts, History(own, _withdrawn(drafts)))
    return findings(named, history=history, policy=policy())


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
    bodies = {each.place: each.body for each in looked_at} if found else {}
    return [
        SemanticFinding(
            rule,
            place,
            _pointer(bodies[place], identifier),
            sentence,
            is_refusal=policy.of(rule) == "refuse",
        )
        for rule, place, identifier, sentence in found
    ]


def _withdrawn(drafts: Sequence[Draft]) -> set[str]:
    return {each.event_id for each in drafts if each.facts[-1]}


def _happening(draft: Draft) -> Happening:
    kind, at, action, step, *_ = draft.facts
    return Happening(draft.place, kind, action, step, at, draft.named)


def _pointer(body: Mapping[str, Any], identifier: str) -> str:
    """Return where an event names a thing first, in whatever spelling."""
    wanted = key(identifier)
    for field, value in body.items():
        for index, each in enumerate(value if isinstance(value, list) else ()):
            name = each.get("epcClass") if isinstance(each, Mapping) else each
            if isinstance(name, str) and key(name) == wanted:
                return f"/{field}/{index}"
    parent = body.get("parentID")
    return "/parentID" if parent is not None and key(parent) == wanted else ""
