"""Boxes and pallets: what is packed into what, its number, its label and its events."""

import json
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from builders.labels import NOON, a_label_run, a_labelled_lot
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from django.test import Client
from django.urls import reverse

from originmark.frame.web import clock
from originmark.mark.labels import box_refusals as refusals
from originmark.mark.labels import box_selectors, selectors, services
from originmark.mark.labels import box_services as packing
from originmark.mark.labels.models import Box, LabelRun, PackedUnit
from originmark.mark.labels.printing import box_label
from originmark.mark.labels.refusals import WrongState
from originmark.origin.parties.access import SYSTEM, NotAllowed
from originmark.trace.ledger.models import Event

pytestmark = pytest.mark.django_db
AT_NOON: dict[str, Any] = {"by": SYSTEM, "now": NOON}
PREFIX = "6901234"


def a_box(run: LabelRun, kind: str = "box", *, indexes: tuple[int, ...] = ()) -> Box:
    box = packing.open_box(run.organisation_id, kind, **AT_NOON)
    for index in indexes:
        packing.put_in(box.code, serial(run, index), **AT_NOON)
    return box


def serial(run: LabelRun, index: int) -> str:
    return selectors.serial_of(run, index)


def an_active_run(count: int = 10, **more: Any) -> LabelRun:
    run = a_labelled_lot(**more).issue(count)
    return services.activate_rest(run.number, **AT_NOON)


def events() -> list[Any]:
    rows = Event.objects.filter(type="AggregationEvent").order_by("pk")
    return [json.loads(row.body) for row in rows]


def test_numbers_are_ssccs_of_the_packer_and_never_come_twice() -> None:
    packer = an_organisation(gs1_company_prefix=PREFIX)
    first, second = (packing.open_box(packer.pk, "box", **AT_NOON) for _ in range(2))
    assert (first.code, first.sscc) == ("069012340000000016", "069012340000000016")
    assert first.epc == "https://id.gs1.org/00/069012340000000016"
    assert second.sscc == "069012340000000023"
    other = packing.open_box(an_organisation().pk, "pallet", **AT_NOON)
    assert other.sscc == ""
    assert other.code.startswith("PL26-")
    assert other.epc.endswith(f":box:{other.code}")


def test_a_closed_box_is_told_to_the_ledger() -> None:
    run = an_active_run()
    box = a_box(run, indexes=(2, 5))
    assert events() == []
    packing.close(box.code, **AT_NOON)
    (event,) = events()
    assert (event["action"], event["parentID"], event["bizStep"]) == ("ADD", box.epc, "packing")
    named = [f"https://id.gs1.org/01/{run.gtin}/21/{serial(run, index)}" for index in (2, 5)]
    assert event["childEPCs"] == named
    with pytest.raises(refusals.WrongBoxState):
        packing.put_in(box.code, serial(run, 3), **AT_NOON)
    packing.take_out(box.code, serial(run, 2), **AT_NOON)
    packing.unpack(box.code, **AT_NOON)
    assert [(each["action"], each["childEPCs"]) for each in events()[1:]] == [
        ("DELETE", named[:1]), ("DELETE", named[1:]),
    ]  # fmt: skip
    assert not PackedUnit.objects.exists()


def test_a_unit_is_in_one_box_at_a_time() -> None:
    run = an_active_run()
    one, other = a_box(run, indexes=(0,)), a_box(run)
    packing.put_in(one.code, selectors.url_prefix(run) + serial(run, 0), **AT_NOON)  # twice
    with pytest.raises(refusals.InAnotherBox) as caught:
        packing.put_in(other.code, serial(run, 0), **AT_NOON)
    assert caught.value.box == one.code
    assert PackedUnit.objects.get().box == one


def test_only_genuine_labels_that_may_be_on_a_pack_go_in() -> None:
    ready = a_labelled_lot()
    run = ready.issue(5)
    box = a_box(run)
    with pytest.raises(refusals.NotActivated):
        packing.put_in(box.code, serial(run, 0), **AT_NOON)
    services.spoil(run.number, first=1, last=1, **AT_NOON)
    with pytest.raises(refusals.NotPackable):
        packing.put_in(box.code, serial(run, 1), **AT_NOON)
    foreign = an_active_run()
    for scanned in ("A" * 20, "hello", serial(foreign, 0)):
        with pytest.raises(refusals.NotALabel):
            packing.put_in(box.code, scanned, **AT_NOON)
    with pytest.raises(refusals.BoxIsEmpty):
        packing.close(box.code, **AT_NOON)
    assert not PackedUnit.objects.exists()
    assert events() == []


def test_labels_become_active_when_their_box_is_closed_if_the_brand_says_so() -> None:
    ready = a_labelled_lot()
    run = ready.issue(10)
    packing.choose_activation(ready.brand.code, "packing", by=SYSTEM)
    box = a_box(run, indexes=(3, 4, 8))
    assert LabelRun.objects.get().activated_count == 0
    packing.close(box.code, **AT_NOON)
    assert [str(span) for span in selectors.spans_of(run) if span.state == "activated"] == [
        "4–5", "9",
    ]  # fmt: skip
    late = a_box(run, indexes=(9,))
    services.withdraw(run.number, first=9, last=9, reason="Weevils", **AT_NOON)
    with pytest.raises(WrongState):
        packing.close(late.code, **AT_NOON)
    late.refresh_from_db()
    assert (late.state, len(events())) == ("open", 1)


def test_closed_boxes_stand_on_one_pallet() -> None:
    run = an_active_run()
    box, pallet = a_box(run, indexes=(0, 1)), a_box(run, "pallet")
    with pytest.raises(refusals.NotABoxToStack):
        packing.put_in(pallet.code, box.code, **AT_NOON)
    packing.close(box.code, **AT_NOON)
    packing.put_in(pallet.code, f"https://example.org/00/{box.code}", **AT_NOON)
    packing.close(pallet.code, **AT_NOON)
    assert events()[-1]["childEPCs"] == [box.epc]
    told = selectors.box(pallet.code)
    assert (told.packs, told.box_codes, told.contents[0].lot_code) == (2, (box.code,), run.lot_code)
    with pytest.raises(refusals.InAnotherBox):
        packing.put_in(a_box(run, "pallet").code, box.code, **AT_NOON)
    with pytest.raises(refusals.BoxOnPallet):
        packing.unpack(box.code, **AT_NOON)
    packing.take_out(pallet.code, box.code, **AT_NOON)
    packing.unpack(box.code, **AT_NOON)
    assert events()[-2]["parentID"] == pallet.epc


def test_who_may_pack() -> None:
    run = an_active_run()
    for actor, may in (
        (an_actor(run.organisation, "recorder"), True),
        (an_actor(run.organisation, "viewer"), False),
        (an_actor(), False),
        (an_officer("recorder"), True),
    ):
        at = {"by": actor, "now": NOON}
        if may:
            packing.open_box(run.organisation_id, "box", **at)
        else:
            with pytest.raises(NotAllowed):
                packing.open_box(run.organisation_id, "box", **at)
    with pytest.raises(NotAllowed):
        packing.choose_activation(run.brand.code, "packing", by=an_actor(run.organisation))
    assert list(box_selectors.boxes(an_actor())) == []


def test_the_label_of_a_box_can_be_scanned_by_phones_and_carriers() -> None:
    packer = an_organisation(gs1_company_prefix=PREFIX)
    run = an_active_run(organisation=packer)
    box = a_box(run, indexes=(0,))
    packing.close(box.code, **AT_NOON)
    page = pypdfium2.PdfDocument(box_label.pdf(box, made_at=NOON))[0]
    read = zxingcpp.read_barcodes(page.render(scale=4).to_pil())
    assert {each.text for each in read} == {f"(00){box.sscc}", box_label.url(box)}
    assert run.lot_code in page.get_textpage().get_text_range()


def test_the_packing_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    run = an_active_run()
    client = a_client_for(an_actor(run.organisation, "recorder"))
    opened = {"kind": "box", "organisation": run.organisation_id}
    answer = client.post(reverse("labels:box_open"), opened)
    box = Box.objects.get()
    page = reverse("labels:box", args=[box.code])
    assert answer.headers["Location"] == page
    assert "autofocus" in client.get(page).content.decode()
    assert client.post(page, {"scanned": serial(run, 0)}).headers["Location"] == page
    refused = client.post(page, {"scanned": "NONSENSE"})
    assert refused.status_code == 422
    assert 'value="NONSENSE"' not in refused.content.decode()
    look = reverse("labels:box_look", args=[box.code])
    assert Client().get(look).status_code == 404  # open boxes are nobody's business
    client.post(reverse("labels:box_close", args=[box.code]))
    assert run.lot_code in Client().get(look).content.decode()
    assert client.get(reverse("labels:box_label", args=[box.code])).content[:5] == b"%PDF-"
    posted = client.post(f"/api/labels/boxes/{box.code}/unpack")
    assert posted.json()["state"] == "unpacked"
    assert box.code in client.get(reverse("labels:boxes")).content.decode()


def test_a_box_of_somebody_else_is_not_shown() -> None:
    box = a_box(a_label_run())
    stranger = a_client_for(an_actor())
    assert stranger.get(reverse("labels:box", args=[box.code])).status_code == 404
