"""Who lives in the demonstration region. Every name says that it is made up."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from originmark.origin.parties import access
from originmark.origin.parties import selectors as organisations
from originmark.origin.parties import services as parties

PASSWORD = "millet-2026-demo"  # noqa: S105 (of made-up people, shown on the sign-in page)
OFFICE, EAST, WEST, MILL, SHOP, LABORATORY = (
    "yangqu-office",
    "east-hill-coop",
    "west-hill-coop",
    "yangqu-mill",
    "city-shop",
    "county-lab",
)

ORGANISATIONS = {
    OFFICE: (
        "authority",
        "Yangqu Millet Brand Office (demo)",
        "阳曲小米品牌办公室（演示）",
        "9520000000011",
    ),
    EAST: (
        "cooperative",
        "East Hill Millet Cooperative (demo)",
        "东山小米合作社（演示）",
        "9520000000028",
    ),
    WEST: ("cooperative", "West Hill Grain Cooperative (demo)", "西山谷物合作社（演示）", ""),
    MILL: ("enterprise", "Yangqu County Mill (demo)", "阳曲县粮食加工厂（演示）", "9520000000035"),
    SHOP: ("enterprise", "Taiyuan City Shop (demo)", "太原城市商店（演示）", ""),
    LABORATORY: ("laboratory", "County Laboratory (demo)", "县检测中心（演示）", ""),
}


class Doors(TypedDict):
    """What every command asks: who acts, and when."""

    by: access.Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to sign in as."""

    email: str
    name: str
    organisation: str
    role: str
    can: object


PROVINCE, APPLICANT = "quang-ninh-office", "qn-062"
"""The office of the demonstration province, and the cooperative that applies for stars there."""

PEOPLE = [
    DemoPerson("office@demo.example", "Wang Fang", OFFICE, "manager", _("runs the programme")),
    DemoPerson("inspector@demo.example", "Li Qiang", OFFICE, "inspector", _("reads everything")),
    DemoPerson("coop@demo.example", "Zhang Min", EAST, "manager", _("manages a cooperative")),
    DemoPerson("farmer@demo.example", "Liu Yang", EAST, "recorder", _("records harvests")),
    DemoPerson(
        "west@demo.example", "Chen Jie", WEST, "manager", _("manages the other cooperative")
    ),
    DemoPerson("mill@demo.example", "Zhao Lei", MILL, "recorder", _("records at the mill")),
    DemoPerson("shop@demo.example", "Sun Li", SHOP, "viewer", _("reads what the shop received")),
]
PEOPLE_OF_THE_PROVINCE = [
    DemoPerson(
        "province@demo.example",
        "Nguyễn Thị Mai",
        PROVINCE,
        "manager",
        _("runs the stars of Quang Ninh"),
    ),
    DemoPerson(
        "reviewer@demo.example", "Trần Văn Sơn", PROVINCE, "manager", _("decides an appeal")
    ),
    DemoPerson("chair@demo.example", "Phạm Thu Hà", "", "", _("chairs the council of stars")),
    DemoPerson("member@demo.example", "Lê Minh Đức", "", "", _("sits on the council of stars")),
    DemoPerson(
        "applicant@demo.example",
        "Hoàng Thị Lan",
        APPLICANT,
        "manager",
        _("applies for stars with a cooperative"),
    ),
]
OFFICER, COOP_MANAGER, WEST_MANAGER, MILLER = (
    "office@demo.example",
    "coop@demo.example",
    "west@demo.example",
    "mill@demo.example",
)
EVERYBODY = [*PEOPLE, *PEOPLE_OF_THE_PROVINCE]


def settle(*, now: datetime) -> dict[str, int]:
    """Create the organisations and the people; return the organisations' ids by code."""
    rows = {
        code: parties.create_organisation(
            kind=kind,
            code=code,
            name=name,
            names={"zh-hans": chinese},
            gln=gln,
            runs_programme=code == OFFICE,
            by=access.SYSTEM,
            now=now,
        )
        for code, (kind, name, chinese, gln) in ORGANISATIONS.items()
    }
    seat(PEOPLE, {code: row.pk for code, row in rows.items()}, now=now)
    return {code: row.pk for code, row in rows.items()}


def seat(who: list[DemoPerson], ids: dict[str, int], *, now: datetime) -> dict[str, access.Actor]:
    """Register people and give them their roles; return them as they act, by address."""
    for each in who:
        person = parties.register_person(
            email=each.email, name=each.name, password=PASSWORD, by=access.SYSTEM, now=now
        )
        if each.organisation:
            organisation = organisations.organisation_by_id(ids[each.organisation])
            parties.add_member(organisation, person, role=each.role, by=access.SYSTEM, now=now)
    return {each.email: acting(each.email) for each in who}


def acting(email: str) -> access.Actor:
    """Return somebody of the demonstration as they act."""
    who = next(each for each in EVERYBODY if each.email == email)
    person = organisations.find_person(email)
    if person is None:
        raise LookupError(f"{email} is not settled yet")
    organisation = organisations.organisation(who.organisation) if who.organisation else None
    return access.Actor(
        name=who.name,
        person_id=person.pk,
        roles=((organisation.pk, who.role),) if organisation else (),
        office_role=who.role if who.organisation in {OFFICE, PROVINCE} else None,
    )


def sign_in_block(request: HttpRequest) -> str:
    """Return the people to sign in as, for the sign-in page of a demonstration."""
    return render_to_string(
        "demo/_people.html", {"people": EVERYBODY, "password": PASSWORD}, request
    )
