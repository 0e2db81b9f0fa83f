"""Issue what a lot has to show: on demand, all of it in one go, the same only once."""

from datetime import datetime

from django.utils.translation import override

from originmark.mark.labels import selectors as labels
from originmark.mark.passport.credentials import attested, register, subjects
from originmark.mark.passport.credentials.models import Credential
from originmark.mark.passport.credentials.refusals import NoPassport
from originmark.mark.passport.credentials.subjects import LotStory
from originmark.origin.places import selectors as places
from originmark.trace.lots import selectors as lots


def passport_of_lot(lot_code: str, *, now: datetime) -> Credential:
    """Return the passport of a lot as it stands, issued now if need be.

    Everything that it links to is issued with it. Raises NoPassport.
    """
    lot = lots.find_lot(lot_code)
    if lot is None:
        raise NoPassport(code_typed=lot_code)
    with override("en"):  # the language of whoever asks must not change what is signed
        story = LotStory.of(lot, now=now)
        _issue_evidence(story, now=now)
        _issue_background(story, now=now)
        return register.issue(subjects.passport(story, None, now=now), now=now)


def passport_of_pack(serial: str, *, now: datetime) -> Credential:
    """Return the passport of one pack, by the serial on it; raises NoPassport.

    A serial that nobody issued is refused without a look-up, and so writes nothing. What the
    lot's passport has issued already is not looked at again.
    """
    label = labels.verify(serial)
    if label is None or label.state != "activated":
        raise NoPassport(code_typed=serial)
    if not register.has_live(f"lot:{label.lot_code}", now=now):
        passport_of_lot(label.lot_code, now=now)
    with override("en"):
        story = LotStory.of(lots.lot_by_id(label.lot_id), now=now)
        _issue_evidence(story, now=now)
        return register.issue(subjects.passport(story, label, now=now), now=now)


def _issue_evidence(story: LotStory, *, now: datetime) -> None:
    """Issue what the claims link to: licences, papers, stars."""
    for each in story.attested:
        register.issue(attested.draft(each, now=now), now=now)


def _issue_background(story: LotStory, *, now: datetime) -> None:
    """Issue the rest that a passport links to: land, works, producer, history."""
    drafts = [subjects.land(area, now=now) for area in story.areas]
    drafts += [subjects.anchor(story.producer, now=now), subjects.history(story, now=now)]
    if story.lot.facility_id:
        drafts.append(subjects.works(places.facility_by_id(story.lot.facility_id), now=now))
    for draft in drafts:
        register.issue(draft, now=now)
