"""Rolls, for programs."""

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.labels import roll_selectors, roll_services, selectors
from originmark.mark.labels.models import LabelRun, Roll
from originmark.mark.labels.reconciling import Counted, Reconciled
from originmark.mark.labels.schemas import (
    CountIn,
    CutIn,
    HandOverIn,
    RangeIn,
    ReconciledOut,
    RollOut,
    RunOut,
)
from originmark.origin.parties import access

router = Router(tags=["labels"], auth=access.API_AUTH)


@router.get("/rolls", response=list[RollOut], summary="List rolls")
@paginate(Pages)
def get_rolls(request: HttpRequest) -> QuerySet[Roll]:
    """Return the rolls that the asker may read, newest first."""
    return roll_selectors.rolls(access.actor_of(request))


@router.post("/runs/{number}/rolls", response={201: list[RollOut]}, summary="Cut into rolls")
def post_rolls(request: HttpRequest, number: str, body: CutIn) -> Status[list[Roll]]:
    """Cut what is on no roll yet into rolls."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    return Status(201, roll_services.cut_rolls(run.number, body.size, by=by, now=clock.now()))


@router.post("/rolls/{code}/hand-over", response=RollOut, summary="Hand a roll over")
def post_hand_over(request: HttpRequest, code: str, body: HandOverIn) -> Roll:
    """Say who holds a roll now, and who signed for it."""
    by = access.actor_of(request)
    roll = roll_selectors.roll(code, by)
    to = roll_services.HandOver(**body.dict())
    return roll_services.hand_over(roll.code, to, by=by, now=clock.now())


@router.post("/rolls/{code}/count", response=ReconciledOut, summary="Count a roll")
def post_count(request: HttpRequest, code: str, body: CountIn) -> Reconciled:
    """Say what is counted on a roll; the answer is how it reconciles."""
    by = access.actor_of(request)
    roll = roll_selectors.roll(code, by)
    counted = Counted(**body.dict())
    return roll_services.count_roll(roll.code, counted, by=by, now=clock.now())


@router.post("/runs/{number}/return", response=RunOut, summary="Take labels back")
def post_return(request: HttpRequest, number: str, body: RangeIn) -> LabelRun:
    """Say that unused labels came back: they are void from now on."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    facts = body.ends(run.count) | {"reason": body.reason}
    return roll_services.take_back(run.number, by=by, now=clock.now(), **facts)


@router.post("/runs/{number}/destroy", response=RunOut, summary="Record destroyed labels")
def post_destroyed(request: HttpRequest, number: str, body: RangeIn) -> LabelRun:
    """Record that returned labels were destroyed; ``reason`` is the proof."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    facts = body.ends(run.count) | {"reason": body.reason}
    return roll_services.destroy(run.number, by=by, now=clock.now(), **facts)
