"""The paper of a decision: the same bytes for the same content, in each language."""

import pytest
from builders.gi import AGAINST, HOW, LATER, a_gi, a_published_gi
from builders.schemes import NOON

from originmark.mark.schemes import gi_papers
from originmark.mark.schemes.models import GiDecision
from originmark.mark.schemes.services import gi_moves as moves
from originmark.mark.schemes.services import gi_oppositions as oppositions
from originmark.origin.parties import access

pytestmark = pytest.mark.django_db


def a_decision() -> GiDecision:
    """A grant after an opposition that was answered, heard and dismissed."""
    number = a_published_gi().number
    against = oppositions.oppose_gi(number, AGAINST, now=NOON)
    oppositions.answer_opposition(against.pk, answer="It is not", **HOW)
    heard = oppositions.HearingDraft(NOON.date(), "Both sides", "The word is old")
    oppositions.record_hearing(against.pk, heard, **HOW)
    oppositions.decide_opposition(against.pk, outcome="dismissed", note="Not generic", **HOW)
    moves.grant_gi(number, note="All holds", by=access.SYSTEM, now=LATER)
    return GiDecision.objects.get()


@pytest.mark.parametrize("language", ["en", "vi", "zh-hans"])
def test_a_decision_is_set_in_each_language_and_always_alike(language: str) -> None:
    found = a_decision()

    made = gi_papers.decision_pdf(found, language=language)

    assert made.startswith(b"%PDF")
    assert made == gi_papers.decision_pdf(found, language=language)


def test_an_early_refusal_has_a_paper_too() -> None:
    row = moves.submit_gi(a_gi().number, **HOW)
    moves.refuse_gi(row.number, note="Generic name", **HOW)

    made = gi_papers.decision_pdf(GiDecision.objects.get(), language="en")

    assert made.startswith(b"%PDF")
