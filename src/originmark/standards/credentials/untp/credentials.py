"""The five credentials of UNTP 0.7.0, each an envelope around what it is about.

Built without the schemas at hand, which are GPL and stay outside; the tests validate against
them. The JSON-LD context is named, never fetched.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from originmark.standards.credentials import status_list
from originmark.standards.credentials.envelopes import VC_CONTEXT, Envelope, moment
from originmark.standards.credentials.untp.values import (
    Address,
    Claim,
    Classification,
    Country,
    Image,
    Link,
    Location,
    Material,
    Measure,
    Named,
    Party,
    Performance,
    ProductName,
    Score,
    each,
    said,
    topics,
)

CONTEXT = "https://vocabulary.uncefact.org/untp/0.7.0/context/"
YEAR = timedelta(days=365)
PASSPORT, CONFORMITY, FACILITY, EVENT, ANCHOR = (
    "DigitalProductPassport",
    "DigitalConformityCredential",
    "DigitalFacilityRecord",
    "DigitalTraceabilityEvent",
    "DigitalIdentityAnchor",
)


@dataclass(frozen=True, slots=True)
class Product:
    """A product as its passport tells it; ``weight`` is the net weight of a piece."""

    name: ProductName
    id_scheme: Named
    categories: tuple[Classification, ...]
    produced_at: Named
    country: Country
    description: str = ""
    produced_on: date | None = None
    parties: tuple[Party, ...] = ()
    documents: tuple[Link, ...] = ()
    materials: tuple[Material, ...] = ()
    labels: tuple[Image, ...] = ()
    claims: tuple[Claim, ...] = ()
    weight: Measure | None = None
    characteristics: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the product."""
        return {
            **self.name.as_json(),
            **said(
                description=self.description,
                idScheme=self.id_scheme,
                characteristics=dict(self.characteristics),
                relatedDocument=self.documents,
                relatedParty=self.parties,
                producedAtFacility=self.produced_at,
                productionDate=self.produced_on,
                countryOfProduction=self.country,
                dimensions=said(weight=self.weight),
                materialProvenance=self.materials,
                productLabel=self.labels,
                performanceClaim=self.claims,
            ),
            "productCategory": each(self.categories),
        }


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was assessed, against which criteria, and what was reached."""

    id: str
    name: str
    criteria: tuple[Named, ...]
    assessed_on: date
    topics: tuple[Named, ...]
    performance: tuple[Performance, ...] = ()
    products: tuple[Named, ...] = ()
    facilities: tuple[Named, ...] = ()
    organisation: Named | None = None
    regulations: tuple[Named, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the assessment, which was passed: what was not has no credential."""
        return said(
            type=["ConformityAssessment"],
            id=self.id,
            name=self.name,
            assessmentDate=self.assessed_on,
            assessedProduct=[{"product": product.as_json()} for product in self.products],
            assessedFacility=[{"facility": place.as_json()} for place in self.facilities],
            assessedOrganisation=self.organisation,
            referenceRegulation=self.regulations,
        ) | {
            "assessmentCriteria": each(self.criteria),
            "assessedPerformance": each(self.performance),
            "conformityTopic": topics(self.topics),
            "conformance": True,
        }


@dataclass(frozen=True, slots=True)
class Attestation:
    """A paper or a right that somebody holds: VietGAP, a GI licence, stars.

    ``assessor_level`` is 3rdParty, self, membership…; ``assessment_level`` authority-mandate,
    scheme-cab, no-endorsement…; ``type`` certification, declaration, verification…
    """

    id: str
    name: str
    issued_to: Named
    scheme: Named
    assessments: tuple[Assessment, ...]
    assessor_level: str = "3rdParty"
    assessment_level: str = "authority-mandate"
    type: str = "certification"
    description: str = ""
    profile: Named | None = None
    score: Score | None = None
    authority: Named | None = None
    document: Link | None = None
    trustmark: Image | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the attestation."""
        authorisation = (
            [{"name": self.authority.name, "issuingAuthority": self.authority.as_json()}]
            if self.authority
            else []
        )
        return said(
            type=["ConformityAttestation"],
            id=self.id,
            name=self.name,
            description=self.description,
            assessorLevel=self.assessor_level,
            assessmentLevel=self.assessment_level,
            attestationType=self.type,
            issuedToParty=self.issued_to,
            authorisation=authorisation,
            referenceScheme=self.scheme,
            referenceProfile=self.profile,
            profileScore=self.score,
            conformityCertificate=self.document,
            trustmark=self.trustmark,
            conformityAssessment=self.assessments,
        )


@dataclass(frozen=True, slots=True)
class Facility:
    """A farm, a plot, a mill; ``location`` with the outline of its land where it is known."""

    id: str
    name: str
    country: Country
    categories: tuple[Classification, ...]
    location: Location
    address: Address
    description: str = ""
    registered_id: str = ""
    id_scheme: Named | None = None
    parties: tuple[Party, ...] = ()
    claims: tuple[Claim, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the place."""
        return said(
            type=["Facility"],
            id=self.id,
            name=self.name,
            description=self.description,
            registeredId=self.registered_id,
            idScheme=self.id_scheme,
            countryOfOperation=self.country,
            relatedParty=self.parties,
            address=self.address,
            performanceClaim=self.claims,
        ) | {
            "processCategory": each(self.categories),
            "locationInformation": self.location.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Identity:
    """What an authority's register says of somebody; ``id`` is their own identifier."""

    id: str
    name: str
    registered_id: str
    registered_on: date
    id_scheme: Named
    registrar: Named
    register_type: str = "business"
    public_page: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the entry."""
        return said(
            type=["RegisteredIdentity"],
            id=self.id,
            registeredName=self.name,
            registeredId=self.registered_id,
            registeredDate=self.registered_on,
            publicInformation=self.public_page,
            idScheme=self.id_scheme,
            registrar=self.registrar,
            registerType=self.register_type,
        )


def passport(envelope: Envelope, product: Product) -> dict[str, Any]:
    """Return a digital product passport, not yet signed."""
    return _credential(envelope, PASSPORT, product.as_json())


def conformity(envelope: Envelope, attestation: Attestation) -> dict[str, Any]:
    """Return a digital conformity credential, not yet signed."""
    return _credential(envelope, CONFORMITY, attestation.as_json())


def facility_record(envelope: Envelope, facility: Facility) -> dict[str, Any]:
    """Return a digital facility record, not yet signed."""
    return _credential(envelope, FACILITY, facility.as_json())


def identity_anchor(envelope: Envelope, identity: Identity) -> dict[str, Any]:
    """Return a digital identity anchor, not yet signed."""
    return _credential(envelope, ANCHOR, identity.as_json())


def traceability_event(envelope: Envelope, events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a digital traceability event, not yet signed; see ``lifecycle`` for its events."""
    return _credential(envelope, EVENT, list(events))


def sealed(kind: str) -> Callable[[Envelope, Any], dict[str, Any]]:
    """Return what puts an envelope around a subject that is JSON already."""
    return lambda envelope, subject: _credential(envelope, kind, subject)


def _credential(envelope: Envelope, kind: str, subject: Any) -> dict[str, Any]:
    issuer = envelope.issuer
    known_as = [Named("Party", issuer.also_known_as, issuer.name)] if issuer.also_known_as else []
    return said(
        id=envelope.id,
        name=envelope.name,
        issuer={
            **said(type=["CredentialIssuer"], id=issuer.did, name=issuer.name),
            **said(issuerAlsoKnownAs=known_as),
        },
        validFrom=moment(envelope.valid_from),
        validUntil=moment(envelope.valid_until) if envelope.valid_until else None,
        credentialStatus=status_list.entry(*envelope.status) if envelope.status else None,
        credentialSubject=subject,
    ) | {"@context": [VC_CONTEXT, CONTEXT], "type": [kind, "VerifiableCredential"]}
