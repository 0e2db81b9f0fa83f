"""Applications for a geographical indication: from a draft to a right, and who may do what."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pytest
from builders.gi import (
    AGAINST,
    FOUND,
    HOW,
    LATER,
    LINK,
    UNTIL,
    a_gi,
    a_granted_gi,
    a_law,
    a_procedure,
    a_published_gi,
    a_submitted_gi,
    an_examined_gi,
    judge_all,
)
from builders.parties import an_actor, an_inspector, an_officer, an_organisation
from builders.schemes import NOON, a_brand
from django.core.files.uploadedfile import SimpleUploadedFile

from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.models import GiApplication, GiDecision, Right
from originmark.mark.schemes.rules import RightTaken, UnknownBoundary
from originmark.mark.schemes.services import gi as services
from originmark.mark.schemes.services import gi_moves as moves
from originmark.mark.schemes.services import gi_oppositions as oppositions
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor, NotAllowed

pytestmark = pytest.mark.django_db


def test_an_application_goes_from_draft_to_a_right() -> None:
    brand = a_brand("yangqu")
    number = a_granted_gi().number
    found = moves.Registration(
        "CNIPA", "CNIPA GI", "GI-9", date(2027, 1, 20), date(2037, 1, 19), "yangqu"
    )

    row = moves.register_gi(number, found, by=access.SYSTEM, now=LATER)

    assert number == "GI-2026-0001"
    right = Right.objects.get()
    assert row.right == right
    assert (right.name, right.kind, right.number, right.country, right.brand) == (
        "Yangqu millet", "gi", "GI-9", "CN", brand,
    )  # fmt: skip
    assert (right.status, right.registered_on) == ("registered", date(2027, 1, 20))
    assert right.valid_until == date(2037, 1, 19)
    assert list(row.steps.values_list("stage", flat=True)) == [
        "draft", "submitted", "formal-check", "expert-review", "published", "decided",
        "registered",
    ]  # fmt: skip
    assert GiDecision.objects.get().outcome == "granted"


def test_without_a_procedure_nothing_begins() -> None:
    draft = services.GiDraft("Yangqu millet", "Millet", "gi", "CN")
    with pytest.raises(refusals.NoGiProcedure) as refused:
        services.begin_gi(draft, organisation_id=an_organisation().pk, **HOW)
    assert refused.value.facts == {"kind": "Geographical indication", "country": "China"}
    assert not GiApplication.objects.exists()


def test_the_procedure_of_the_country_goes_before_the_frame_for_any() -> None:
    a_procedure()
    law = a_law()

    assert a_gi().procedure == law
    assert a_gi(country="VN").procedure.code == "gi-general"


def test_a_draft_keeps_the_procedure_it_began_under() -> None:
    a_law()
    row = a_gi()
    other = services.GiDraft("Yangqu millet", "Millet", "gi", "VN")

    with pytest.raises(refusals.OtherProcedure):
        services.change_gi(row.number, other, by=access.SYSTEM)

    assert GiApplication.objects.get().country == "CN"


def test_a_stage_with_a_term_says_when_it_ends_and_counts_the_days_to_oppose() -> None:
    a_law()
    row = a_submitted_gi()
    judge_all(row)
    assert row.due_on is None
    assert moves.advance_gi(row.number, **HOW).due_on == date(2026, 11, 14)
    moves.advance_gi(row.number, **HOW)

    with pytest.raises(refusals.OppositionTermFixed) as refused:
        moves.publish_gi(row.number, until=UNTIL, **HOW)
    row = moves.publish_gi(row.number, **HOW)

    assert refused.value.facts == {"expected": date(2026, 12, 14), "found": UNTIL}
    assert (row.oppose_until, row.due_on) == (date(2026, 12, 14), None)


def test_what_is_missing_is_told_at_once_and_nothing_is_submitted() -> None:
    row = a_gi(method="", labelling=" ")
    half = services.GiLinkDraft("Sweet", "human", "", "history", "")
    services.add_link(row.number, half, by=access.SYSTEM)
    row.evidence.filter(property="link").delete()

    with pytest.raises(refusals.GiIncomplete) as refused:
        moves.submit_gi(row.number, **HOW)

    assert [each.facts for each in refused.value.refusals] == [
        {"part": "method of production"},
        {"part": "labelling"},
        {"characteristic": "Sweet"},
        {"characteristic": "Sweet"},
        {"property": "Link with the place"},
    ]
    assert [each.code for each in refused.value.refusals[2:]] == [
        "gi-factor-missing", "gi-evidence-missing", "gi-property-unproven",
    ]  # fmt: skip
    assert GiApplication.objects.get().stage == "draft"


def test_without_a_link_nothing_is_submitted() -> None:
    row = a_gi()
    services.remove_link(row.number, row.links.get().pk, by=access.SYSTEM)

    assert [each.code for each in selectors.gi_gaps(row)] == ["gi-link-missing"]


def test_no_stage_is_skipped_and_an_end_is_an_end() -> None:
    number = a_gi().number
    steps: list[Any] = [
        lambda: moves.advance_gi(number, **HOW),
        lambda: moves.publish_gi(number, until=UNTIL, **HOW),
        lambda: moves.grant_gi(number, note="x", **HOW),
        lambda: moves.refuse_gi(number, note="x", **HOW),
        lambda: moves.return_gi(number, note="x", **HOW),
        lambda: moves.register_gi(number, FOUND, **HOW),
    ]
    for step in steps:
        with pytest.raises(refusals.WrongGiStage):
            step()
    moves.withdraw_gi(number, **HOW)
    for command in (moves.submit_gi, moves.withdraw_gi):
        with pytest.raises(refusals.WrongGiStage):
            command(number, **HOW)
    with pytest.raises(refusals.WrongGiStage):
        services.add_link(number, LINK, by=access.SYSTEM)
    row = GiApplication.objects.get()
    assert (row.stage, row.phase) == ("withdrawn", "withdrawn")


def test_sending_back_and_refusing_need_a_reason() -> None:
    number = a_submitted_gi().number
    for command in (moves.return_gi, moves.refuse_gi):
        with pytest.raises(refusals.ReasonMissing):
            command(number, note=" ", **HOW)
    assert GiApplication.objects.get().stage == "submitted"
    assert not GiDecision.objects.exists()

    assert moves.return_gi(number, note="Draw the area", **HOW).stage == "draft"
    moves.submit_gi(number, **HOW)
    row = moves.refuse_gi(number, note="Generic name", **HOW)
    last = row.steps.last()
    assert last is not None
    assert (row.stage, last.note) == ("refused", "Generic name")
    assert GiDecision.objects.get().reason == "Generic name"


def test_the_office_gives_the_last_day_where_the_procedure_does_not() -> None:
    number = an_examined_gi().number

    with pytest.raises(refusals.OppositionTermMissing):
        moves.publish_gi(number, **HOW)
    with pytest.raises(refusals.OppositionTooShort):
        moves.publish_gi(number, until=NOON.date(), **HOW)
    assert GiApplication.objects.get().oppose_until is None


def test_nothing_is_granted_while_others_may_oppose() -> None:
    number = a_published_gi().number
    last_day = datetime(2026, 12, 15, 12, tzinfo=NOON.tzinfo)
    with pytest.raises(refusals.OppositionRuns):
        moves.grant_gi(number, note="All holds", by=access.SYSTEM, now=last_day)
    with pytest.raises(refusals.ReasonMissing):
        moves.grant_gi(number, note="", by=access.SYSTEM, now=LATER)
    assert not GiDecision.objects.exists()

    assert moves.grant_gi(number, note="x", by=access.SYSTEM, now=LATER).phase == "decided"


def test_a_number_that_is_taken_leaves_the_application_as_it_was() -> None:
    moves.register_gi(a_granted_gi().number, FOUND, by=access.SYSTEM, now=LATER)
    second = a_granted_gi().number

    with pytest.raises(RightTaken):
        moves.register_gi(second, FOUND, by=access.SYSTEM, now=LATER)

    assert GiApplication.objects.get(number=second).phase == "decided"
    assert Right.objects.count() == 1


def test_a_boundary_must_exist() -> None:
    with pytest.raises(UnknownBoundary):
        a_gi(boundary_code="nowhere")
    assert not GiApplication.objects.exists()


def test_a_paper_is_filed_at_its_stage_with_its_digest(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    row, content = a_submitted_gi(), b"%PDF-1.7\n"
    paper = services.add_document(
        row.number, SimpleUploadedFile("map.pdf", content), title="Map", **HOW
    )
    assert (paper.name, paper.title, paper.stage) == ("map.pdf", "Map", "submitted")
    assert paper.sha256 == sha256(content).hexdigest()
    with paper.file.open("rb") as kept:
        assert kept.read() == content


def outsiders() -> list[Actor]:
    return [
        an_actor(an_organisation(), "manager"),
        an_inspector(),
        an_officer("viewer"),
        access.NOBODY,
    ]


def test_the_applicant_writes_and_does_not_decide() -> None:
    holder = an_organisation()
    row = a_gi(holder)
    for role in ("recorder", "manager"):
        services.add_link(row.number, LINK, by=an_actor(holder, role))
    for by in [*outsiders(), an_actor(holder, "viewer")]:
        with pytest.raises(NotAllowed):
            moves.submit_gi(row.number, by=by, now=NOON)
    moves.submit_gi(row.number, by=an_actor(holder), now=NOON)
    for by in [*outsiders(), an_actor(holder, "manager")]:
        with pytest.raises(NotAllowed):
            moves.advance_gi(row.number, by=by, now=NOON)
    moves.advance_gi(row.number, by=an_officer("recorder"), now=NOON)
    moves.return_gi(row.number, note="Why", by=an_officer("manager"), now=NOON)
    assert GiApplication.objects.get().stage == "draft"


def test_one_reads_ones_own_and_the_office_reads_all() -> None:
    holder = an_organisation()
    number = a_gi(holder).number
    assert selectors.gi_application(number, an_actor(holder, "viewer")).number == number
    assert selectors.gi_application(number, an_inspector()).number == number
    with pytest.raises(refusals.UnknownGiApplication):
        selectors.gi_application(number, an_actor(an_organisation(), "manager"))


def test_what_waits_is_for_whoever_has_to_act() -> None:
    holder = an_organisation()
    draft, published = a_gi(holder).number, a_published_gi(holder).number
    examined = an_examined_gi(holder).number
    today = NOON.date()
    officer, applicant = an_officer("recorder"), an_actor(holder, "manager")

    def waits(by: Actor, on: date = today) -> set[str]:
        return {each.number for each in selectors.waiting_gi(by, on)}

    assert (waits(officer), waits(applicant)) == ({examined}, {draft})
    assert waits(officer, LATER.date()) == {examined, published}
    against = oppositions.oppose_gi(published, AGAINST, now=NOON)
    assert (waits(officer), waits(applicant)) == ({examined, published}, {draft, published})
    oppositions.answer_opposition(against.pk, answer="No", **HOW)
    assert (waits(officer), waits(applicant)) == ({examined, published}, {draft})
