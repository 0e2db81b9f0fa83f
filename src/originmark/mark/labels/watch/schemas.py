"""What a program gets of the scan watch, and what it may send."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from originmark.mark.labels.models import ScanCase
from originmark.mark.labels.watch import pictures


class CaseOut(Schema):
    """A case of the scan watch; one about codes that nobody issued has no run."""

    case: int = Field(alias="pk")
    state: Literal["open", "review", "confirmed", "dismissed"]
    origin: Literal["report", "scans", "forged"]
    serial: str
    run: str | None = Field(None, alias="run.number")
    label: int | None = Field(None, description="Which label of the run, from 1")
    lot: str = Field(alias="lot_code")
    reports: int = Field(alias="report_count")
    reasons: list[str] = Field(description="Which rules the scans break, in words")
    evidence: dict[str, Any] = Field(description="The figures of each broken rule, by its name")
    opened_at: datetime
    closed_at: datetime | None
    withdrawn_at: datetime | None
    assigned_to: str
    conclusion: str

    @staticmethod
    def resolve_run(case: ScanCase) -> str | None:
        """Return the number of the run, if the code was issued."""
        return case.run.number if case.run else None

    @staticmethod
    def resolve_label(case: ScanCase) -> int | None:
        """Return which label of the run it is, from 1."""
        return None if case.index is None else case.index + 1

    @staticmethod
    def resolve_reasons(case: ScanCase) -> list[str]:
        """Return which rules are broken, in words."""
        return list(pictures.seen(case.evidence)["reasons"]) if case.evidence else []

    @staticmethod
    def resolve_evidence(case: ScanCase) -> dict[str, Any]:
        """Return the figures by rule."""
        return dict(case.evidence.get("facts", {}))


class DecideIn(Schema):
    """A decision for one or several cases, with its reason."""

    cases: list[int] = Field(max_length=500, description="Numbers of cases")
    decision: Literal["dismiss", "confirm", "withdraw", "reopen"]
    reason: str = Field(max_length=300)


class ScanOut(Schema):
    """A scan that is kept; phones are numbered as they came."""

    at: datetime
    verdict: str
    phone: int
    latitude: float | None
    longitude: float | None


class LabelScansOut(Schema):
    """What is known of the scans of a label."""

    run: str
    label: int = Field(description="Which label of the run, from 1")
    scans: int = Field(description="All scans")
    phones: int = Field(description="Different phones, told apart up to half of the rows kept")
    first_at: datetime | None
    last_at: datetime | None
    kept: list[ScanOut] = Field(description="Scans that are kept one by one, oldest first")
