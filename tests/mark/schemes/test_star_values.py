"""What a star scheme answers by itself."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from originmark.mark.schemes.star_values import Band, Deadline, Level, Part, StarScheme, Words

SCHEME = StarScheme(
    code="stars",
    version=1,
    title="Stars",
    legal_basis=("Made up for the test",),
    valid_from=date(2026, 1, 1),
    valid_until=None,
    parts=(Part("A", Words("Product"), 100),),
    bands=(Band(5, Decimal(90)), Band(4, Decimal(70)), Band(3, Decimal(50))),
    recognised_from_stars=3,
    validity_months=36,
    groups=(),
    levels=(
        Level("commune", Words("Commune")),
        Level("province", Words("Province"), (3, 4), passes_on_from=Decimal(90)),
        Level("centre", Words("Centre"), (5,)),
    ),
    proofs=(),
    deadlines=(Deadline("expiry-notice", 30, "days"),),
)


@pytest.mark.parametrize(
    ("points", "stars"), [("100", 5), ("90", 5), ("89.99", 4), ("50", 3), ("49.99", 0)]
)
def test_points_give_stars_from_the_lower_end_of_a_band(points: str, stars: int) -> None:
    assert SCHEME.stars_for(Decimal(points)) == stars


def test_a_level_passes_on_to_the_one_above() -> None:
    above = SCHEME.level_above("province")
    assert above is not None
    assert above.code == "centre"
    assert SCHEME.level_above("centre") is None
    with pytest.raises(LookupError, match="no level 'district'"):
        SCHEME.level("district")


def test_a_deadline_is_found_by_its_key() -> None:
    assert SCHEME.deadline("expiry-notice") == Deadline("expiry-notice", 30, "days")
    assert replace(SCHEME, deadlines=()).deadline("expiry-notice") is None
