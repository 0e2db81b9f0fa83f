"""Build the province: producers, stars of earlier rounds, two councils, packs with stars."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from originmark.demo import people
from originmark.demo.quang_ninh import (
    addresses,
    history,
    packs,
    points,
    producers,
    rounds,
    sitting,
)
from originmark.origin.parties import access
from originmark.origin.parties import selectors as organisations
from originmark.origin.parties import services as parties
from originmark.origin.places import selectors as places


@transaction.atomic
def build(*, now: datetime) -> dict[str, str]:
    """Build the whole province, or nothing of it; return addresses by what they show.

    The administrative units are there already.
    """
    today = timezone.localdate(now)
    office = parties.create_organisation(
        kind="authority",
        code=people.PROVINCE,
        name="Quang Ninh OCOP Office (demo)",
        names={"vi": "Văn phòng OCOP Quảng Ninh (minh họa)"},
        unit_id=places.unit(producers.PROVINCE).pk,
        runs_programme=True,
        by=access.SYSTEM,
        now=now,
    )
    points.fill_in(today, now=now)
    products = producers.settle(now=now)
    applicant = organisations.organisation(people.APPLICANT)
    actors = people.seat(
        people.PEOPLE_OF_THE_PROVINCE,
        {people.PROVINCE: office.pk, people.APPLICANT: applicant.pk},
        now=now,
    )
    past = history.recognise_all(products, by=actors["province@demo.example"], today=today, now=now)
    seats = rounds.run(past, actors, today=today)
    sitting.sit(past, seats, actors, calendar=rounds.Calendar(today), now=now)
    codes = packs.label(past, office_id=office.pk, today=today, now=now)
    return codes | addresses.addresses(past, today=today)
