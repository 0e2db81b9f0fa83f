"""Stars, licence, rights and papers with who checked them; recalls; what other rooms plug in."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from builders.labels import NOON, Labelled, a_labelled_lot
from builders.parties import a_client_for, an_actor
from builders.stars import a_star, schemes_of_the_tests
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html

from originmark.frame.web import clock
from originmark.mark.evaluation.models.stars import Star
from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as label_services
from originmark.mark.passport import sockets
from originmark.mark.passport.sockets import Action, Alarm, Panel, PassportContext, Promise
from originmark.mark.passport.standing import standing
from originmark.origin.parties.access import SYSTEM
from originmark.origin.parties.models import Organisation
from originmark.trace.lots import selectors as lots
from originmark.trace.lots.models import Lot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    schemes_of_the_tests(monkeypatch)


@pytest.fixture
def plugs() -> Iterator[None]:
    """Take out afterwards what a test plugs in."""
    names = ("_promises", "_quality", "_cold_chain", "_panels", "_actions", "_alarms")
    before = {name: list(getattr(sockets, name)) for name in names}
    yield
    for name, finders in before.items():
        getattr(sockets, name)[:] = finders


def a_pack() -> tuple[Labelled, str]:
    """A lot with one activated label, and the path behind its code."""
    lot = a_labelled_lot()
    run = lot.issue(2)
    label_services.activate(run.number, first=0, last=0, by=SYSTEM, now=NOON)
    address = labels.url_prefix(run) + labels.serial_of(run, 0)
    return lot, "/" + address.split("//")[1].split("/", 1)[1]


def page(path: str) -> str:
    return Client().get(path).content.decode()


def a_star_of(pack: Labelled, **more: object) -> Star:
    return a_star(pack.lot.product, pack.organisation, **more)  # type: ignore[arg-type]


def test_each_promise_names_who_checked_it_or_says_that_nobody_did() -> None:
    pack, path = a_pack()
    star = a_star_of(pack)
    body = Client().get(path, headers={"Accept": "application/json"}).json()
    found = {each["title"]: each for each in body["passport"]["promises"]}

    assert found["4 stars"]["verifier"] == "evaluation council (Province)"
    assert found["4 stars"]["url"] == f"/evaluation/stars/{star.number}/"
    assert found["4 stars"]["detail"] == f"no. {star.number}, valid until 14 March 2029"
    assert found["Licensed to use the mark"]["verifier"] == pack.brand.owner.name
    assert pack.licence.number in found["Licensed to use the mark"]["url"]
    assert found["Every field is known"]["verifier"] == ""
    assert Client().get(found["Licensed to use the mark"]["url"]).status_code == 200
    assert "Verified by evaluation council (Province)" in page(path)


def test_lapsed_stars_become_a_warning() -> None:
    pack, path = a_pack()
    a_star_of(pack, decided_on=date(2023, 3, 15))
    shown = page(path)

    assert "Genuine, but its stars no longer count." in shown
    assert "The stars expired on 14 March 2026" in shown
    assert 'class="stars"' not in shown
    body = Client().get(path, headers={"Accept": "application/json"}).json()
    assert (body["verdict"], body["genuine"]) == ("star-expired", False)


def test_a_star_counts_on_its_last_day_and_not_on_the_next() -> None:
    pack, _path = a_pack()
    a_star_of(pack, decided_on=date(2023, 10, 16))
    lot = lots.lot(pack.lot.code)

    assert standing(lot, date(2026, 10, 15)).has_lapsed_stars is False
    assert standing(lot, date(2026, 10, 16)).has_lapsed_stars is True


@pytest.mark.usefixtures("plugs")
def test_a_recalled_lot_says_why_since_when_what_to_do_and_whom_to_call() -> None:
    pack, path = a_pack()
    alarm = Alarm(
        "Glass was found in it.", date(2026, 10, 14), "Bring it back.", "0123 456", "/notice/"
    )
    sockets.register_alarm(lambda lot_code: alarm if lot_code == pack.lot.code else None)

    for address in (path, path.rsplit("/21/", 1)[0]):
        shown = page(address)
        assert "Recalled: do not eat, drink or use this product." in shown
        for words in ("Glass was found in it.", "14 October 2026", "Bring it back.", "0123 456"):
            assert words in shown
    body = Client().get(path, headers={"Accept": "application/json"}).json()
    assert (body["verdict"], body["passport"]["alarm"]["since"]) == ("recalled", "2026-10-14")


def test_a_lot_whose_record_was_withdrawn_raises_the_alarm() -> None:
    pack, path = a_pack()
    office = Organisation.objects.filter(runs_programme=True).order_by("pk").first()
    Lot.objects.filter(pk=pack.lot.pk).update(status=Lot.Status.WITHDRAWN)
    shown = page(path)

    assert "Recalled: do not eat, drink or use this product." in shown
    assert "nobody vouches for what is in the pack" in shown
    assert office is None or office.name in shown


def test_a_withdrawn_label_tells_the_reason_that_was_given() -> None:
    pack, path = a_pack()
    run = labels.runs_of_lot(pack.lot.code)[0]
    label_services.withdraw(run.number, first=0, last=0, reason="Stolen roll", by=SYSTEM, now=NOON)

    assert "Stolen roll" in page(path)


def test_the_pack_can_be_compared_with_the_page() -> None:
    pack, path = a_pack()
    a_star_of(pack)
    body = Client().get(path, headers={"Accept": "application/json"}).json()
    lines = {each["label"]: each["value"] for each in body["passport"]["pack"]}

    assert lines["Lot"] == pack.lot.code
    assert lines["Stars"] == "4"
    assert lines["Producer"] == pack.organisation.name
    assert lines["Best before"] == "1 October 2027"
    assert "must begin with <b>" in page(path)
    assert body["passport"]["permalink"].endswith(f"/10/{pack.lot.code}")


@pytest.mark.usefixtures("plugs")
def test_nothing_is_shown_without_a_plug_and_each_plug_is_shown_once() -> None:
    pack, path = a_pack()
    bare = page(path)
    assert "Sweetness" not in bare
    assert 'class="next-steps"' not in bare

    def quality(about: PassportContext) -> Panel:
        body = format_html("<p>19 °Bx in {}</p>", about.lot_code)
        return Panel("quality", "Sweetness", "flask", body, {"brix": 19})

    for _twice in range(2):
        sockets.register_quality(quality)
    sockets.register_cold_chain(lambda _about: None)
    sockets.register_promise(lambda _about: [Promise("Fair", "paid", "scale", verifier="A bank")])
    sockets.register_action(
        lambda about: Action("Buy again", f"/buy/{about.product_code}", "basket")
    )
    shown = page(path)

    assert shown.count(f"<p>19 °Bx in {pack.lot.code}</p>") == 1
    assert "Verified by A bank" in shown
    assert "Buy again" in shown
    body = Client().get(path, headers={"Accept": "application/json"}).json()
    assert body["passport"]["panels"] == [
        {"key": "quality", "title": "Sweetness", "data": {"brix": 19}}
    ]
    assert "<svg" not in json.dumps(body)


def test_a_scan_costs_as_many_queries_however_often_the_code_was_seen() -> None:
    pack, path = a_pack()
    a_star_of(pack)

    def queries(phone: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = Client(headers={"User-Agent": phone}).get(path)
        assert len(answer.content) < 100_000
        return len(asked)

    queries("first")
    few = queries("second")
    for n in range(5):
        queries(f"phone {n}")
    assert queries("last") == few


def test_the_preview_is_for_those_who_may_read_the_lot() -> None:
    pack, _path = a_pack()
    address = f"/passports/{pack.lot.code}/"
    producer = a_client_for(an_actor(pack.organisation))

    assert Client().get(address).status_code == 302
    assert a_client_for(an_actor()).get(address).status_code == 404
    shown = producer.get(address).content.decode()
    assert "Preview: what shoppers will see once this lot has labels." in shown
    assert pack.licence.number in shown
    assert f'href="{address}?brand={pack.brand.code}"' in (
        producer.get(f"/lots/lot/{pack.lot.code}/").content.decode()
    )
