"""What the credentials of a lot say: its passport, its land, its history, its producer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from urllib.parse import quote, unquote

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate

from originmark.frame.web.identifiers import own_identifier
from originmark.mark.labels.selectors import SerialFacts
from originmark.mark.passport.credentials import attested as attesting
from originmark.mark.passport.credentials.attested import Attested
from originmark.mark.passport.credentials.models import Credential
from originmark.mark.passport.credentials.register import Draft, issuer, url_of
from originmark.origin.parties import selectors as parties
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products
from originmark.standards.credentials import jose
from originmark.standards.credentials.untp import credentials as untp
from originmark.standards.credentials.untp.lifecycle import Names, lifecycle
from originmark.standards.credentials.untp.values import (
    EVENT_LINK,
    Address,
    Classification,
    Country,
    Link,
    Location,
    Material,
    Measure,
    Named,
    Party,
    ProductName,
)
from originmark.standards.epcis.events import StandardEvent
from originmark.trace.ledger import selectors as ledger
from originmark.trace.lots import selectors as lots

COUNTRIES = {"VN": "Viet Nam", "CN": "China"}
UNKNOWN_COUNTRY = "ZZ"  # ISO 3166-1 keeps it for users; UNTP asks for a country always


@dataclass(frozen=True)
class LotStory:
    """Everything that the credentials of a lot are made from, read once."""

    lot: lots.LotFacts
    product: products.ProductFacts
    producer: parties.Organisation
    areas: tuple[places.AreaFacts, ...]
    attested: tuple[Attested, ...]
    _organisations: dict[int, parties.Organisation] = field(default_factory=dict)

    @classmethod
    def of(cls, lot: lots.LotFacts, *, now: datetime) -> "LotStory":
        """Return the story of a lot as it stands."""
        area_ids = lots.source_areas(lot.code)
        return cls(
            lot=lot,
            product=products.product_by_id(lot.product_id),
            producer=parties.organisation_by_id(lot.organisation_id),
            areas=tuple(places.growing_area_by_id(each) for each in area_ids),
            attested=tuple(attesting.of_lot(lot, area_ids, on=localdate(now))),
        )

    @cached_property
    def country(self) -> Country:
        """Return the country of the land, else of the producer."""
        units = [area.unit_id for area in self.areas] + [self.producer.unit_id]
        return next((country_of(unit) for unit in units if unit), Country(UNKNOWN_COUNTRY))

    @property
    def url(self) -> str:
        """Return the address on the pack, up to the lot."""
        key = f"01/{self.product.gtin}" if self.product.gtin else f"own/{self.product.code}"
        return f"{settings.PUBLIC_URL}/{key}/10/{quote(self.lot.code, safe='')}"

    def organisation(self, organisation_id: int) -> parties.Organisation:
        """Return an organisation, asked for once."""
        if organisation_id not in self._organisations:
            found = parties.organisation_by_id(organisation_id)
            self._organisations[organisation_id] = found
        return self._organisations[organisation_id]


def passport(story: LotStory, label: SerialFacts | None, *, now: datetime) -> Draft:
    """Return the passport of a lot, or of one pack of it."""
    about = f"serial:{label.serial}" if label else f"lot:{story.lot.code}"
    ends = [attesting.end_of(each.until, now=now) for each in story.attested]
    grounds = [each.record for each in story.attested] + ([about] if label else [])
    return Draft(
        kind=Credential.Kind.PASSPORT,
        about=about,
        name=f"{story.product.name}, lot {story.lot.code}"
        + (f", pack {label.serial}" if label else ""),
        organisation_id=story.lot.organisation_id,
        subject=_product(story, label).as_json(),
        build=untp.sealed(untp.PASSPORT),
        valid_until=min([now + untp.YEAR, *ends]),
        grounds=tuple(grounds),
    )


def history(story: LotStory, *, now: datetime) -> Draft:
    """Return what happened to a lot, as its passport tells it: made, moved, changed."""
    timeline = lots.timeline(story.lot.code)
    stored = [ledger.event(entry.event_id) for entry in timeline]
    by_event = {found.event_id: found for found in stored if found}
    told = [found.event for found in by_event.values() if isinstance(found.event, StandardEvent)]
    return Draft(
        kind=Credential.Kind.HISTORY,
        about=f"history:{story.lot.code}",
        name=f"From field to shelf: lot {story.lot.code}",
        organisation_id=story.lot.organisation_id,
        subject=lifecycle(told, _names(story, by_event)),
        build=untp.sealed(untp.EVENT),
        valid_until=now + untp.YEAR,
    )


def land(area: places.AreaFacts, *, now: datetime) -> Draft:
    """Return the record of a growing area, with the outline of its land."""
    owner = parties.organisation_by_id(area.organisation_id)
    country = country_of(area.unit_id)
    facility = untp.Facility(
        id=area.uri,
        name=area.name,
        description=f"{area.area_ha:.4f} ha, {area.crop}",
        country=country,
        categories=(_category("crop", area.crop or "unknown", "Crops of the programme"),),
        location=Location.of_geometry(area.geometry, area.centroid),
        address=_address(area.unit_id, country),
        registered_id=area.registration_code or area.code,
        id_scheme=_programme_ids(),
        parties=(Party("operator", owner.party_uri, owner.name),),
    )
    return Draft(
        kind=Credential.Kind.FACILITY,
        about=f"area:{area.code}",
        name=area.name,
        organisation_id=area.organisation_id,
        subject=facility.as_json(),
        build=untp.sealed(untp.FACILITY),
        valid_until=now + untp.YEAR,
    )


def works(place: places.FacilityFacts, *, now: datetime) -> Draft:
    """Return the record of a mill, a packing house, a store."""
    owner = parties.organisation_by_id(place.organisation_id)
    country = country_of(place.unit_id)
    facility = untp.Facility(
        id=place.uri,
        name=place.name,
        country=country,
        categories=(_category("facility-kind", place.kind, "Kinds of facilities"),),
        location=Location(place.position),
        address=_address(place.unit_id, country, street=place.address),
        registered_id=place.registration_code or place.gln or place.code,
        id_scheme=_programme_ids(),
        parties=(Party("operator", owner.party_uri, owner.name),),
    )
    return Draft(
        kind=Credential.Kind.FACILITY,
        about=f"place:{place.code}",
        name=place.name,
        organisation_id=place.organisation_id,
        subject=facility.as_json(),
        build=untp.sealed(untp.FACILITY),
        valid_until=now + untp.YEAR,
    )


def anchor(organisation: parties.Organisation, *, now: datetime) -> Draft:
    """Return that the programme knows an organisation, and under which number.

    That is the number of its national register where it gave one, else the programme's own code.
    """
    scheme = organisation.registration_scheme
    official = Named(
        "IdentifierScheme",
        own_identifier("register", scheme or "programme"),
        organisation.get_registration_scheme_display() if scheme else issuer().name,
    )
    identity = untp.Identity(
        id=organisation.party_uri,
        name=organisation.name,
        registered_id=organisation.registration_number or organisation.code,
        registered_on=localdate(organisation.created_at),
        id_scheme=official,
        registrar=Named("Party", issuer().did, issuer().name),
    )
    return Draft(
        kind=Credential.Kind.IDENTITY,
        about=f"organisation:{organisation.code}",
        name=organisation.name,
        organisation_id=organisation.pk,
        subject=identity.as_json(),
        build=untp.sealed(untp.ANCHOR),
        valid_until=now + untp.YEAR,
    )


def country_of(unit_id: int | None) -> Country:
    """Return the country of an administrative unit; ZZ where nobody said."""
    if unit_id is None:
        return Country(UNKNOWN_COUNTRY)
    code = places.unit_by_id(unit_id).scheme
    return Country(code, COUNTRIES.get(code, ""))


def _product(story: LotStory, label: SerialFacts | None) -> untp.Product:
    lot, product = story.lot, story.product
    grams = product.net_content_g
    traits = {"variety": product.variety, "season": str(lot.season)}
    if lot.best_before:
        traits["bestBefore"] = lot.best_before.isoformat()
    return untp.Product(
        name=_product_name(story, label),
        id_scheme=_programme_ids(),
        categories=(_category("group", product.group_name or product.kind, "Groups of products"),),
        produced_at=_made_at(story),
        country=story.country,
        produced_on=localdate(lot.born_at),
        parties=(_party("producer", story.producer),),
        documents=tuple(_documents(story)),
        materials=tuple(_materials(story)),
        claims=tuple(attesting.claim(each) for each in story.attested),
        weight=Measure(grams / 1000, "KGM") if grams else None,
        characteristics=tuple((name, value) for name, value in traits.items() if value),
    )


def _product_name(story: LotStory, label: SerialFacts | None) -> ProductName:
    return ProductName(
        id=label.url if label else story.url,
        name=story.product.name,
        granularity="item" if label else "batch",
        model=story.product.gtin or story.product.code,
        batch=story.lot.code,
        item=label.serial if label else "",
    )


def _documents(story: LotStory) -> list[Link]:
    """Return where the rest is told: the history, the land, the producer."""
    abouts = {
        f"history:{story.lot.code}": "From field to shelf",
        f"organisation:{story.producer.code}": story.producer.name,
        **{f"area:{area.code}": area.name for area in story.areas},
    }
    return [
        Link(url_of(about), name, jose.MEDIA_TYPE, EVENT_LINK if "history" in about else "")
        for about, name in abouts.items()
    ]


def _materials(story: LotStory) -> list[Material]:
    """Return whence it comes, where all of it is known to come from registered land."""
    if not (story.lot.origin_complete and story.areas):
        return []
    crop = story.areas[0].crop or story.product.name
    return [Material(crop, story.country, _category("crop", crop, "Crops of the programme"), 1.0)]


def _made_at(story: LotStory) -> Named:
    if story.lot.facility_id:
        place = places.facility_by_id(story.lot.facility_id)
        return Named("Facility", place.uri, place.name)
    return Named("Facility", story.producer.party_uri, story.producer.name)


def _names(story: LotStory, stored: Mapping[str, ledger.StoredEvent]) -> Names:
    titles = {node.code: node.title for node in lots.trace_back(story.lot.code).of_kind("lot")}

    def holder(event: StandardEvent) -> parties.Organisation:
        found = stored[event.event_id or ""]
        return story.organisation(found.organisation_id or story.producer.pk)

    def thing(epc: str) -> ProductName:
        code = unquote(re.split(r"[:/]", epc)[-1])
        return ProductName(epc, titles.get(code, code), batch=code if code in titles else "")

    def place(uri: str, event: StandardEvent) -> Named:
        found = places.growing_area_by_uri(uri) or places.facility_by_uri(uri) if uri else None
        owner = holder(event)
        return Named("Facility", uri or owner.party_uri, found.name if found else owner.name)

    def links(event: StandardEvent) -> tuple[Link, ...]:
        proof = reverse("epcis:proof", args=[stored[event.event_id or ""].id])
        return (Link(f"{settings.PUBLIC_URL}{proof}?shown={story.lot.code}", "Proof in the log"),)

    return Names(thing, place, lambda event: (_party("producer", holder(event)),), links)


def _party(role: str, found: parties.Organisation) -> Party:
    return Party(role, found.party_uri, found.name, found.registration_number)


def _category(kind: str, name: str, scheme: str) -> Classification:
    plain = name.replace("_", " ")  # a kind as code, where nobody gave a group
    return Classification(slugify(plain) or plain, plain, own_identifier("list", kind), scheme)


def _address(unit_id: int | None, country: Country, *, street: str = "") -> Address:
    if unit_id is None:
        return Address(country, street)
    names = [unit.name for unit in places.lineage(places.unit_by_id(unit_id))]
    return Address(country, street, locality=names[-1], region=names[0])


def _programme_ids() -> Named:
    return Named("IdentifierScheme", settings.PUBLIC_URL, issuer().name)
