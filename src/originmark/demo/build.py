"""Build the demonstration regions through the rooms' services, and show its people."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from originmark.demo import (
    artworks,
    catalogue,
    gi,
    handling,
    land,
    links,
    partners,
    people,
    permits,
    scans,
    season,
)
from originmark.demo.quang_ninh import region
from originmark.mark.labels import selectors as labels
from originmark.origin.certificates import services as certificates
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.places import selectors as places
from originmark.origin.places import services as place_services

__all__ = ["Built", "build", "is_built"]

YANGQU = "cn-140122"


@dataclass(frozen=True, slots=True)
class Built:
    """What the demonstration has to show: addresses by what they show."""

    codes: dict[str, str] = field(default_factory=dict)


def is_built() -> bool:
    """Return whether the regions are there already."""
    return parties.find_organisation(people.OFFICE) is not None


@transaction.atomic
def build(*, now: datetime) -> Built:
    """Build the county and the province, or nothing of them."""
    place_services.load_units(by=access.SYSTEM)
    certificates.load_types(certificates.shipped_types(), by=access.SYSTEM)
    ids = people.settle(now=now)
    county = places.unit(YANGQU)
    land.survey(ids, unit_id=county.pk, now=now)
    year = season.season_of(now)
    catalogue.list_products(ids, now=now)
    catalogue.certify(ids, now=now)
    catalogue.found_brand(ids, season=year, now=now)
    permits.write_rules(season=year, now=now)
    permits.grant_all(ids, now=now)
    lots = season.grow_and_sell(now=now)
    permits.follow_up(ids, season=year, now=now)
    handling.handle(ids, labels.runs_of_lot(lots["east"])[0], now=now)
    links.lead_on(now=now)
    partners.subscribe_one(since=now - timedelta(days=400), now=now)
    shown = scans.look_around(lots, now=now)
    artworks.check_labels(now=now)
    gi.protect_names(now=now)
    return Built(codes=shown | region.build(now=now))
