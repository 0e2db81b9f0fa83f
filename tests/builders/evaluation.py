"""Rounds, dossiers and councils for tests, built through the front doors."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from builders.parties import a_person, actor_for, an_organisation
from builders.products import a_trade_item
from builders.star_schemes import GOOD

from originmark.mark.evaluation import services
from originmark.mark.evaluation.drafts import (
    AnswerDraft,
    ContentCheck,
    DossierDraft,
    RoundDraft,
    RoundRules,
    SheetDraft,
)
from originmark.mark.evaluation.models import CouncilMember, Decision, Dossier, Round, Session
from originmark.mark.schemes import services as schemes
from originmark.origin.parties.access import SYSTEM, Actor
from originmark.origin.parties.models import Organisation, Person

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)  # a Thursday
HELD_ON = date(2026, 10, 19)  # the Monday after
MEETING = datetime(2026, 10, 19, 3, 0, tzinfo=UTC)
_numbers = count(1)

_SCHEME = """\
[rulebook]
kind = "star-scheme"
code = "ocop"
version = 3
title = "Stars of the tests"
legal_basis = ["Made up for tests"]
valid_from = 2025-07-06
[scheme]
recognised_from_stars = 3
validity_months = 36
[[part]]
code = "A"
name = "Production"
name_vi = "Sản xuất"
max_points = 60
[[part]]
code = "B"
name = "Market"
max_points = 40
{stars}
[[group]]
code = "drinks"
name = "Drinks"
[[subgroup]]
code = "tea"
group = "drinks"
name = "Tea"
[[level]]
code = "commune"
name = "Commune"
[[level]]
code = "province"
name = "Province"
recognises = [3, 4]
passes_on_from = 90
[[level]]
code = "centre"
name = "Centre"
recognises = [5]
[[proof]]
code = "registration"
name = "Registration form"
mandatory = true
[[proof]]
code = "story"
name = "Story"
mandatory = false
[[deadline]]
key = "electronic-dossier"
amount = 1
unit = "working-days"
source = "Made up for tests"
[[revocation_reason]]
code = "MARK_MISUSE"
name = "Misuse of the mark"
[[to_fill_in]]
key = "quorum"
what = "Which share of the council must be present"
[[source]]
text = "Made up for tests"
confidence = "unverified"
"""
_BANDS = ((1, 0), (2, 30), (3, 50), (4, 70), (5, 90))
_LINES: tuple[tuple[str, str, tuple[int, ...], str], ...] = (
    ("1", "1.1", (0, 20, 40), 'knock_out = "All of it is imported"'),
    ("1", "1.2", (0, 10, 20), ""),
    ("2", "2.1", (0, 10, 30), ""),
    ("2", "2.2", (0, 5, 10), 'only_if = ["2.1", 10]'),
)


def scheme_text() -> str:
    """The scheme of ``builders.star_schemes`` as a rulebook."""
    bands = (f"[[star]]\nstars = {stars}\nfrom_points = {points}" for stars, points in _BANDS)
    return _SCHEME.format(stars="\n".join(bands))


def criteria_text() -> str:
    """The sheet of ``builders.star_schemes`` as a file of criteria."""
    head = (
        '[product_set]\nscheme = "ocop"\nversion = 3\ncode = "tea"\nname = "Tea"\n'
        'subgroups = ["tea"]\nsource = "Made up for tests"\n'
        '[[section]]\ncode = "1"\npart = "A"\nname = "Production"\nmax_points = 60\n'
        '[[section]]\ncode = "2"\npart = "B"\nname = "Market"\nmax_points = 40\n'
    )
    lines = [
        f'[[criterion]]\nsection = "{section}"\ncode = "{code}"\nname = "Criterion {code}"\n'
        f"max_points = {max(points)}\n{more}\n"
        for section, code, points, more in _LINES
    ]
    options = [
        f'[[option]]\ncriterion = "{code}"\npoints = {each}\ntext = "{each} points"\n'
        for _, code, points, _ in _LINES
        for each in points
    ]
    return head + "".join(lines) + "".join(options)


def the_rulebooks() -> None:
    """Load scheme and criteria."""
    schemes.load_rulebook(scheme_text(), by=SYSTEM, now=NOON)
    schemes.load_criteria(criteria_text(), by=SYSTEM, now=NOON, including=lambda _path: None)


RULES = RoundRules(quorum_share=Decimal("0.5"), rounding="cut")


def a_round(code: str = "", *, rules: RoundRules = RULES, **more: Any) -> Round:
    """A round of the province, open in October 2026, with a quorum of one half."""
    facts = {
        "code": code or f"round-{next(_numbers)}",
        "name": "Round of the tests",
        "scheme_code": "ocop",
        "scheme_version": 3,
        "level": "province",
        "year": 2026,
        "opens_on": date(2026, 10, 1),
        "closes_on": date(2026, 10, 31),
        **more,
    }
    return services.open_round(RoundDraft(rules=rules, **facts), by=SYSTEM, now=NOON)


def a_draft_dossier(
    round_: Round, organisation: Organisation | None = None, **more: Any
) -> Dossier:
    """A dossier that an applicant has begun."""
    organisation = organisation or an_organisation()
    product = more.pop("product", None) or a_trade_item(organisation=organisation)
    draft = DossierDraft(round_.code, organisation.pk, product.code, "tea", **more)
    return services.start_dossier(draft, by=SYSTEM, now=NOON)


def a_submitted_dossier(round_: Round, *args: Any, **more: Any) -> Dossier:
    """A dossier that was handed in complete."""
    number = a_draft_dossier(round_, *args, **more).number
    services.file_proof(number, "registration", note="On paper", by=SYSTEM, now=NOON)
    answers = [AnswerDraft(code, option) for code, option in GOOD.items()]
    services.assess(number, answers, by=SYSTEM)
    return services.submit_dossier(number, by=SYSTEM, now=NOON)


def an_accepted_dossier(round_: Round, *args: Any, **more: Any) -> Dossier:
    """A dossier that commune and office found in order."""
    number = a_submitted_dossier(round_, *args, **more).number
    services.pre_check(number, [ContentCheck("Origin", is_confirmed=True)], by=SYSTEM, now=NOON)
    return services.accept_dossier(number, by=SYSTEM, now=NOON)


def a_seat(round_: Round, person: Person | None = None, **more: Any) -> CouncilMember:
    """A seat in the council of a round."""
    person = person or a_person()
    return services.appoint(round_.code, person.email, by=SYSTEM, now=NOON, **more)


def a_council(round_: Round, members: int = 3) -> list[Actor]:
    """A council: the chair, the secretary, then the others."""
    roles = ["chair", "secretary", *["member"] * members][:members]
    return [actor_for(a_seat(round_, role=role).person) for role in roles]


def a_planned_session(round_: Round, *dossiers: Dossier) -> Session:
    """A session with dossiers on its agenda."""
    session = services.plan_session(round_.code, HELD_ON, by=SYSTEM)
    numbers = [dossier.number for dossier in dossiers]
    return services.put_on_agenda(session.pk, numbers, by=SYSTEM, now=NOON)


def a_sent_session(round_: Round, *dossiers: Dossier) -> Session:
    """A session whose members have the dossiers."""
    return services.send_dossiers(a_planned_session(round_, *dossiers).pk, by=SYSTEM, now=NOON)


def an_open_session(
    round_: Round, *dossiers: Dossier, present: Sequence[Actor] | None = None
) -> Session:
    """A session that sits, everybody present unless said otherwise."""
    session = a_sent_session(round_, *dossiers)
    note_presence(session, present)
    return services.open_session(session.pk, by=SYSTEM, now=MEETING)


def note_presence(session: Session, present: Sequence[Actor] | None = None) -> None:
    """Note who is there, everybody unless said otherwise."""
    seats = CouncilMember.objects.filter(round_id=session.round_id, ended_at=None)
    if present is not None:
        seats = seats.filter(person__in=[each.person_id for each in present])
    ids = list(seats.values_list("pk", flat=True))
    services.note_attendance(session.pk, ids, by=SYSTEM, now=MEETING)


def a_sheet_in(
    dossier: Dossier,
    by: Actor,
    options: Mapping[str, int] = GOOD,
    **knock_outs: Any,
) -> None:
    """A sheet that was filled in and handed in."""
    sheet = services.open_sheet(dossier.number, by=by, now=MEETING)
    draft = SheetDraft(version=sheet.version, options=options, **knock_outs)
    services.hand_in_sheet(dossier.number, draft, by=by, now=MEETING)


def a_decision(
    options: Mapping[str, int] = GOOD, *, round_: Round | None = None, members: int = 3, **more: Any
) -> Decision:
    """A dossier on which every member put the same sheet, decided."""
    round_ = round_ or a_round()
    council = a_council(round_, members)
    dossier = an_accepted_dossier(round_, **more)
    an_open_session(round_, dossier)
    for member in council:
        a_sheet_in(dossier, member, options)
    return services.decide(dossier.number, by=council[0], now=MEETING)
