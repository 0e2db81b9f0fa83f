"""Labels, for programs."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.labels import selectors, services
from originmark.mark.labels.artwork.api import router as artwork
from originmark.mark.labels.box_api import router as boxes
from originmark.mark.labels.commitment_api import router as commitments
from originmark.mark.labels.models import LabelRun
from originmark.mark.labels.refusals import UnknownSerial
from originmark.mark.labels.roll_api import router as rolls
from originmark.mark.labels.schemas import IssueIn, RangeIn, RunOut, SerialOut
from originmark.mark.labels.watch.api import router as watch
from originmark.origin.parties import access

router = Router(tags=["labels"], auth=access.API_AUTH)


@router.get("/runs", response=list[RunOut], summary="List label runs")
@paginate(Pages)
def get_runs(request: HttpRequest) -> QuerySet[LabelRun]:
    """Return the runs that the asker may read, newest first."""
    return selectors.runs(access.actor_of(request))


@router.post("/runs", response={201: RunOut}, summary="Issue labels")
def post_run(request: HttpRequest, body: IssueIn) -> Status[LabelRun]:
    """Issue labels for a packed lot; a refusal tells every condition that is not met."""
    by = access.actor_of(request)
    return Status(201, services.issue(body.lot, body.brand, body.count, by=by, now=clock.now()))


@router.get("/runs/{number}", response=RunOut, summary="Read a label run")
def get_run(request: HttpRequest, number: str) -> LabelRun:
    """Return one run."""
    return selectors.run(number, access.actor_of(request))


@router.post("/runs/{number}/activate", response=RunOut, summary="Activate labels")
def post_activation(request: HttpRequest, number: str, body: RangeIn) -> LabelRun:
    """Say that labels are on packs; without a range, all that are merely issued."""
    by, now = access.actor_of(request), clock.now()
    run = selectors.run(number, by)
    if body.first is None:
        return services.activate_rest(run.number, by=by, now=now)
    return services.activate(run.number, by=by, now=now, **body.ends())


@router.post("/runs/{number}/spoil", response=RunOut, summary="Record spoiled labels")
def post_spoiled(request: HttpRequest, number: str, body: RangeIn) -> LabelRun:
    """Say that labels are spoiled: they return to the balance and never become good again."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    return services.spoil(
        run.number, reason=body.reason, by=by, now=clock.now(), **body.ends(run.count)
    )


@router.post("/runs/{number}/withdraw", response=RunOut, summary="Withdraw labels")
def post_withdrawal(request: HttpRequest, number: str, body: RangeIn) -> LabelRun:
    """Call labels back, with the reason that shoppers read."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    return services.withdraw(
        run.number, reason=body.reason, by=by, now=clock.now(), **body.ends(run.count)
    )


@router.get("/serials/{serial}", response=SerialOut, summary="Verify a serial")
def get_serial(request: HttpRequest, serial: str) -> Any:
    """Return what a genuine serial stands for; a made-up one is refused with 404."""
    by = access.actor_of(request)
    found = selectors.verify(serial)
    if found is None or not selectors.runs(by).filter(number=found.run_number).exists():
        raise UnknownSerial(serial=serial[:40])
    return found


router.add_router("", rolls)
router.add_router("", boxes)
router.add_router("", commitments)
router.add_router("", watch)
router.add_router("", artwork)
