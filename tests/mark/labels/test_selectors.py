"""What a serial says, and what a person means by a label."""

from typing import Any

import pytest
from builders.labels import NOON, a_label_run, a_labelled_lot, serial_secrets
from builders.parties import an_actor
from builders.products import a_trade_item

from originmark.mark.labels import selectors, serials, services
from originmark.mark.labels.refusals import ForeignSerial, UnknownLabelRun
from originmark.origin.parties.access import SYSTEM

pytestmark = pytest.mark.django_db
AT_NOON: dict[str, Any] = {"by": SYSTEM, "now": NOON}


def test_a_serial_says_which_label_it_is_and_what_became_of_it(
    django_assert_num_queries: Any,
) -> None:
    run = a_label_run(20)
    services.activate(run.number, first=3, last=5, **AT_NOON)
    services.withdraw(run.number, first=5, last=5, reason="Weevils", **AT_NOON)
    serial = selectors.serial_of(run, 5)
    with django_assert_num_queries(1):
        found = selectors.verify(selectors.grouped(serial).lower())
    assert found is not None
    assert (found.serial, found.index, found.run_number) == (serial, 5, run.number)
    assert (found.state, found.reason, found.since) == ("withdrawn", "Weevils", NOON)
    assert found.url == f"http://localhost:8000/01/{run.gtin}/10/{run.lot_code}/21/{serial}"
    states = [selectors.verify(selectors.serial_of(run, index)).state for index in (2, 3)]  # type: ignore[union-attr]
    assert states == ["issued", "activated"]


def test_a_forged_serial_is_refused_without_a_look_up(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert selectors.verify("0123456789ABCDEFGHJK") is None
        assert selectors.verify("") is None


def test_a_label_that_was_never_issued_is_not_genuine() -> None:
    run = a_label_run(20)
    assert selectors.verify(selectors.serial_of(run, 19)) is not None
    assert selectors.verify(selectors.serial_of(run, 20)) is None


def test_old_labels_verify_after_the_key_changed_and_not_after_it_was_withdrawn(
    settings: Any,
) -> None:
    run = a_label_run(20)
    serial = selectors.serial_of(run, 0)
    with serial_secrets(settings, f"{settings.SERIAL_KEY},another"):
        found = selectors.verify(serial)
        assert found is not None
        assert found.run_number == run.number
        assert a_label_run(2).key_version == 1
    with serial_secrets(settings, ",another"):
        assert selectors.verify(serial) is None
        with pytest.raises(LookupError):
            selectors.serial_of(run, 0)


def test_a_product_without_a_gtin_has_an_address_of_the_programmes_own() -> None:
    run = a_label_run(product=a_trade_item(code="loose-millet", gtin=""))
    assert (
        selectors.url_prefix(run) == f"http://localhost:8000/own/loose-millet/10/{run.lot_code}/21/"
    )


def test_what_a_person_types_or_scans_names_a_label() -> None:
    run = a_label_run(20)
    serial = selectors.serial_of(run, 7)
    typed = [
        "8",
        " 8 ",
        serial,
        selectors.grouped(serial).lower(),
        f"{selectors.url_prefix(run)}{serial}",
    ]
    assert [selectors.index_of(run, each) for each in typed] == [7] * 5
    other = selectors.serial_of(a_label_run(20), 7)
    for wrong in ("0", "21", "-1", "", "٨", "eight", other, serials.ALPHABET[:20]):
        with pytest.raises(ForeignSerial):
            selectors.index_of(run, wrong)


def test_a_stranger_sees_no_run() -> None:
    run = a_label_run()
    with pytest.raises(UnknownLabelRun):
        selectors.run(run.number, an_actor())
    assert selectors.run(run.number, an_actor(run.organisation, "viewer")) == run


def test_the_checklist_tells_each_condition_and_writes_nothing() -> None:
    ready = a_labelled_lot(packs=10)
    told = selectors.checklist(ready.lot.code, ready.brand.code, 11, **AT_NOON)
    assert [each.key for each in told if not each.is_met] == ["balance"]
    assert len(told) == 8
    assert selectors.labels_left(ready.lot.code) == selectors.LabelsLeft(10, 0)
