"""What somebody says about a round, a dossier, a sheet: values for the commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from originmark.mark.evaluation.step_refusals import FigureRefused

DEFAULT_CONTENTS = (
    "Origin of the product and of its local raw material",
    "Use of local labour",
)
"""Two contents that a commune checks by Decision 1489 of 2025; the office completes the list."""


@dataclass(frozen=True, slots=True)
class RoundRules:
    """What the office decides where the text in force is silent; None and "" leave it open."""

    quorum_share: Decimal | None = None
    members_at_least: int | None = None
    spread_notice_points: Decimal | None = None
    rounding: str = ""
    recognises_meanwhile: bool = False
    pre_check_contents: tuple[str, ...] = DEFAULT_CONTENTS

    def require_possible(self) -> None:
        """Raise FigureRefused where a figure cannot be."""
        share, spread = self.quorum_share, self.spread_notice_points
        if share is not None and not 0 < share <= 1:
            raise FigureRefused(name="quorum_share", found=str(share), least="0", most="1")
        if spread is not None and not 0 <= spread <= 100:
            raise FigureRefused(
                name="spread_notice_points", found=str(spread), least="0", most="100"
            )


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A new round. ``unit_key`` names the place, empty for the whole country."""

    code: str
    name: str
    scheme_code: str
    scheme_version: int
    level: str
    year: int
    opens_on: date
    closes_on: date
    unit_key: str = ""
    rules: RoundRules = field(default_factory=RoundRules)


@dataclass(frozen=True, slots=True)
class DossierDraft:
    """A new dossier; an empty ``subgroup_code`` takes the first of the product set."""

    round_code: str
    organisation_id: int
    product_code: str
    set_code: str
    subgroup_code: str = ""
    idea_id: int | None = None
    renews: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What the applicant says about one criterion; ``option`` is the answer, from 1."""

    criterion: str
    option: int
    evidence: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ContentCheck:
    """What the level that checks found about one content."""

    content: str
    is_confirmed: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """What a member puts on a sheet. ``version`` is the one that the member last saw.

    Only what is named changes: answers by criterion (0 takes one away), remarks, and knock-outs
    with their reasons (an empty reason takes one away).
    """

    version: int
    options: Mapping[str, int] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    knock_outs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vote:
    """How the council voted on a knock-out."""

    criterion: str
    votes_for: int
    votes_against: int
    abstained: int
    is_upheld: bool
    note: str = ""
