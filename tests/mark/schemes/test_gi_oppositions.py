"""Oppositions to a published name: taken in time, answered, heard and decided once."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from builders.gi import AGAINST, HOW, LATER, a_gi, a_law, a_published_gi
from builders.parties import an_actor, an_inspector, an_officer, an_organisation
from builders.schemes import NOON
from django.core.files.uploadedfile import SimpleUploadedFile

from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes.models import GiDecision, GiHearing, GiOpposition
from originmark.mark.schemes.services import gi_moves as moves
from originmark.mark.schemes.services import gi_oppositions as oppositions
from originmark.origin.parties import access
from originmark.origin.parties.access import NotAllowed

pytestmark = pytest.mark.django_db
HEARD = oppositions.HearingDraft(NOON.date(), "Both sides", "The word is used elsewhere", "Hall")


def test_oppositions_are_taken_to_the_last_day_and_only_while_published() -> None:
    draft, published = a_gi().number, a_published_gi().number
    with pytest.raises(refusals.UnknownGiApplication):
        oppositions.oppose_gi(draft, AGAINST, now=NOON)
    with pytest.raises(refusals.OppositionClosed) as refused:
        oppositions.oppose_gi(published, AGAINST, now=LATER)
    assert refused.value.facts == {"number": published, "until": date(2026, 12, 15)}
    assert not GiOpposition.objects.exists()

    last = datetime(2026, 12, 15, 12, tzinfo=NOON.tzinfo)
    assert oppositions.oppose_gi(published, AGAINST, now=last).outcome == ""


def test_a_ground_is_one_of_those_that_the_law_lists() -> None:
    plain = a_published_gi().number
    a_law()
    number = a_published_gi().number
    for found in ("", "ugly"):
        with pytest.raises(refusals.UnknownGround):
            oppositions.oppose_gi(number, replace(AGAINST, ground=found), now=NOON)
    with pytest.raises(refusals.UnknownGround):
        oppositions.oppose_gi(plain, replace(AGAINST, ground="generic"), now=NOON)
    assert not GiOpposition.objects.exists()

    made = oppositions.oppose_gi(number, replace(AGAINST, ground="generic"), now=NOON)
    assert made.ground == "generic"


def test_an_opposition_brings_its_paper(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    paper = SimpleUploadedFile("book.pdf", b"%PDF-1.7\n")

    made = oppositions.oppose_gi(a_published_gi().number, AGAINST, paper, now=NOON)

    assert (made.file_name, len(made.sha256)) == ("book.pdf", 64)


def test_nothing_is_decided_while_an_opposition_is_open() -> None:
    number = a_published_gi().number
    against = oppositions.oppose_gi(number, AGAINST, now=NOON)
    for command in (moves.grant_gi, moves.refuse_gi):
        with pytest.raises(refusals.OppositionsUndecided):
            command(number, note="x", by=access.SYSTEM, now=LATER)
    assert not GiDecision.objects.exists()

    oppositions.decide_opposition(against.pk, outcome="dismissed", note="Not generic", **HOW)
    assert moves.grant_gi(number, note="x", by=access.SYSTEM, now=LATER).phase == "decided"


def test_a_name_whose_opponent_was_right_is_refused_and_not_granted() -> None:
    number = a_published_gi().number
    against = oppositions.oppose_gi(number, AGAINST, now=NOON)
    oppositions.decide_opposition(against.pk, outcome="upheld", note="Generic", **HOW)

    with pytest.raises(refusals.OppositionUpheld):
        moves.grant_gi(number, note="x", by=access.SYSTEM, now=LATER)

    assert moves.refuse_gi(number, note="Generic", by=access.SYSTEM, now=LATER).phase == "refused"


def test_an_opposition_is_heard_and_decided_once() -> None:
    against = oppositions.oppose_gi(a_published_gi().number, AGAINST, now=NOON)
    oppositions.answer_opposition(against.pk, answer="It is not", **HOW)
    ahead = replace(HEARD, held_on=date(2026, 10, 16))
    with pytest.raises(refusals.HearingAhead):
        oppositions.record_hearing(against.pk, ahead, **HOW)
    oppositions.record_hearing(against.pk, HEARD, **HOW)
    with pytest.raises(refusals.ReasonMissing):
        oppositions.decide_opposition(against.pk, outcome="upheld", note="", **HOW)
    oppositions.decide_opposition(against.pk, outcome="upheld", note="Generic", **HOW)

    with pytest.raises(refusals.OppositionDecided):
        oppositions.answer_opposition(against.pk, answer="But", **HOW)
    with pytest.raises(refusals.OppositionDecided):
        oppositions.record_hearing(against.pk, HEARD, **HOW)
    row = GiOpposition.objects.get()
    assert (row.answer, row.answered_at, row.outcome) == ("It is not", NOON, "upheld")
    assert GiHearing.objects.get().notes == "The word is used elsewhere"


def test_the_applicant_answers_and_the_office_hears_and_decides() -> None:
    holder = an_organisation()
    against = oppositions.oppose_gi(a_published_gi(holder).number, AGAINST, now=NOON)
    outsiders = [an_actor(an_organisation(), "manager"), an_inspector(), access.NOBODY]
    for by in [*outsiders, an_actor(holder, "manager")]:
        with pytest.raises(NotAllowed):
            oppositions.decide_opposition(against.pk, outcome="upheld", note="x", by=by, now=NOON)
        with pytest.raises(NotAllowed):
            oppositions.record_hearing(against.pk, HEARD, by=by, now=NOON)
    for by in outsiders:
        with pytest.raises(NotAllowed):
            oppositions.answer_opposition(against.pk, answer="x", by=by, now=NOON)
    oppositions.answer_opposition(against.pk, answer="No", by=an_actor(holder), now=NOON)
    officer = an_officer("recorder")
    oppositions.record_hearing(against.pk, HEARD, by=officer, now=NOON)
    oppositions.decide_opposition(against.pk, outcome="dismissed", note="x", by=officer, now=NOON)
