"""Star schemes and stars for tests: name only what matters."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from builders.parties import an_organisation
from builders.products import a_trade_item

from originmark.mark.evaluation import services
from originmark.mark.evaluation.models import CouncilMember, Decision, Dossier, Round, Session
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.evaluation.values import Recognition
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.rules import UnknownRulebook
from originmark.mark.schemes.star_values import (
    Band,
    Deadline,
    Group,
    Level,
    Part,
    StarScheme,
    Words,
)
from originmark.origin.parties import access
from originmark.origin.parties.models import Organisation, Person
from originmark.origin.products.models import Product

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
_numbers = count(1)

REASONS = (
    ("EXPIRED_NOT_REEVALUATED", Words("Not re-evaluated in time", (("vi", "Không đánh giá lại"),))),
    ("FAILED_REEVALUATION", Words("Failed the re-evaluation")),
    ("MARK_MISUSE", Words("Misuse of the mark")),
)
SCHEME = StarScheme(
    code="ocop",
    version=1,
    title="A scheme of the tests",
    legal_basis=("Made up for the test",),
    valid_from=date(2019, 8, 21),
    valid_until=None,
    parts=(Part("A", Words("Product"), 100),),
    bands=(Band(5, Decimal(90)), Band(4, Decimal(70)), Band(3, Decimal(50))),
    recognised_from_stars=3,
    validity_months=36,
    groups=(Group("food", Words("Food")), Group("drinks", Words("Drinks"))),
    levels=(Level("province", Words("Province"), (3, 4), passes_on_from=Decimal(90)),),
    proofs=(),
    deadlines=(Deadline("expiry-notice", 30, "days", "Made up for the test"),),
    revocation_reasons=REASONS,
)


def schemes_of_the_tests(patch: pytest.MonkeyPatch, *known: StarScheme) -> None:
    """Let the rulebooks be these, SCHEME unless said otherwise."""
    books = {(each.code, each.version): each for each in known or (SCHEME,)}

    def star_scheme(code: str, version: int) -> StarScheme:
        if (code, version) not in books:
            raise UnknownRulebook(rulebook=f"{code} v{version}")
        return books[code, version]

    patch.setattr(schemes, "star_scheme", star_scheme)
    patch.setattr(schemes, "star_schemes", lambda: list(books.values()))


def a_recognition(
    product: Product | None = None, organisation: Organisation | None = None, **more: Any
) -> Recognition:
    """A decision of 15 March 2026: four stars for 75.5 points."""
    organisation = organisation or (product and product.organisation) or an_organisation()
    product = product or a_trade_item(organisation=organisation)
    recognition = Recognition(
        dossier_number=f"D-{next(_numbers)}",
        product_code=product.code,
        organisation_id=organisation.pk,
        scheme_code="ocop",
        scheme_version=1,
        set_code="tea",
        group_code="food",
        subgroup_code="",
        round_code="2026-1",
        level="province",
        points=Decimal("75.5"),
        stars=4,
        is_potential_five=False,
        decided_on=date(2026, 3, 15),
    )
    return replace(recognition, **more)


def a_star(
    product: Product | None = None, organisation: Organisation | None = None, **more: Any
) -> Star:
    """A star that a council awarded."""
    recognition = a_recognition(product, organisation, **more)
    return services.recognise(recognition, by=access.SYSTEM, now=NOON)


def a_decision(
    organisation: Organisation | None = None,
    *,
    number: str = "",
    decided_on: date = date(2026, 10, 1),
    council: tuple[Person, ...] = (),
) -> Decision:
    """A decision that stands, with the council that took it: no star, 49 points."""
    organisation = organisation or an_organisation()
    turn = next(_numbers)
    round_ = Round.objects.create(
        code=f"round-{turn}", name="Round", scheme_code="ocop", scheme_version=1, year=2026,
        level="province", opens_on=date(2026, 1, 1), closes_on=date(2026, 12, 31),
        opened_at=NOON, opened_by="Office",
    )  # fmt: skip
    for person in council:
        CouncilMember.objects.create(round=round_, person=person, appointed_at=NOON)
    dossier = Dossier.objects.create(
        number=number or f"D-{turn}", scheme_code="ocop", scheme_version=1, level="province",
        round=round_, organisation=organisation, product=a_trade_item(organisation=organisation),
        set_code="tea", group_code="food", state="decided", created_at=NOON,
    )  # fmt: skip
    session = Session.objects.create(
        round=round_, number=1, held_on=decided_on, code=f"session-{turn}"
    )
    return Decision.objects.create(
        dossier=dossier, session=session, turn=1, outcome="not-recognised", points=Decimal(49),
        sum_of_points=343, sheets=7, rounding="cut", stars=2, granted_stars=0, members_present=7,
        members_appointed=7, quorum=5, decided_on=decided_on, decided_at=NOON,
        decided_by="Office", code=f"code-{turn}",
    )  # fmt: skip
