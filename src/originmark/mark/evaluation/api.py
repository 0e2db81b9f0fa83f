"""Rounds, dossiers, sheets and certificates, for programs."""

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.evaluation import rulebooks, rules, scoring, selectors, services
from originmark.mark.evaluation.drafts import AnswerDraft, DossierDraft, SheetDraft
from originmark.mark.evaluation.models import Decision, Dossier, Round
from originmark.mark.evaluation.schemas import (
    AssessmentIn,
    AssessmentOut,
    Code,
    DecisionOut,
    DossierIn,
    DossierOut,
    RoundOut,
    ScoreIn,
    ScoringSheetIn,
    ScoringSheetOut,
    StarCertificateOut,
    TallyOut,
)
from originmark.mark.evaluation.views.papers import PAPERS
from originmark.mark.schemes.star_values import ProductSet
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import NotAllowed

router = Router(tags=["evaluation"], auth=access.API_AUTH)


@router.get("/rounds", response=list[RoundOut], summary="List rounds")
def get_rounds(request: HttpRequest, year: int | None = None) -> list[RoundOut]:  # noqa: ARG001 (ninja)
    """Return the rounds, the newest year first, with how far each is. Two queries."""
    rows = selectors.rounds()
    return _rounds(list(rows.filter(year=year) if year and 0 < year < 10_000 else rows))


@router.get("/rounds/{code}", response=RoundOut, summary="Read a round")
def get_round(request: HttpRequest, code: Code) -> RoundOut:  # noqa: ARG001 (ninja)
    """Return one round."""
    return _rounds([selectors.round_by_code(code)])[0]


@router.get("/dossiers", response=list[DossierOut], summary="List dossiers")
@paginate(Pages)
def get_dossiers(request: HttpRequest, state: Code = "", round: Code = "") -> QuerySet[Dossier]:  # noqa: A002 (the word of the API)
    """Return the dossiers that the asker may read, newest first."""
    rows = selectors.dossiers(access.actor_of(request))
    rows = rows.filter(state=state) if state else rows
    return rows.filter(round__code=round) if round else rows


@router.post("/dossiers", response={201: DossierOut}, summary="Begin a dossier")
def post_dossier(request: HttpRequest, body: DossierIn) -> Status[Dossier]:
    """Begin a dossier in an open round."""
    by = access.actor_of(request)
    organisation = parties.visible_organisation(body.organisation, by)
    draft = DossierDraft(body.round, organisation.pk, body.product, body.product_set, body.subgroup)
    return Status(201, services.start_dossier(draft, by=by, now=clock.now()))


@router.get("/dossiers/{number}", response=DossierOut, summary="Read a dossier")
def get_dossier(request: HttpRequest, number: Code) -> Dossier:
    """Return one dossier."""
    return selectors.dossier(number, access.actor_of(request))


@router.put(
    "/dossiers/{number}/assessment", response=AssessmentOut, summary="Write the self-assessment"
)
def put_assessment(request: HttpRequest, number: Code, body: AssessmentIn) -> AssessmentOut:
    """Write answers and return what they come to."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    asked = rulebooks.set_of(row)
    answers = [
        AnswerDraft(each.criterion, _option(asked, each), each.evidence, each.remark)
        for each in body.answers
    ]
    services.assess(number, answers, by=by)
    found = selectors.assessment(row)
    return AssessmentOut(
        points=found.total.points,
        by_part=dict(found.total.by_part),
        stars=found.stars,
        next_stars=found.next_star.stars if found.next_star else None,
        points_to_next=found.next_star.missing_points if found.next_star else None,
        missing=list(found.total.missing),
    )


@router.post("/dossiers/{number}/submit", response=DossierOut, summary="Hand a dossier in")
def post_submission(request: HttpRequest, number: Code) -> Dossier:
    """Hand a dossier in; a refusal names what is missing."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    return services.submit_dossier(row.number, by=by, now=clock.now())


@router.get(
    "/dossiers/{number}/sheet", response=ScoringSheetOut, summary="Read one's own scoring sheet"
)
def get_sheet(request: HttpRequest, number: Code) -> ScoringSheetOut:
    """Return the sheet of the council member who asks, begun if need be. Persons only."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    return ScoringSheetOut.of(services.open_sheet(row.number, by=by, now=clock.now()))


@router.put(
    "/dossiers/{number}/sheet", response=ScoringSheetOut, summary="Write one's own scoring sheet"
)
def put_sheet(request: HttpRequest, number: Code, body: ScoringSheetIn) -> ScoringSheetOut:
    """Write answers and knock-outs; 409 where another screen saved since ``version``."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    asked = rulebooks.set_of(row)
    draft = SheetDraft(
        version=body.version,
        options={each.criterion: _option(asked, each) for each in body.scores},
        remarks={each.criterion: each.remark for each in body.scores if each.remark},
        knock_outs={each.criterion: each.reason for each in body.knock_outs},
    )
    return ScoringSheetOut.of(services.save_sheet(row.number, draft, by=by, now=clock.now()))


@router.post(
    "/dossiers/{number}/sheet/hand-in", response=ScoringSheetOut, summary="Hand in one's own sheet"
)
def post_hand_in(request: HttpRequest, number: Code) -> ScoringSheetOut:
    """Hand in the sheet: it counts from now on and does not change."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    return ScoringSheetOut.of(services.hand_in_sheet(row.number, by=by, now=clock.now()))


@router.get("/dossiers/{number}/tally", response=TallyOut, summary="Read the tally of a dossier")
def get_tally(request: HttpRequest, number: Code) -> TallyOut:
    """Return what the sheets come to: for the head of the council, for others once decided."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    if not selectors.may_see_tally(row, by):
        raise NotAllowed(person=by.name, permission="evaluation.head")
    bench = selectors.bench_of(row)
    found = bench.tally()
    marked = [criterion for criterion, _, _ in bench.marked()]
    return TallyOut(
        totals=dict(found.totals),
        average=found.average,
        spread=found.spread,
        missing=list(bench.missing),
        far=list(found.far),
        open_knock_outs=list(rules.open_knock_outs(marked, bench.votes())),
    )


@router.post("/dossiers/{number}/decide", response=DecisionOut, summary="Decide a dossier")
def post_decision(request: HttpRequest, number: Code) -> DecisionOut:
    """Decide a dossier, once: for the chair or the secretary of its council."""
    by = access.actor_of(request)
    row = selectors.dossier(number, by)
    return _decided(services.decide(row.number, by=by, now=clock.now()))


@router.get(
    "/certificates/{code}", response=StarCertificateOut, auth=None, summary="Verify a certificate"
)
def get_certificate(request: HttpRequest, code: Code) -> StarCertificateOut:
    """Return what a certificate is worth today; for everybody who has the paper."""
    PAPERS.count(request)
    found = selectors.certificate(code, clock.today())
    decision, star = found.decision, found.star
    return StarCertificateOut(
        number=decision.dossier.number,
        product=decision.dossier.product.name,
        holder=decision.dossier.organisation.name,
        stars=decision.granted_stars,
        state=found.state,
        is_valid=found.is_valid,
        decided_on=decision.decided_on,
        valid_until=star.valid_until if star else None,
    )


def _option(asked: ProductSet, said: ScoreIn) -> int:
    """Return the number of an answer that was given by its number or by its points."""
    line = scoring.criterion(asked, said.criterion)
    return said.option if said.option is not None else scoring.option_for(line, said.points or 0)


def _rounds(rows: list[Round]) -> list[RoundOut]:
    progress = selectors.progress([row.pk for row in rows])
    return [RoundOut.of(row, dict(progress[row.pk].by_state)) for row in rows]


def _decided(row: Decision) -> DecisionOut:
    return DecisionOut(
        dossier=row.dossier.number,
        outcome=row.outcome,
        points=row.points,
        sum_of_points=row.sum_of_points,
        sheets=row.sheets,
        rounding=row.rounding,
        stars=row.stars,
        granted_stars=row.granted_stars,
        is_potential_five=row.is_potential_five,
        decided_on=row.decided_on,
    )
