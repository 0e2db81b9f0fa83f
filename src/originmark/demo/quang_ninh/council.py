"""The council of seven: made-up people, and the seats that they fill."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from originmark.mark.evaluation import services as evaluation
from originmark.origin.parties import access
from originmark.origin.parties import services as parties

CHAIR, MEMBER = "chair@demo.example", "member@demo.example"
SEATS: Final = (
    (CHAIR, "", "chair", "People's Committee of the province (demo)"),
    ("council2@demo.example", "Vũ Thị Hạnh", "secretary", "Department of Agriculture (demo)"),
    (MEMBER, "", "member", "Department of Health (demo)"),
    ("council4@demo.example", "Đỗ Quang Huy", "member", "Department of Industry (demo)"),
    ("council5@demo.example", "Bùi Ngọc Anh", "member", "Department of Tourism (demo)"),
    ("council6@demo.example", "Ngô Văn Bình", "member", "Farmers' Union (demo)"),
    ("council7@demo.example", "Đặng Thị Thu", "member", "Women's Union (demo)"),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the council and who acts from it."""

    pk: int
    actor: access.Actor


def appoint(
    round_code: str,
    known: dict[str, access.Actor],
    *,
    by: access.Actor,
    now: datetime,
) -> tuple[Seat, ...]:
    """Fill the seats of a round; people that are not known yet cannot sign in."""
    found = []
    for email, name, role, words in SEATS:
        actor = known.get(email) or _registered(email, name, now=now)
        row = evaluation.appoint(round_code, email, role=role, seat=words, by=by, now=now)
        found.append(Seat(row.pk, actor))
    return tuple(found)


def _registered(email: str, name: str, *, now: datetime) -> access.Actor:
    person = parties.register_person(
        email=email, name=name, password=None, by=access.SYSTEM, now=now
    )
    return access.Actor(name=name, person_id=person.pk)
