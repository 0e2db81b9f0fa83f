"""Questions about commitment certificates; each says what it costs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from originmark.mark.labels import commitment_rules as rules
from originmark.mark.labels.commitment_models import Commitment
from originmark.mark.labels.commitment_refusals import UnknownCommitment
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import SYSTEM, Actor
from originmark.origin.places import selectors as places
from originmark.trace.lots import selectors as lots
from originmark.trace.lots.selectors import Graph, LotFacts


@dataclass(frozen=True, slots=True)
class Standing:
    """How a lot stands: who owes a certificate for it, and which one speaks for it."""

    duty: str  # obligatory, encouraged or none
    is_mixed: bool
    covering: Commitment | None

    @property
    def is_owed(self) -> bool:
        """Return whether a certificate is obligatory and none speaks for the lot."""
        return self.duty == rules.OBLIGATORY and self.covering is None


def commitments(by: Actor) -> QuerySet[Commitment]:
    """Return what the actor's organisations issued or collected; to the office, all."""
    rows = Commitment.objects.select_related("organisation").order_by("-issued_on", "-pk")
    if by.sees_everything:
        return rows
    if not by.may_read:
        return rows.none()
    ids = by.organisation_ids
    found = Q(organisation__in=ids) | Q(collected__organisation__in=ids)
    return rows.filter(found).distinct()


def commitment(number: str) -> Commitment:
    """Return a certificate, whoever asks: it goes with the goods. One query.

    Raises UnknownCommitment.
    """
    found = Commitment.objects.select_related("organisation").filter(number=number).first()
    if found is None:
        raise UnknownCommitment(number=number[:40])
    return found


def standing(lot: LotFacts, on: date) -> Standing:
    """Return who owes a certificate for a lot, and which speaks for it. Some ten queries."""
    owner = parties.organisation_by_id(lot.organisation_id)
    land = places.growing_areas(SYSTEM).filter(pk__in=lots.source_areas(lot.code))
    is_collector = land.exclude(organisation_id=owner.pk).exists()
    edition = rules.in_force()
    is_mixed = rules.is_mixed(_first_lots(lots.trace_back(lot.code)))
    own = Commitment.objects.filter(lot_id=lot.id).first()
    covering = own or (None if is_mixed else next(iter(certificates_behind(lot.code)), None))
    duty = rules.duty(edition, kind=owner.kind, is_collector=is_collector, on=on)
    return Standing(duty, is_mixed, covering)


def certificates_behind(lot_code: str) -> list[Commitment]:
    """Return the certificates of the lots that a lot came from, newest first."""
    codes = [each.code for each in lots.trace_back(lot_code).nodes if each.kind == "lot"]
    rows = Commitment.objects.filter(lot_code__in=codes).exclude(lot_code=lot_code)
    return list(rows.order_by("-issued_on", "-pk"))


def _first_lots(graph: Graph) -> list[str]:
    """Return the lots that were made of no other lot: those of the harvests."""
    from_lots = {each.target for each in graph.edges if each.source.startswith("lot:")}
    made_of_lots = {each.target for each in graph.edges if each.source in from_lots}
    return [
        node.code for node in graph.nodes if node.kind == "lot" and node.key not in made_of_lots
    ]
