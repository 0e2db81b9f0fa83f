"""Issue, activate, spoil and withdraw labels; write down who scanned them."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import facts, rules, serials, spans
from originmark.mark.labels.artwork.content import ArtworkDraft, LabelContent
from originmark.mark.labels.artwork.design.drawing import DesignAsked
from originmark.mark.labels.artwork.design.services import take as take_template
from originmark.mark.labels.artwork.picture_rules import BY_EYE
from originmark.mark.labels.artwork.picture_services import add_picture as add_artwork_picture
from originmark.mark.labels.artwork.picture_services import tick as tick_artwork
from originmark.mark.labels.artwork.services import approve_artwork, record_artwork
from originmark.mark.labels.box_services import choose_activation, close, open_box, put_in
from originmark.mark.labels.commitment_services import (
    CommitmentDraft,
    collect_commitment,
    issue_commitment,
)
from originmark.mark.labels.models import LabelRun, LotLabels
from originmark.mark.labels.reconciling import Counted
from originmark.mark.labels.refusals import (
    IssueRefused,
    LabelsExceedPacks,
)
from originmark.mark.labels.roll_services import (
    HandOver,
    close_case,
    count_roll,
    cut_rolls,
    destroy,
    hand_over,
    take_back,
)
from originmark.mark.labels.run_changes import (
    apply,
    locked_run,
    mass_kg,
    paint,
    quota_reference,
    record,
    write,
)
from originmark.mark.labels.spans import Span
from originmark.mark.labels.watch.batches import (
    enter_waiting,
    hand_in,
    help_if_late,
    record_at_once,
)
from originmark.mark.labels.watch.finding import find_suspects
from originmark.mark.labels.watch.forgeries import ForgedSeen, record_forged
from originmark.mark.labels.watch.rules import ReportDraft
from originmark.mark.labels.watch.scan_values import ScanSeen
from originmark.mark.labels.watch.scanning import record_scans, share_place
from originmark.mark.labels.watch.services import decide_cases, report
from originmark.mark.labels.withdrawal import withdraw
from originmark.mark.licensing import services as licensing
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.trace.lots import selectors as lots

__all__ = [
    "BY_EYE", "ArtworkDraft", "CommitmentDraft", "Counted", "DesignAsked", "ForgedSeen",
    "HandOver", "LabelContent", "ReportDraft", "ScanSeen", "activate", "activate_rest",
    "add_artwork_picture", "approve_artwork", "choose_activation", "close", "close_case",
    "collect_commitment", "count_roll", "cut_rolls", "decide_cases", "destroy", "enter_waiting",
    "find_suspects", "hand_in", "hand_over", "help_if_late", "issue", "issue_commitment",
    "open_box", "put_in", "record_artwork", "record_at_once", "record_forged", "record_scans",
    "report", "share_place", "spoil", "take_back", "take_template", "tick_artwork", "withdraw",
]  # fmt: skip


@transaction.atomic
def issue(lot_code: str, brand_code: str, count: int, *, by: Actor, now: datetime) -> LabelRun:
    """Issue labels of a mark for a packed lot (law 3).

    Raises UnknownLot, UnknownBrand, or IssueRefused with every reason why not.
    """
    lot = lots.lot(lot_code)
    access.require(by, "labels.issue", organisation_id=lot.organisation_id)
    # The lock comes first: two runs for one lot must not count the same packs as free.
    balance = _locked_balance(lot.id)
    found = facts.gather(lot, brand_code, count, in_force=balance.in_force, now=now)
    rules.require_issue(found.facts)
    if found.licence_id is None:
        raise ValueError("a valid licence has a row")  # licensing promised one
    _take(balance, found.facts)
    run = LabelRun.objects.create(
        number=f"{lot.code}-L{balance.runs + 1}",
        lot_id=lot.id,
        product_id=lot.product_id,
        brand_id=found.brand.id,
        licence_id=found.licence_id,
        organisation_id=lot.organisation_id,
        lot_code=lot.code,
        product_code=found.product.code,
        gtin=found.product.gtin,
        count=count,
        label_g=found.label_g,
        serial_batch=_free_batch(),
        key_version=serials.key_ring(settings.SERIAL_KEY)[0].version,
        issued_at=now,
        issued_by_id=by.person_id,
        decided_on=found.as_json(),
    )
    if found.facts.quota is not None:
        _draw(run, found, by=by, now=now)
    write(run, spans.whole(count, now))
    record(run, Span(0, count - 1, spans.ISSUED), count, by=by, now=now)
    return run


@transaction.atomic
def activate(number: str, *, first: int, last: int, by: Actor, now: datetime) -> LabelRun:
    """Say that labels ``first`` to ``last`` (from 0) are on packs; doing it twice is no harm.

    Raises NotInRun, or WrongState when one of them is spoiled or withdrawn.
    """
    run = locked_run(number)
    access.require(by, "labels.activate", organisation_id=run.organisation_id)
    return paint(run, Span(first, last, spans.ACTIVATED, since=now), by=by, now=now)


@transaction.atomic
def activate_rest(number: str, *, by: Actor, now: datetime) -> LabelRun:
    """Say that every label of the run that is merely issued is on a pack."""
    run = locked_run(number)
    access.require(by, "labels.activate", organisation_id=run.organisation_id)
    whole = Span(0, run.count - 1, spans.ACTIVATED)
    return apply(
        run, whole, lambda old: spans.paint_rest(old, spans.ACTIVATED, now), by=by, now=now
    )


@transaction.atomic
def spoil(
    number: str, *, first: int, last: int, reason: str = "", by: Actor, now: datetime
) -> LabelRun:
    """Say that labels were torn, misprinted or left over: they return to the lot's balance.

    A spoiled label never becomes good again. Raises NotInRun, or WrongState when one of them is
    withdrawn.
    """
    run = locked_run(number)
    access.require(by, "labels.spoil", organisation_id=run.organisation_id)
    return paint(run, Span(first, last, spans.SPOILED, reason.strip(), now), by=by, now=now)


def _locked_balance(lot_id: int) -> LotLabels:
    LotLabels.objects.get_or_create(lot_id=lot_id)
    return LotLabels.objects.select_for_update().get(lot_id=lot_id)


def _take(balance: LotLabels, asked: rules.IssueFacts) -> None:
    """Count the labels against the packs: the guard holds even where a lock does not."""
    packs = asked.lot.pack_count or 0
    taken = LotLabels.objects.filter(
        pk=balance.pk, in_force__lte=packs - asked.count, runs=balance.runs
    ).update(packs=packs, in_force=F("in_force") + asked.count, runs=F("runs") + 1)
    if not taken:
        in_force = LotLabels.objects.values_list("in_force", flat=True).get(pk=balance.pk)
        left = max(packs - in_force, 0)
        refusal = LabelsExceedPacks(asked.lot.code, packs, in_force, left, asked.count)
        raise IssueRefused((refusal,))


def _draw(run: LabelRun, found: facts.Gathered, *, by: Actor, now: datetime) -> None:
    """Draw on the season's quota; another lot may have used it up since law 3 was asked."""
    season = found.lot.season
    try:
        licensing.draw_quota(
            run.organisation_id, found.brand.code, season, mass_kg(run, run.count),
            quota_reference(run), by=by, now=now,
        )  # fmt: skip
    except RuleViolation as refusal:
        raise IssueRefused((refusal,)) from None


def _free_batch() -> int:
    """Draw a batch number that no run has.

    Drawn, not counted: after the database is restored from a backup, new runs must not repeat
    the serials of runs that were lost with it.
    """
    while True:
        drawn = secrets.randbelow(serials.MAX_BATCH + 1)
        if not LabelRun.objects.filter(serial_batch=drawn).exists():
            return drawn
