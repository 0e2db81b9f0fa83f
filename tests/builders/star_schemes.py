"""A small star scheme and its sheet for tests of rules: nobody's law, easy to reckon with."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from originmark.mark.schemes.star_values import (
    WORKING_DAYS,
    Band,
    CouncilRules,
    Criterion,
    Deadline,
    Group,
    Level,
    Option,
    Part,
    ProductSet,
    Proof,
    Section,
    StarScheme,
    Subgroup,
    Words,
)


def a_scheme(**more: Any) -> StarScheme:
    """Five bands; commune checks, province gives 3 and 4 stars, centre 5."""
    made = StarScheme(
        code="ocop",
        version=3,
        title="Test stars",
        legal_basis=("a test",),
        valid_from=date(2025, 7, 6),
        valid_until=None,
        parts=(Part("A", Words("Production"), 60), Part("B", Words("Market"), 40)),
        bands=tuple(
            Band(stars, Decimal(points))
            for stars, points in ((5, 90), (4, 70), (3, 50), (2, 30), (1, 0))
        ),
        recognised_from_stars=3,
        validity_months=36,
        groups=(Group("drinks", Words("Drinks"), (Subgroup("tea", Words("Tea")),)),),
        levels=(
            Level("commune", Words("Commune")),
            Level("province", Words("Province"), (3, 4), Decimal(90)),
            Level("centre", Words("Centre"), (5,)),
        ),
        proofs=(
            Proof("registration", Words("Registration form"), is_mandatory=True),
            Proof("story", Words("Story"), is_mandatory=False),
        ),
        deadlines=(Deadline("electronic-dossier", 1, WORKING_DAYS, "a test"),),
        council=CouncilRules(),
    )
    return replace(made, **more)


def a_criterion(code: str, *points: int, **more: Any) -> Criterion:
    """A line of a sheet whose answers give these points."""
    options = tuple(Option(each, Words(f"{each} points")) for each in points)
    return Criterion(code, Words(f"Criterion {code}"), max(points), options, **more)


def a_product_set(**more: Any) -> ProductSet:
    """Four lines: 1.1 excludes, 2.2 is asked only where 2.1 got at least 10 points."""
    made = ProductSet(
        scheme_code="ocop",
        scheme_version=3,
        code="tea",
        name=Words("Tea"),
        subgroups=("tea",),
        sections=(
            Section(
                "1",
                "A",
                Words("Production"),
                60,
                (
                    a_criterion("1.1", 0, 20, 40, knock_out=Words("All of it is imported")),
                    a_criterion("1.2", 0, 10, 20),
                ),
            ),
            Section(
                "2",
                "B",
                Words("Market"),
                40,
                (
                    a_criterion("2.1", 0, 10, 30),
                    a_criterion("2.2", 0, 5, 10, only_if=("2.1", 10)),
                ),
            ),
        ),
    )
    return replace(made, **more)


FULL = {"1.1": 3, "1.2": 3, "2.1": 3, "2.2": 3}  # 40 + 20 + 30 + 10 = 100 points
GOOD = {"1.1": 3, "1.2": 2, "2.1": 2, "2.2": 3}  # 40 + 10 + 10 + 10 = 70 points
FAIR = {"1.1": 2, "1.2": 3, "2.1": 2, "2.2": 1}  # 20 + 20 + 10 + 0 = 50 points
POOR = {"1.1": 2, "1.2": 2, "2.1": 1}  # 20 + 10 + 0 = 30 points, and 2.2 is not asked
