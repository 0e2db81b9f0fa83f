"""What becomes of labels and lots: rolls, boxes, a pallet, a commitment, signed passports."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Unpack

from django.utils import timezone

from originmark.demo import catalogue, people
from originmark.demo.land import DemoArea, outline
from originmark.demo.people import Doors
from originmark.mark.labels import selectors as labels_known
from originmark.mark.labels import services as labels
from originmark.mark.passport import services as passport
from originmark.origin.parties import access
from originmark.origin.parties import services as parties
from originmark.origin.places import services as places
from originmark.trace.lots import services as lots

PREFIX: Final = "9525678"
"""Of those that GS1 keeps for examples (952): it makes the numbers of the boxes."""
ROLL: Final = 2_000
BOX, BOXES, FIRST_PACKED = 12, 3, 200
WITHDRAWN: Final = 300
ORCHARD: Final = DemoArea("E-07", people.EAST, "Apricot orchard (demo)", 112.757, 38.0502, 9, 9)
APRICOTS_LOT: Final = "APRICOTS-A"


def handle(ids: dict[str, int], run: labels_known.LabelRun, *, now: datetime) -> None:
    """Handle the labels of East Hill's run, its packs and its apricots."""
    doors = Doors(by=people.acting(people.COOP_MANAGER), now=now)
    _roll(run.number, **doors)
    _pack(ids[people.EAST], run, **doors)
    _commit(ids, **doors)
    _sign(run, now=now)


def _roll(number: str, **doors: Unpack[Doors]) -> None:
    """Cut six rolls: two agree, one differs, one differed and is explained, two are kept."""
    labels.take_back(
        number, first=11_600, last=11_799, reason="Left over at the line (demo)", **doors
    )
    office = people.acting(people.OFFICER)
    proof = "Shredding record 7 (demo)"
    labels.destroy(number, first=11_700, last=11_799, reason=proof, by=office, now=doors["now"])
    first, second, third, fourth, fifth, last = (
        roll.code for roll in labels.cut_rolls(number, ROLL, **doors)
    )
    for code in (first, second, third, last):
        _hand(code, "line", "East Hill packing line (demo)", **doors)
    _hand(fourth, "producer", "East Hill store (demo)", **doors)
    _hand(fifth, "printer", "County printer (demo)", **doors)
    labels.count_roll(first, labels.Counted(used=2_000, spoiled=0, left=0), **doors)
    labels.count_roll(second, labels.Counted(used=1_995, spoiled=0, left=0), **doors)
    labels.count_roll(third, labels.Counted(used=1_990, spoiled=0, left=0), **doors)
    explained = "Ten labels stuck to the reel, found and destroyed (demo)"
    labels.close_case(third, explained, by=office, now=doors["now"])
    labels.count_roll(last, labels.Counted(used=1_000, spoiled=100, left=700), **doors)


def _hand(code: str, kind: str, holder: str, **doors: Unpack[Doors]) -> None:
    today = timezone.localdate(doors["now"])
    labels.hand_over(code, labels.HandOver(kind, holder, "Liu Yang (demo)", today), **doors)


def _pack(organisation_id: int, run: labels_known.LabelRun, **doors: Unpack[Doors]) -> None:
    """Pack two boxes and stack them, and begin a third."""
    parties.change_organisation(people.EAST, gs1_company_prefix=PREFIX, **doors)
    pallet = labels.open_box(organisation_id, "pallet", **doors)
    for n in range(BOXES):
        box = labels.open_box(organisation_id, "box", **doors)
        is_last = n == BOXES - 1
        for place in range(BOX // 3 if is_last else BOX):
            serial = labels_known.serial_of(run, FIRST_PACKED + n * BOX + place)
            labels.put_in(box.code, serial, **doors)
        if not is_last:
            labels.close(box.code, **doors)
            labels.put_in(pallet.code, box.code, **doors)
    labels.close(pallet.code, **doors)


def _commit(ids: dict[str, int], **doors: Unpack[Doors]) -> None:
    """Harvest apricots, commit to them, and let the shop collect the certificate."""
    now = doors["now"]
    places.register_growing_area(
        code=ORCHARD.code,
        organisation_id=ids[ORCHARD.owner],
        name=f"{ORCHARD.code} {ORCHARD.grower}",
        grower=ORCHARD.grower,
        declared=f"{ORCHARD.declared_mu} mu",
        geometry=outline(ORCHARD),
        crop="apricots",
        **doors,
    )
    picked = now - timedelta(days=140)
    lot = lots.record_harvest(
        area_code=ORCHARD.code,
        product_code=catalogue.APRICOTS,
        kg=Decimal(1_200),
        season=picked.year,
        lot_code=APRICOTS_LOT,
        facility_code="east-store",
        happened_at=picked,
        **doors,
    )
    commitment = labels.issue_commitment(
        labels.CommitmentDraft(
            lot_code=lot.code,
            produce="fruit",
            kg=Decimal(800),
            statement="Made up for the demonstration: no banned substance was used, and what is "
            "used in the field keeps its waiting time.",
            place="East Hill, Yangqu (demo)",
            contact="Zhang Min, coop@demo.example",
            tested="self",
            test_result="Quick test of residues: nothing found (demo)",
        ),
        **doors,
    )
    labels.collect_commitment(commitment.number, ids[people.SHOP], by=access.SYSTEM, now=now)


def _sign(run: labels_known.LabelRun, *, now: datetime) -> None:
    """Issue signed passports of a lot and of two packs; one pack is withdrawn afterwards."""
    passport.passport_of_lot(run.lot_code, now=now)
    for index in (FIRST_PACKED, WITHDRAWN):
        passport.passport_of_pack(labels_known.serial_of(run, index), now=now)
    labels.withdraw(
        run.number,
        first=WITHDRAWN,
        last=WITHDRAWN,
        reason="Bag torn in the shop (demo)",
        by=people.acting(people.OFFICER),
        now=now,
    )
