"""Recognising products: chains, states on a day, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from builders.parties import an_actor, an_officer, an_organisation
from builders.products import a_trade_item
from builders.stars import NOON, a_recognition, a_star
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from originmark.mark.evaluation import selectors, services, stars_refusals
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.evaluation.selectors.stars import valid_on, with_state
from originmark.mark.evaluation.services.stars import recognise
from originmark.mark.evaluation.stars_rules import StarTerms, is_valid, state_on
from originmark.mark.schemes.rules import UnknownRulebook
from originmark.origin.parties.access import NotAllowed
from originmark.origin.products.rules import UnknownProduct

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]


def test_a_recognised_product_carries_its_star_for_36_months() -> None:
    recognition = a_recognition(dossier_number="D-2026-1")

    star = services.recognise(recognition, by=an_officer(), now=NOON)

    product = recognition.product_code
    assert (star.number, star.valid_until) == ("D-2026-1", date(2029, 3, 14))
    found = selectors.star_on(product, date(2029, 3, 14))
    assert found is not None
    assert (found.number, found.stars, found.points) == ("D-2026-1", 4, Decimal("75.5"))
    assert (found.state, found.is_valid, found.valid_from) == ("in-force", True, date(2026, 3, 15))
    assert selectors.star_on(product, date(2026, 3, 14)) is None
    assert selectors.star_on(product, date(2029, 3, 15)) is None
    latest = selectors.latest_star(product, date(2029, 3, 15))
    assert latest is not None
    assert (latest.state, latest.is_valid) == ("expired", False)


def test_asking_for_a_star_takes_one_query() -> None:
    code = a_star().product.code
    for ask in (selectors.star_on, selectors.latest_star):
        with CaptureQueriesContext(connection) as queries:
            assert ask(code, date(2026, 10, 15)) is not None
        assert len(queries) == 1


def test_the_same_decision_twice_is_one_star() -> None:
    recognition = a_recognition()
    first = services.recognise(recognition, by=an_officer(), now=NOON)
    again = services.recognise(recognition, by=an_officer(), now=NOON + timedelta(1))
    assert first.pk == again.pk
    assert Star.objects.count() == 1


def test_another_decision_on_the_dossier_is_refused() -> None:
    recognition = a_recognition(dossier_number="D-1")
    services.recognise(recognition, by=an_officer(), now=NOON)

    with pytest.raises(stars_refusals.RecognisedOtherwise) as refused:
        services.recognise(replace(recognition, stars=3), by=an_officer(), now=NOON)

    assert refused.value.facts["stars"] == 4
    assert Star.objects.get().stars == 4


def test_a_newer_star_supersedes_and_a_late_decision_takes_its_place_in_time() -> None:
    product = a_trade_item()
    newest = a_star(product, decided_on=date(2026, 5, 1), dossier_number="C")
    oldest = a_star(product, decided_on=date(2020, 5, 1), dossier_number="A")
    middle = a_star(product, decided_on=date(2023, 4, 1), dossier_number="B")

    for row in (newest, oldest, middle):
        row.refresh_from_db()
    assert oldest.superseded_from == date(2023, 4, 1)
    assert middle.superseded_from == date(2026, 5, 1)
    assert newest.superseded_from is None
    found = selectors.star_on(product.code, date(2023, 4, 1))
    assert found is not None
    assert found.number == "B"
    assert selectors.star_on(product.code, date(2026, 4, 30)) is None  # B ran until 31 March


def test_other_schemes_are_other_chains() -> None:
    product = a_trade_item()
    ours = a_star(product)
    Star.objects.filter(pk=ours.pk).update(scheme_code="other")
    a_star(product, decided_on=date(2026, 5, 1))
    ours.refresh_from_db()
    assert ours.superseded_from is None


def test_only_the_office_recognises_and_a_refusal_leaves_nothing() -> None:
    coop = an_organisation()
    recognition = a_recognition(organisation=coop)
    for by in (an_actor(coop, "manager"), an_officer("inspector"), an_officer("viewer")):
        with pytest.raises(NotAllowed):
            recognise(recognition, by=by, now=NOON)
    with pytest.raises(stars_refusals.StarsOutOfRange):
        recognise(replace(recognition, stars=2), by=an_officer(), now=NOON)
    with pytest.raises(UnknownProduct):
        recognise(replace(recognition, product_code="nothing"), by=an_officer(), now=NOON)
    with pytest.raises(UnknownRulebook):
        recognise(replace(recognition, scheme_version=9), by=an_officer(), now=NOON)
    assert not Star.objects.exists()


def test_the_database_and_the_rules_say_the_same_of_every_day() -> None:
    product = a_trade_item()
    first = a_star(product, decided_on=date(2023, 1, 31))
    a_star(product, decided_on=date(2026, 3, 1))
    lost = a_star(decided_on=date(2023, 6, 1))
    Star.objects.filter(pk=lost.pk).update(revoked_from=date(2024, 2, 29))

    for row in Star.objects.all():
        terms = StarTerms(row.decided_on, row.valid_until, row.revoked_from, row.superseded_from)
        borders = {row.decided_on, row.valid_until, row.revoked_from, row.superseded_from} - {None}
        for on in (day + timedelta(step) for day in borders if day for step in (0, 1)):
            state = with_state(Star.objects.filter(pk=row.pk), on).get().state  # type: ignore[attr-defined]
            assert state == state_on(terms, on)
            assert valid_on(Star.objects.filter(pk=row.pk), on).exists() == is_valid(terms, on)
    first.refresh_from_db()
    assert first.valid_until == date(2026, 1, 30)


def test_everybody_reads_the_page_of_a_star(client: Client) -> None:
    star = a_star(dossier_number="D-7")
    page = client.get(reverse("evaluation:star", args=["D-7"])).content.decode()
    assert star.product.name in page
    assert star.organisation.name in page
    assert "in force" in page
    assert client.get(reverse("evaluation:star", args=["D-8"])).status_code == 404
