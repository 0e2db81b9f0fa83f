"""The scan watch, for programs."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from originmark.frame.web import clock
from originmark.frame.web.api_input import Pages
from originmark.mark.labels.models import ScanCase
from originmark.mark.labels.watch import label_scans, selectors, services
from originmark.mark.labels.watch.schemas import CaseOut, DecideIn, LabelScansOut
from originmark.origin.parties import access

router = Router(tags=["labels"], auth=access.API_AUTH)


class CasesAsked(Schema):
    """Which cases are wanted."""

    lot: str = ""
    is_open: bool | None = None


@router.get("/cases", response=list[CaseOut], summary="List cases of the scan watch")
@paginate(Pages)
def get_cases(request: HttpRequest, asked: Query[CasesAsked]) -> QuerySet[ScanCase]:
    """Return the cases that the asker may read, newest first; of one lot, or only open ones."""
    rows = selectors.cases(access.actor_of(request))
    if asked.lot:
        rows = rows.filter(lot_code=asked.lot)
    return rows if asked.is_open is None else rows.filter(closed_at__isnull=asked.is_open)


@router.get("/cases/{case_id}", response=CaseOut, summary="Read a case of the scan watch")
def get_case(request: HttpRequest, case_id: int) -> ScanCase:
    """Return one case."""
    return selectors.case(case_id, access.actor_of(request))


@router.post("/case-decisions", response=list[CaseOut], summary="Decide cases alike")
def post_decision(request: HttpRequest, body: DecideIn) -> list[ScanCase]:
    """Dismiss, confirm, withdraw the labels of, or open again several cases: all of them or none.

    Labels that are withdrawn stay so.
    """
    by = access.actor_of(request)
    found = [selectors.case(case_id, by).pk for case_id in body.cases]
    services.decide_cases(found, body.decision, body.reason, by=by, now=clock.now())
    return list(selectors.cases(by).filter(pk__in=found))


@router.get(
    "/runs/{number}/scans/{label}", response=LabelScansOut, summary="Read the scans of a label"
)
def get_label_scans(request: HttpRequest, number: str, label: int) -> dict[str, Any]:
    """Return the counts of a label (from 1), and the scans that are kept, places to a kilometre."""
    found = label_scans.scans_of_label(number, label, access.actor_of(request))
    total = found.total
    return {
        "run": number,
        "label": label,
        "scans": total.scans if total else 0,
        "phones": total.viewers if total else 0,
        "first_at": total.first_at if total else None,
        "last_at": total.last_at if total else None,
        "kept": [
            {
                "at": row.at,
                "verdict": row.verdict,
                "phone": found.phones[row.viewer],
                "latitude": _rough(row.latitude),
                "longitude": _rough(row.longitude),
            }
            for row in found.kept
        ],
    }


def _rough(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, 2)
