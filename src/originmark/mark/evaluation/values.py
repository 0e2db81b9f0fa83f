"""What a recognition and a star are, as rooms see them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a council decided: so many stars for a product, from ``decided_on`` on."""

    dossier_number: str
    product_code: str
    organisation_id: int
    scheme_code: str
    scheme_version: int
    set_code: str
    group_code: str
    subgroup_code: str
    round_code: str
    level: str
    points: Decimal
    stars: int
    is_potential_five: bool
    decided_on: date


@dataclass(frozen=True, slots=True)
class StarFacts:
    """A star as it stands on a day.

    ``state`` is one of stars_rules.STATES. A star in re-evaluation is valid until its last day
    like any other, so ask ``is_valid`` and not the state whether the mark may be used.
    """

    id: int
    number: str
    product_id: int
    product_code: str
    organisation_id: int
    scheme_code: str
    scheme_version: int
    group_code: str
    stars: int
    is_potential_five: bool
    level: str
    points: Decimal
    decided_on: date
    valid_from: date
    valid_until: date
    state: str
    is_valid: bool
    url: str
    document_url: str
    revoked_from: date | None = None
