"""Issue commitment certificates, and record that buyers collected them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.labels import commitment_refusals as refusals
from originmark.mark.labels import commitment_rules as rules
from originmark.mark.labels import commitment_selectors as selectors
from originmark.mark.labels.commitment_models import Collected, Commitment
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.trace.lots import selectors as lots


@dataclass(frozen=True, slots=True)
class CommitmentDraft:
    """What the producer says about a lot."""

    lot_code: str
    produce: str
    kg: Decimal
    statement: str
    place: str = ""  # empty: that of the organisation
    contact: str = ""
    tested: str = ""
    test_result: str = ""


@transaction.atomic
def issue_commitment(draft: CommitmentDraft, *, by: Actor, now: datetime) -> Commitment:
    """Issue a certificate for a lot; those of the lots it came from are named on it.

    Raises UnknownLot, CommitmentIncomplete or MoreThanTheLot.
    """
    lot = lots.lot(draft.lot_code)
    access.require(by, "labels.commit", organisation_id=lot.organisation_id)
    producer = parties.organisation_by_id(lot.organisation_id)
    place = draft.place.strip() or producer.address
    contact = draft.contact.strip() or producer.phone or producer.email
    _require_complete(draft, place=place, contact=contact)
    if not 0 < draft.kg <= lot.remaining_kg:
        raise refusals.MoreThanTheLot(lot.code, lot.remaining_kg, draft.kg)
    today, edition = timezone.localdate(now), rules.in_force()
    made = Commitment.objects.create(
        number=f"{lot.code}-C{Commitment.objects.filter(lot_id=lot.id).count() + 1}",
        organisation=producer, lot_id=lot.id, lot_code=lot.code, produce=draft.produce,
        product_name=lot.product_name, kg=draft.kg, producer_name=producer.name, place=place,
        contact=contact, statement=draft.statement.strip(), tested=draft.tested,
        test_result=draft.test_result.strip(), rules=f"{edition.title} v{edition.version}",
        issued_on=today, keep_until=rules.keep_until(today, edition.keep_months), at=now,
        by_name=by.name,
    )  # fmt: skip
    made.sources.set(selectors.certificates_behind(lot.code))
    return made


@transaction.atomic
def collect_commitment(
    number: str, organisation_id: int, *, finding: str = "", by: Actor, now: datetime
) -> Collected:
    """Record that a buyer collected a certificate and compared it with the goods, once.

    ``finding`` says what does not agree; empty when all does. Raises UnknownCommitment or
    OwnCertificate.
    """
    access.require(by, "labels.commit", organisation_id=organisation_id)
    commitment = selectors.commitment(number)
    buyer = parties.organisation_by_id(organisation_id)
    if commitment.organisation_id == buyer.pk:
        raise refusals.OwnCertificate(buyer.name, commitment.number)
    today = timezone.localdate(now)
    until = rules.keep_until(today, rules.in_force().keep_months)
    row, _is_new = Collected.objects.get_or_create(
        commitment=commitment,
        organisation=buyer,
        defaults={"finding": finding.strip(), "on": today, "keep_until": until, "at": now,
                  "by_name": by.name},
    )  # fmt: skip
    return row


def _require_complete(draft: CommitmentDraft, *, place: str, contact: str) -> None:
    known = {code for code, _, _ in rules.in_force().produce}
    wanted = {
        gettext_noop("a kind of produce"): draft.produce in known,
        gettext_noop("the commitment in words"): bool(draft.statement.strip()),
        gettext_noop("the place of the producer"): bool(place),
        gettext_noop("a contact"): bool(contact),
    }
    if missing := tuple(words for words, is_there in wanted.items() if not is_there):
        raise refusals.CommitmentIncomplete(missing)
