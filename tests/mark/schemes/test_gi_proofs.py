"""The link between quality and place, property by property: evidence and judgement."""

from hashlib import sha256
from typing import Any

import pytest
from builders.gi import HOW, SOURCE, UNTIL, a_gi, a_submitted_gi, judge_all
from builders.parties import an_actor, an_inspector, an_officer, an_organisation
from builders.schemes import NOON
from django.core.files.uploadedfile import SimpleUploadedFile

from originmark.frame.web.uploads import NotADocument
from originmark.mark.schemes import gi_refusals as refusals
from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.models import GiApplication, GiEvidence, GiJudgement
from originmark.mark.schemes.services import gi_moves as moves
from originmark.mark.schemes.services import gi_proofs as proofs
from originmark.origin.parties import access
from originmark.origin.parties.access import NotAllowed

pytestmark = pytest.mark.django_db
FIGURE = {"value": "8.2 g/100 g", "method": "GB 5009.5", "laboratory": "County Laboratory"}


def add(row: GiApplication, file: Any = None, **facts: str) -> GiEvidence:
    draft = proofs.EvidenceDraft(**{"property": "quality", "says": "More protein", **facts})
    return proofs.add_evidence(row.number, draft, file, **HOW)


def judge(row: GiApplication, code: str = "quality", **more: Any) -> GiJudgement:
    facts = {"verdict": "shown", "reason": "Report 7 says so", **HOW, **more}
    return proofs.judge_property(row.number, code, **facts)


def test_a_figure_names_its_method_and_laboratory() -> None:
    row = a_gi()
    with pytest.raises(refusals.EvidenceHalf) as refused:
        add(row, kind="figure", value="8.2 g/100 g")
    assert refused.value.facts == {"kind": "figure", "needs": ("method", "laboratory")}
    assert not GiEvidence.objects.filter(kind="figure").exists()

    assert add(row, kind="figure", **FIGURE).laboratory == "County Laboratory"


def test_a_paper_is_filed_with_what_it_shows(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    row, content = a_gi(), b"%PDF-1.7\n"
    with pytest.raises(refusals.EvidenceHalf):
        add(row, kind="file")
    with pytest.raises(NotADocument):
        add(row, SimpleUploadedFile("virus.exe", b"MZ"), kind="file")

    made = add(row, SimpleUploadedFile("report.pdf", content), kind="file")

    assert made.document is not None
    assert (made.document.name, made.document.stage) == ("report.pdf", "draft")
    assert made.document.sha256 == sha256(content).hexdigest()


def test_what_the_procedure_does_not_ask_for_is_not_shown() -> None:
    row = a_gi()
    with pytest.raises(refusals.UnknownProperty) as refused:
        add(row, property="colour", **{**SOURCE, "says": "x"})
    assert refused.value.facts == {"property": "colour", "known": ("quality", "link")}


def test_evidence_is_added_and_removed_in_a_draft_only() -> None:
    row = a_gi()
    first = row.evidence.all()[0]
    moves.submit_gi(row.number, **HOW)
    for step in (
        lambda: add(row, **SOURCE),
        lambda: proofs.remove_evidence(row.number, first.pk, by=access.SYSTEM),
    ):
        with pytest.raises(refusals.WrongGiStage):
            step()
    moves.return_gi(row.number, note="More", **HOW)
    proofs.remove_evidence(row.number, first.pk, by=access.SYSTEM)
    assert [each.code for each in selectors.gi_gaps(row)] == ["gi-property-unproven"]


def test_nothing_is_published_with_a_property_that_is_not_judged_or_not_shown() -> None:
    row = a_submitted_gi()
    judge(row, "link", verdict="not-shown", reason="Any soil would do")
    moves.advance_gi(row.number, **HOW)
    moves.advance_gi(row.number, **HOW)

    with pytest.raises(refusals.NotReady) as refused:
        moves.publish_gi(row.number, until=UNTIL, **HOW)

    assert [(each.code, each.facts) for each in refused.value.refusals] == [
        ("gi-unjudged", {"property": "Special quality"}),
        ("gi-not-shown", {"property": "Link with the place"}),
    ]
    assert GiApplication.objects.get().phase == "examination"
    judge_all(row)
    assert moves.publish_gi(row.number, until=UNTIL, **HOW).phase == "opposition"


def test_an_application_that_was_sent_back_is_judged_anew() -> None:
    row = a_submitted_gi()
    judge_all(row)
    assert selectors.gi_unready(row) == []
    moves.return_gi(row.number, note="The map is missing", **HOW)
    moves.submit_gi(row.number, **HOW)

    assert [each.code for each in selectors.gi_unready(row)] == ["gi-unjudged", "gi-unjudged"]
    assert GiJudgement.objects.count() == 2


def test_a_judgement_needs_a_reason_and_a_submission() -> None:
    row = a_gi()
    with pytest.raises(refusals.WrongGiStage):
        judge(row)
    moves.submit_gi(row.number, **HOW)
    with pytest.raises(refusals.ReasonMissing):
        judge(row, reason=" ")
    with pytest.raises(refusals.UnknownProperty):
        judge(row, "colour")
    assert not GiJudgement.objects.exists()


def test_the_office_judges_and_the_applicant_shows() -> None:
    holder = an_organisation()
    row = a_gi(holder)
    draft = proofs.EvidenceDraft("link", **SOURCE)
    strangers = [an_actor(an_organisation(), "manager"), an_inspector(), access.NOBODY]
    for by in [*strangers, an_actor(holder, "viewer")]:
        with pytest.raises(NotAllowed):
            proofs.add_evidence(row.number, draft, by=by, now=NOON)
    proofs.add_evidence(row.number, draft, by=an_actor(holder, "recorder"), now=NOON)
    moves.submit_gi(row.number, **HOW)
    for by in [*strangers, an_actor(holder, "manager")]:
        with pytest.raises(NotAllowed):
            judge(row, by=by)
    assert judge(row, by=an_officer("recorder")).verdict == "shown"
