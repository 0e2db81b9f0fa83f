"""What a lot may say of itself, each with the record that proves it: licences, papers, stars.

Each becomes a conformity credential of its own, and a claim in the passport that links to it.
Rooms above plug in further ones (``register_attested``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

from originmark.frame.web.identifiers import own_identifier
from originmark.mark.evaluation.selectors import StarFacts
from originmark.mark.labels import selectors as labels
from originmark.mark.licensing import selectors as licensing
from originmark.mark.passport.credentials.models import Credential
from originmark.mark.passport.credentials.register import Draft, issuer, url_of
from originmark.mark.schemes import selectors as schemes
from originmark.origin.certificates import selectors as certificates
from originmark.origin.parties import selectors as parties
from originmark.standards.credentials import jose
from originmark.standards.credentials.untp import credentials as untp
from originmark.standards.credentials.untp.values import (
    CONFORMITY_LINK,
    Claim,
    Link,
    Named,
    Performance,
    Score,
)
from originmark.trace.lots import selectors as lots


@dataclass(frozen=True, slots=True)
class Attested:
    """Something that an authority, an issuer or the programme attests.

    ``record`` names it for good, as ``certificate:12``. ``scheme`` is the rulebook or kind of
    paper, ``criteria`` what was asked for. Without ``until`` it counts until further notice.
    """

    record: str
    name: str
    topic: Named
    scheme: Named
    criteria: tuple[Named, ...]
    holder_id: int
    authority: Named
    since: date
    until: date | None
    document_url: str = ""
    score: Score | None = None
    assessment_level: str = "authority-mandate"
    type: str = "certification"


Find = Callable[[lots.LotFacts, date], Iterable[Attested]]
_further: list[Find] = []


def register_attested(find: Find) -> None:
    """Let ``find(lot, on)`` add what is attested of a lot; called from ``apps.py``."""
    if find not in _further:
        _further.append(find)


def of_lot(lot: lots.LotFacts, area_ids: list[int], *, on: date) -> list[Attested]:
    """Return what is attested of a lot on a day; what lapsed is not among it."""
    found = [*_licences(lot, on), *_certificates(lot, area_ids, on)]
    found += [each for find in _further for each in find(lot, on)]
    return found


def of_star(star: StarFacts) -> Attested:
    """Return the stars of a product as something attested."""
    scheme = f"{star.scheme_code}:{star.scheme_version}"
    title = f"{star.scheme_code.upper()}, version {star.scheme_version}"
    stars = Score(str(star.stars), star.stars, f"{star.stars} of 5 stars")
    return Attested(
        record=f"star:{star.number}",
        name=f"{star.scheme_code.upper()}: {star.stars} stars, no. {star.number}",
        topic=_topic("product-quality", "Product quality"),
        scheme=Named("ConformityScheme", own_identifier("scheme", scheme), title),
        criteria=(Named("Criterion", own_identifier("criteria", scheme), f"Criteria of {title}"),),
        holder_id=star.organisation_id,
        authority=_programme(),
        since=star.valid_from,
        until=star.valid_until,
        document_url=f"{settings.PUBLIC_URL}{star.document_url}",
        score=stars,
    )


def draft(attested: Attested, *, now: datetime) -> Draft:
    """Return the conformity credential of something attested."""
    holder = parties.organisation_by_id(attested.holder_id)
    party = Named("Party", holder.party_uri, holder.name, holder.registration_number)
    assessment = untp.Assessment(
        id=own_identifier("assessment", attested.record),
        name=attested.name,
        criteria=attested.criteria,
        assessed_on=attested.since,
        topics=(attested.topic,),
        performance=_performance(attested),
        organisation=Named("Party", holder.party_uri, holder.name),
    )
    attestation = untp.Attestation(
        id=own_identifier("attestation", attested.record),
        name=attested.name,
        issued_to=party,
        scheme=attested.scheme,
        assessments=(assessment,),
        assessment_level=attested.assessment_level,
        type=attested.type,
        score=attested.score,
        authority=attested.authority,
        document=Link(attested.document_url, attested.name) if attested.document_url else None,
    )
    return Draft(
        kind=Credential.Kind.CONFORMITY,
        about=attested.record,
        name=attested.name,
        organisation_id=attested.holder_id,
        subject=attestation.as_json(),
        build=untp.sealed(untp.CONFORMITY),
        valid_until=end_of(attested.until, now=now),
        grounds=(attested.record,),
    )


def claim(attested: Attested) -> Claim:
    """Return what the passport says of it: linked to its credential, which links to the paper."""
    proof = Link(url_of(attested.record), attested.name, jose.MEDIA_TYPE, CONFORMITY_LINK)
    return Claim(
        id=own_identifier("claim", attested.record),
        name=attested.name,
        criteria=attested.criteria,
        claimed_on=attested.since,
        topics=(attested.topic,),
        performance=_performance(attested),
        evidence=(proof,),
        period=(attested.since, attested.until) if attested.until else None,
    )


def end_of(day: date | None, *, now: datetime) -> datetime:
    """Return the last second of a day, and at most a year from now."""
    year = now + untp.YEAR
    if day is None:
        return year
    last = datetime.combine(day, time(23, 59, 59), tzinfo=timezone.get_default_timezone())
    return min(last, year)


def _performance(attested: Attested) -> tuple[Performance, ...]:
    metric = Named("PerformanceMetric", attested.scheme.id, attested.scheme.name)
    score = attested.score or Score("conforms", 1, "Meets the criteria")
    return (Performance(metric, score=score),)


def _licences(lot: lots.LotFacts, on: date) -> Iterable[Attested]:
    """Yield the licence of each mark that labels of the lot carry, with the right behind it."""
    for code in dict.fromkeys(run.brand.code for run in labels.runs_of_lot(lot.code)):
        licence = licensing.licence_for(lot.organisation_id, code, lot.product_code, on)
        rights = schemes.rights_in_force(code, on)
        if licence is None or not rights:
            continue
        yield Attested(
            record=f"licence:{licence.number}",
            name=f"Right to use {licence.brand_name}, licence {licence.number}",
            topic=_topic("geographical-origin", "Geographical origin"),
            scheme=Named("ConformityScheme", own_identifier("brand", code), licence.brand_name),
            criteria=tuple(
                Named(
                    "Criterion",
                    f"{settings.PUBLIC_URL}{right.url}",
                    f"{right.name}, {right.number}",
                )
                for right in rights
            ),
            holder_id=lot.organisation_id,
            authority=_programme(),
            since=licence.valid_from,
            until=licence.valid_until,
        )


def _certificates(lot: lots.LotFacts, area_ids: list[int], on: date) -> Iterable[Attested]:
    found = certificates.certificates_for([lot.organisation_id], [lot.product_id], area_ids, on)
    for paper in found:
        scheme = own_identifier("certificate-type", paper.type_code)
        yield Attested(
            record=f"certificate:{paper.id}",
            name=f"{paper.type_name}, no. {paper.number}, {paper.issuer}",
            topic=_topic(paper.type_code, paper.type_name),
            scheme=Named("ConformityScheme", scheme, paper.type_name),
            criteria=(Named("Criterion", scheme, paper.type_name),),
            holder_id=paper.holder_id,
            authority=Named("Party", own_identifier("issuer", paper.issuer), paper.issuer),
            since=paper.valid_from or on,
            until=paper.valid_until,
            document_url=f"{settings.PUBLIC_URL}{paper.file_url or paper.url}",
            assessment_level="no-endorsement",
        )


def _topic(code: str, name: str) -> Named:
    return Named("ConformityTopic", own_identifier("topic", code), name)


def _programme() -> Named:
    found = issuer()
    return Named("Party", found.did, found.name)
