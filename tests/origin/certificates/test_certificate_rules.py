from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmark.frame.web.refusals import RuleViolation
from originmark.origin.certificates import rules
from originmark.origin.certificates.rules import CertificateDraft, Validity, checked

TODAY = date(2026, 6, 1)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
maybe = st.none() | days


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({}, rules.VALID),
        ({"valid_from": date(2026, 6, 2)}, rules.NOT_YET),
        ({"valid_from": TODAY, "valid_until": TODAY}, rules.EXPIRING),
        ({"valid_until": date(2026, 5, 31)}, rules.EXPIRED),
        ({"valid_until": date(2026, 7, 31)}, rules.EXPIRING),
        ({"valid_until": date(2026, 8, 1)}, rules.VALID),
        ({"suspended_on": TODAY}, rules.SUSPENDED),
        ({"suspended_on": date(2026, 6, 2)}, rules.VALID),
        ({"suspended_on": TODAY, "valid_until": date(2026, 5, 31)}, rules.EXPIRED),
        ({"revoked_on": TODAY, "valid_until": date(2026, 5, 31)}, rules.REVOKED),
    ],
)
def test_the_dates_say_what_a_certificate_is_worth(dates: dict, status: str) -> None:
    assert Validity(**dates).status(TODAY) == status


@given(st.builds(Validity, maybe, maybe, maybe, maybe), days)
def test_what_is_revoked_or_expired_never_comes_back(validity: Validity, on: date) -> None:
    if validity.status(on) in {rules.REVOKED, rules.EXPIRED}:
        assert validity.status(on + timedelta(days=1)) in {rules.REVOKED, rules.EXPIRED}


def a_draft(**values: object) -> CertificateDraft:
    said = {"number": "VG-1", "type": "vietgap-crop", "issuer": "Certifier", "holder_id": 1}
    return CertificateDraft(**{**said, **values})


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"number": " "}, "A certificate needs its number and who issued it. Found number “”,"),
        ({"issuer": ""}, "A certificate needs its number and who issued it. Found number “VG-1”"),
        ({"scope_kind": "world"}, "“world” is no scope. It should be one of area, product,"),
        (
            {"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 31)},
            "Valid until 2026-01-31 is before valid from 2026-02-01. Check both dates.",
        ),
        ({"area_ha": Decimal("-0.5")}, "area_ha is -0.5; it should be more than 0 or left out."),
        ({"households": 0}, "households is 0; it should be more than 0 or left out."),
    ],
)
def test_a_draft_that_cannot_be_is_told_why(values: dict, sentence: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        checked(a_draft(**values))
    assert str(refused.value).startswith(sentence)


def test_a_draft_is_tidied() -> None:
    draft = checked(a_draft(number=" VG  7 ", issuer="QUACERT \n Ltd"))
    assert (draft.number, draft.issuer) == ("VG 7", "QUACERT Ltd")


def test_an_unusual_number_is_noticed() -> None:
    pattern = r"^VN-[A-Z]{2,3}OR-\d{3,4}$"
    assert rules.number_is_usual("VN-TGOR-0095", pattern)
    assert not rules.number_is_usual("VN-TGOR-٠٠٩٥", pattern)
    assert rules.number_is_usual("anything", "")
