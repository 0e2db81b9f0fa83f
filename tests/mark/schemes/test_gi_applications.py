"""Applications for a geographical indication: from a draft to a right, and who may do what."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from builders.parties import an_actor, an_inspector, an_officer, an_organisation
from builders.schemes import NOON, a_brand
from django.core.files.uploadedfile import SimpleUploadedFile

from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.models import GiApplication, GiOpposition, Right
from originmark.mark.schemes.rules import RightTaken, UnknownBoundary
from originmark.mark.schemes.services import gi as services
from originmark.mark.schemes.services import gi_oppositions as oppositions
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor, NotAllowed
from originmark.origin.parties.models import Organisation

pytestmark = pytest.mark.django_db
HOW: dict[str, Any] = {"by": access.SYSTEM, "now": NOON}
UNTIL = date(2026, 12, 15)
LATER = NOON + timedelta(days=90)
WORDS = dict.fromkeys(selectors.PARTS, "Made up for tests")
LINK = services.GiLinkDraft(
    "Small golden grain", "natural", "Loess soil", "test", "Report 7 of 2025"
)
FOUND = services.Registration("CNIPA", "CNIPA GI", "GI-9", date(2027, 1, 5))
AGAINST = oppositions.OppositionDraft("Li", "li@example.org", "The name is generic")


def a_gi(holder: Organisation | None = None, **more: Any) -> GiApplication:
    """A draft with every part and one link."""
    facts = {"name": "Yangqu millet", "product": "Millet", "kind": "gi", "country": "CN"}
    draft = services.GiDraft(**(facts | WORDS | more))
    row = services.begin_gi(draft, organisation_id=(holder or an_organisation()).pk, **HOW)
    services.add_link(row.number, LINK, by=access.SYSTEM)
    return row


def a_published_gi(holder: Organisation | None = None) -> GiApplication:
    """An application that everybody may oppose until 15 December 2026."""
    number = a_gi(holder).number
    services.submit_gi(number, **HOW)
    services.examine_gi(number, rules.FORMAL_CHECK, note="", **HOW)
    services.examine_gi(number, rules.EXPERT_REVIEW, note="", **HOW)
    return services.publish_gi(number, until=UNTIL, **HOW)


def register(number: str, **more: Any) -> GiApplication:
    how = {"note": "All holds", "by": access.SYSTEM, "now": LATER, **more}
    return services.register_gi(number, FOUND, **how)


def test_an_application_goes_from_draft_to_a_right() -> None:
    brand = a_brand("yangqu")
    number = a_published_gi().number
    found = services.Registration("CNIPA", "CNIPA GI", "GI-9", date(2027, 1, 5), "yangqu")

    row = services.register_gi(number, found, note="All holds", by=access.SYSTEM, now=LATER)

    assert number == "GI-2026-0001"
    right = Right.objects.get()
    assert row.right == right
    assert (right.name, right.kind, right.number, right.country, right.brand) == (
        "Yangqu millet", "gi", "GI-9", "CN", brand,
    )  # fmt: skip
    assert (right.status, right.registered_on) == ("registered", date(2027, 1, 5))
    assert list(row.steps.values_list("stage", flat=True)) == [
        "draft", "submitted", "formal-check", "expert-review", "published", "registered",
    ]  # fmt: skip


def test_what_is_missing_is_told_at_once_and_nothing_is_submitted() -> None:
    row = a_gi(method="", labelling=" ")
    half = services.GiLinkDraft("Sweet", "human", "", "history", "")
    services.add_link(row.number, half, by=access.SYSTEM)

    with pytest.raises(rules.GiIncomplete) as refused:
        services.submit_gi(row.number, **HOW)

    assert [each.facts for each in refused.value.refusals] == [
        {"part": "method of production"},
        {"part": "labelling"},
        {"characteristic": "Sweet"},
        {"characteristic": "Sweet"},
    ]
    assert [each.code for each in refused.value.refusals[2:]] == [
        "gi-factor-missing", "gi-evidence-missing",
    ]  # fmt: skip
    assert GiApplication.objects.get().stage == "draft"


def test_without_a_link_nothing_is_submitted() -> None:
    row = a_gi()
    services.remove_link(row.number, row.links.get().pk, by=access.SYSTEM)

    assert [each.code for each in selectors.gi_gaps(row)] == ["gi-link-missing"]


def test_no_stage_is_skipped_and_an_end_is_an_end() -> None:
    number = a_gi().number
    for stage in (rules.FORMAL_CHECK, rules.EXPERT_REVIEW, rules.REFUSED, rules.REGISTERED):
        with pytest.raises(rules.WrongGiStage):
            services.examine_gi(number, stage, note="x", **HOW)
    with pytest.raises(rules.WrongGiStage):
        services.publish_gi(number, until=UNTIL, **HOW)
    services.withdraw_gi(number, **HOW)
    for command in (services.submit_gi, services.withdraw_gi):
        with pytest.raises(rules.WrongGiStage):
            command(number, **HOW)
    with pytest.raises(rules.WrongGiStage):
        services.add_link(number, LINK, by=access.SYSTEM)
    assert GiApplication.objects.get().stage == "withdrawn"


def test_sending_back_and_refusing_need_a_reason() -> None:
    number = a_gi().number
    services.submit_gi(number, **HOW)
    for stage in (rules.DRAFT, rules.REFUSED):
        with pytest.raises(rules.ReasonMissing):
            services.examine_gi(number, stage, note=" ", **HOW)
    assert GiApplication.objects.get().stage == "submitted"

    services.examine_gi(number, rules.DRAFT, note="Draw the area", **HOW)
    services.submit_gi(number, **HOW)
    row = services.examine_gi(number, rules.REFUSED, note="Generic name", **HOW)
    assert (row.stage, row.steps.last().note) == ("refused", "Generic name")


def test_the_deadline_lies_ahead() -> None:
    number = a_gi().number
    services.submit_gi(number, **HOW)
    services.examine_gi(number, rules.FORMAL_CHECK, note="", **HOW)
    services.examine_gi(number, rules.EXPERT_REVIEW, note="", **HOW)

    with pytest.raises(rules.OppositionTooShort):
        services.publish_gi(number, until=NOON.date(), **HOW)
    assert GiApplication.objects.get().oppose_until is None


def test_nothing_is_registered_while_others_may_oppose_or_wait_for_an_outcome() -> None:
    number = a_published_gi().number
    with pytest.raises(rules.OppositionRuns):
        register(number, now=datetime(2026, 12, 15, 12, tzinfo=NOON.tzinfo))
    against = oppositions.oppose_gi(number, AGAINST, now=NOON)
    with pytest.raises(rules.OppositionsUndecided):
        register(number)
    oppositions.decide_opposition(against.pk, outcome="dismissed", note="Not generic", **HOW)
    with pytest.raises(rules.ReasonMissing):
        register(number, note="")
    assert not Right.objects.exists()

    assert register(number).stage == "registered"


def test_a_number_that_is_taken_leaves_the_application_as_it_was() -> None:
    register(a_published_gi().number)
    second = a_published_gi().number

    with pytest.raises(RightTaken):
        register(second)

    assert GiApplication.objects.get(number=second).stage == "published"
    assert Right.objects.count() == 1


def test_oppositions_are_taken_to_the_last_day_and_only_while_published() -> None:
    draft, published = a_gi().number, a_published_gi().number
    with pytest.raises(rules.UnknownGiApplication):
        oppositions.oppose_gi(draft, AGAINST, now=NOON)
    with pytest.raises(rules.OppositionClosed):
        oppositions.oppose_gi(published, AGAINST, now=LATER)
    assert not GiOpposition.objects.exists()

    last = datetime(2026, 12, 15, 12, tzinfo=NOON.tzinfo)
    assert oppositions.oppose_gi(published, AGAINST, now=last).outcome == ""


def test_an_opposition_is_decided_once() -> None:
    against = oppositions.oppose_gi(a_published_gi().number, AGAINST, now=NOON)
    oppositions.answer_opposition(against.pk, answer="It is not", by=access.SYSTEM)
    with pytest.raises(rules.ReasonMissing):
        oppositions.decide_opposition(against.pk, outcome="upheld", note="", **HOW)
    oppositions.decide_opposition(against.pk, outcome="upheld", note="Generic", **HOW)

    with pytest.raises(rules.OppositionDecided):
        oppositions.answer_opposition(against.pk, answer="But", by=access.SYSTEM)
    row = GiOpposition.objects.get()
    assert (row.answer, row.outcome, row.reason) == ("It is not", "upheld", "Generic")


def test_a_boundary_must_exist_and_a_paper_must_be_one() -> None:
    with pytest.raises(UnknownBoundary):
        a_gi(boundary_code="nowhere")
    assert not GiApplication.objects.exists()


def test_a_paper_is_filed(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    row = a_gi()
    paper = services.add_document(
        row.number, SimpleUploadedFile("map.pdf", b"%PDF-1.7\n"), title="Map", **HOW
    )
    assert (paper.name, paper.title) == ("map.pdf", "Map")


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
            services.submit_gi(row.number, by=by, now=NOON)
    services.submit_gi(row.number, by=an_actor(holder), now=NOON)
    for by in [*outsiders(), an_actor(holder, "manager")]:
        with pytest.raises(NotAllowed):
            services.examine_gi(row.number, rules.FORMAL_CHECK, note="", by=by, now=NOON)
    for role in ("recorder", "manager"):
        officer = an_officer(role)
        services.examine_gi(row.number, rules.DRAFT if role == "manager" else rules.FORMAL_CHECK,
                            note="Why", by=officer, now=NOON)  # fmt: skip
    assert GiApplication.objects.get().stage == "draft"


def test_oppositions_are_answered_by_the_applicant_and_decided_by_the_office() -> None:
    holder = an_organisation()
    against = oppositions.oppose_gi(a_published_gi(holder).number, AGAINST, now=NOON)
    for by in [*outsiders(), an_actor(holder, "manager")]:
        with pytest.raises(NotAllowed):
            oppositions.decide_opposition(against.pk, outcome="upheld", note="x", by=by, now=NOON)
    for by in outsiders():
        with pytest.raises(NotAllowed):
            oppositions.answer_opposition(against.pk, answer="x", by=by)
    oppositions.answer_opposition(against.pk, answer="No", by=an_actor(holder))
    oppositions.decide_opposition(
        against.pk, outcome="dismissed", note="x", by=an_officer("recorder"), now=NOON
    )


def test_one_reads_ones_own_and_the_office_reads_all() -> None:
    holder = an_organisation()
    number = a_gi(holder).number
    assert selectors.gi_application(number, an_actor(holder, "viewer")).number == number
    assert selectors.gi_application(number, an_inspector()).number == number
    with pytest.raises(rules.UnknownGiApplication):
        selectors.gi_application(number, an_actor(an_organisation(), "manager"))
