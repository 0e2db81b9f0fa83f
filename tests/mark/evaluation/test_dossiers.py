"""The applicant's dossier, its papers, and the checks before the council."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from builders.evaluation import (
    NOON,
    a_draft_dossier,
    a_round,
    a_submitted_dossier,
    an_accepted_dossier,
)
from builders.parties import an_actor, an_inspector, an_officer, an_organisation
from builders.places import an_administrative_unit
from builders.products import a_trade_item
from builders.star_schemes import GOOD
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from originmark.frame.web.uploads import NotADocument
from originmark.mark.evaluation import selectors, services
from originmark.mark.evaluation.drafts import (
    AnswerDraft,
    ContentCheck,
    DossierDraft,
    RoundDraft,
    RoundRules,
)
from originmark.mark.evaluation.models import Answer, Dossier, ProofFile, Round
from originmark.mark.evaluation.refusals import AnswerNotOffered, SheetIncomplete, UnknownCriterion
from originmark.mark.evaluation.step_refusals import (
    AnotherRulebook,
    DayIsPast,
    DossierOpen,
    FigureRefused,
    LevelDecidesNothing,
    NotEditable,
    NotTheApplicants,
    PreCheckMissing,
    ProofEmpty,
    ProofsMissing,
    RoundClosed,
    RoundEndsBeforeItBegins,
    RoundTaken,
    SayWhat,
    StepOutOfOrder,
    SubgroupOutsideSet,
    UnknownProof,
)
from originmark.origin.parties.access import SYSTEM, NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stars_of_tests")]


def round_draft(**more: object) -> RoundDraft:
    facts = {
        "code": "r1", "name": "R", "scheme_code": "ocop", "scheme_version": 3, "year": 2026,
        "level": "province", "opens_on": date(2026, 1, 1), "closes_on": date(2026, 1, 2), **more,
    }  # fmt: skip
    return RoundDraft(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"closes_on": date(2025, 12, 31)}, RoundEndsBeforeItBegins),
        ({"level": "commune"}, LevelDecidesNothing),
        ({"level": "planet"}, LevelDecidesNothing),
        ({"rules": RoundRules(quorum_share=2)}, FigureRefused),
        ({"code": "taken"}, RoundTaken),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    more: dict[str, object], refusal: type[Exception]
) -> None:
    a_round("taken")
    with pytest.raises(refusal):
        services.open_round(round_draft(**more), by=an_officer(), now=NOON)
    assert Round.objects.count() == 1


def test_only_the_office_runs_rounds() -> None:
    for actor in (an_actor(an_organisation(), "manager"), an_inspector(), an_actor()):
        with pytest.raises(NotAllowed):
            services.open_round(round_draft(), by=actor, now=NOON)


def test_numbers_count_up_within_a_round() -> None:
    round_ = a_round("qn-2026")

    found = [a_draft_dossier(round_).number for _ in range(2)]

    assert found == ["QN-2026-0001", "QN-2026-0002"]
    assert Dossier.objects.values_list("group_code", "subgroup_code")[0] == ("drinks", "tea")


def test_a_dossier_needs_an_open_round_and_a_product_of_ones_own() -> None:
    round_ = a_round()
    mine, other = an_organisation(), a_trade_item()
    draft = DossierDraft(round_.code, mine.pk, other.code, "tea")
    with pytest.raises(NotTheApplicants):
        services.start_dossier(draft, by=SYSTEM, now=NOON)
    own = a_trade_item(organisation=mine)
    draft = DossierDraft(round_.code, mine.pk, own.code, "tea")
    with pytest.raises(RoundClosed):
        services.start_dossier(draft, by=SYSTEM, now=NOON + timedelta(days=30))
    wrong = DossierDraft(round_.code, mine.pk, own.code, "tea", subgroup_code="honey")
    with pytest.raises(SubgroupOutsideSet):
        services.start_dossier(wrong, by=SYSTEM, now=NOON)
    assert not Dossier.objects.exists()


def test_one_product_has_one_dossier_on_its_way() -> None:
    round_ = a_round()
    first = a_draft_dossier(round_)
    draft = DossierDraft(round_.code, first.organisation_id, first.product.code, "tea")
    with pytest.raises(DossierOpen) as refused:
        services.start_dossier(draft, by=SYSTEM, now=NOON)
    assert refused.value.dossier == first.number

    services.withdraw_dossier(first.number, reason="Next year", by=SYSTEM, now=NOON)
    assert services.start_dossier(draft, by=SYSTEM, now=NOON).state == "draft"


def test_a_dossier_is_handed_in_complete_or_not_at_all() -> None:
    dossier = a_draft_dossier(a_round())
    with pytest.raises(ProofsMissing) as refused:
        services.submit_dossier(dossier.number, by=SYSTEM, now=NOON)
    assert refused.value.missing == ("Registration form",)
    services.file_proof(dossier.number, "registration", note="On paper", by=SYSTEM, now=NOON)
    services.assess(dossier.number, [AnswerDraft("1.1", 3)], by=SYSTEM)
    with pytest.raises(SheetIncomplete):
        services.submit_dossier(dossier.number, by=SYSTEM, now=NOON)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.submitted_at) == ("draft", None)


def test_the_self_assessment_says_how_far_it_is_to_the_next_star() -> None:
    dossier = a_draft_dossier(a_round())
    answers = [AnswerDraft("1.1", 2), AnswerDraft("1.2", 3), AnswerDraft("2.1", 2, "Invoices")]
    services.assess(dossier.number, answers, by=SYSTEM)

    found = selectors.assessment(dossier)

    assert (found.total.points, found.stars) == (50, 3)
    assert (found.next_star.stars, found.next_star.missing_points) == (4, 20)
    assert found.total.missing == ("2.2",)


def test_answers_that_are_not_on_the_sheet_leave_nothing_behind() -> None:
    dossier = a_draft_dossier(a_round())
    for wrong, refusal in (("9.9", UnknownCriterion), ("1.1", AnswerNotOffered)):
        answers = [AnswerDraft("1.2", 1), AnswerDraft(wrong, 4)]
        with pytest.raises(refusal):
            services.assess(dossier.number, answers, by=SYSTEM)
    assert not Answer.objects.exists()


def test_a_paper_is_what_its_bytes_say(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    dossier = a_draft_dossier(a_round())
    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    filed = services.file_proof(
        dossier.number,
        "story",
        SimpleUploadedFile("story.pdf", picture.getvalue()),
        by=SYSTEM,
        now=NOON,
    )
    assert (filed.name, filed.file.name.endswith(".png")) == ("story.png", True)

    for file, proof, refusal in (
        (SimpleUploadedFile("x.pdf", b"MZ"), "story", NotADocument),
        (None, "story", ProofEmpty),
        (None, "passport", UnknownProof),
    ):
        with pytest.raises(refusal):
            services.file_proof(dossier.number, proof, file, by=SYSTEM, now=NOON)
    assert ProofFile.objects.count() == 1
    services.remove_proof(dossier.number, filed.pk, by=SYSTEM)
    assert not ProofFile.objects.exists()


def test_what_was_handed_in_is_out_of_the_applicants_hands() -> None:
    dossier = a_submitted_dossier(a_round())
    with pytest.raises(NotEditable):
        services.assess(dossier.number, [AnswerDraft("1.1", 1)], by=SYSTEM)
    assert dict(dossier.answers.values_list("criterion", "option")) == GOOD


def test_the_office_asks_for_something_and_gets_it() -> None:
    dossier = a_submitted_dossier(a_round())
    officer = an_officer()
    with pytest.raises(SayWhat):
        services.ask_for(dossier.number, " ", until=date(2026, 10, 20), by=officer, now=NOON)
    with pytest.raises(DayIsPast):
        services.ask_for(dossier.number, "x", until=date(2026, 10, 14), by=officer, now=NOON)

    services.ask_for(
        dossier.number, "Sign the form", until=date(2026, 10, 20), by=officer, now=NOON
    )
    dossier.refresh_from_db()
    assert (dossier.state, dossier.action_needed) == ("action-needed", "Sign the form")

    after = services.submit_dossier(dossier.number, by=SYSTEM, now=NOON + timedelta(days=40))
    assert (after.state, after.action_needed, after.action_until) == ("submitted", "", None)


def test_the_commune_checks_before_the_office_accepts() -> None:
    commune = an_administrative_unit(level="commune")
    authority = an_organisation(kind="authority", unit=commune)
    applicant = an_organisation(unit=commune)
    dossier = a_submitted_dossier(a_round(), applicant)
    officer, checker = an_officer(), an_actor(authority, "recorder")
    assert dossier.checker == authority
    with pytest.raises(PreCheckMissing):
        services.accept_dossier(dossier.number, by=officer, now=NOON)

    doubtful = [ContentCheck("Origin", is_confirmed=False)]
    with pytest.raises(SayWhat):
        services.pre_check(dossier.number, doubtful, by=checker, now=NOON)
    for stranger in (an_actor(applicant, "manager"), an_actor(), an_actor(authority, "viewer")):
        with pytest.raises(NotAllowed):
            services.pre_check(dossier.number, [], by=stranger, now=NOON)

    found = [ContentCheck("Origin", is_confirmed=False, remark="A third comes from elsewhere")]
    services.pre_check(dossier.number, found, by=checker, now=NOON)
    assert selectors.dossier(dossier.number, checker).state == "pre-checked"
    assert services.accept_dossier(dossier.number, by=officer, now=NOON).state == "accepted"


@pytest.mark.parametrize("role", ["viewer", "inspector"])
def test_who_may_not_write_for_the_applicant(role: str) -> None:
    dossier = a_draft_dossier(a_round())
    for actor in (an_actor(dossier.organisation, role), an_actor(an_organisation(), "manager")):
        with pytest.raises(NotAllowed):
            services.assess(dossier.number, [AnswerDraft("1.1", 1)], by=actor)
        with pytest.raises(NotAllowed):
            services.withdraw_dossier(dossier.number, by=actor, now=NOON)
    assert not Answer.objects.exists()


def test_a_dossier_is_entered_only_where_its_rulebook_and_level_fit() -> None:
    dossier = an_accepted_dossier(a_round())
    centre = a_round(level="centre")
    with pytest.raises(AnotherRulebook):
        services.enter_round(dossier.number, centre.code, by=SYSTEM)
    with pytest.raises(StepOutOfOrder):
        services.accept_dossier(dossier.number, by=SYSTEM, now=NOON)
