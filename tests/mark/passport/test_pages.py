"""What a shopper and a program get behind a code."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from builders.labels import NOON, Labelled, a_labelled_lot
from builders.log import a_safe
from django.test import Client

from originmark.frame.web import clock
from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as label_services
from originmark.mark.labels.models import Scan
from originmark.mark.licensing import services as licensing
from originmark.mark.passport import services
from originmark.origin.parties.access import SYSTEM
from originmark.standards.transparency import bundles
from originmark.standards.transparency.notes import VerifierKey
from originmark.trace.ledger import keys, signing
from originmark.trace.lots import selectors as lots

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def pack() -> Labelled:
    """A lot with a run of ten labels, the first five of them activated."""
    lot = a_labelled_lot()
    run = lot.issue(10)
    label_services.activate(run.number, first=0, last=4, by=SYSTEM, now=NOON)
    return lot


def path_of(pack: Labelled, index: int) -> str:
    run = labels.runs_of_lot(pack.lot.code)[0]
    return (labels.url_prefix(run) + labels.serial_of(run, index)).split("//")[1].split("/", 1)[1]


def open_page(path: str, *, phone: str = "my phone", **more: object) -> tuple[int, str]:
    answer = Client(headers={"User-Agent": phone}).get(f"/{path}", **more)  # type: ignore[arg-type]
    return answer.status_code, answer.content.decode()


def test_a_genuine_pack_shows_who_where_and_how(pack: Labelled) -> None:
    status, page = open_page(path_of(pack, 0))

    assert status == 200
    assert "Genuine. You are the first to check this pack." in page
    assert pack.lot.code in page
    assert pack.organisation.name in page
    assert "<svg" in page
    assert "Harvest" in page
    assert "Packing" in page
    assert len(page.encode()) < 100_000


def test_every_page_behind_a_code_takes_reports(pack: Labelled) -> None:
    serial = path_of(pack, 0).rsplit("/", 1)[1]
    assert f'href="/labels/report/?code={serial}"' in open_page(path_of(pack, 0))[1]
    made_up = path_of(pack, 0).rsplit("/", 1)[0] + "/0123456789ABCDEFGHJK"
    assert 'href="/labels/report/"' in open_page(made_up)[1]


def test_the_same_phone_stays_the_first_and_another_is_told(pack: Labelled) -> None:
    open_page(path_of(pack, 0))
    assert "You are the first" in open_page(path_of(pack, 0))[1]

    page = open_page(path_of(pack, 0), phone="another phone")[1]
    assert "Genuine. This pack was checked before." in page
    assert "One other phone has checked it" in page


@pytest.mark.parametrize("serial", ["0123456789ABCDEFGHJK", "short"])
def test_a_made_up_serial_is_not_genuine_and_shows_no_passport(pack: Labelled, serial: str) -> None:
    path = path_of(pack, 0).rsplit("/", 1)[0]
    status, page = open_page(f"{path}/{serial}")

    assert status == 404
    assert "Not genuine: nobody issued this code." in page
    assert pack.organisation.name not in page
    assert Scan.objects.exists() is False


def test_a_label_that_is_not_activated_says_so(pack: Labelled) -> None:
    assert "This label has not been activated yet." in open_page(path_of(pack, 7))[1]


def test_spoiled_and_withdrawn_labels_say_so(pack: Labelled) -> None:
    run = labels.runs_of_lot(pack.lot.code)[0]
    doors = {"by": SYSTEM, "now": NOON}
    label_services.spoil(run.number, first=8, last=8, reason="torn", **doors)
    label_services.withdraw(run.number, first=1, last=1, reason="stolen", **doors)

    assert "reported spoiled" in open_page(path_of(pack, 8))[1]
    assert "withdrawn by the brand office" in open_page(path_of(pack, 1))[1]


def test_a_code_scanned_by_too_many_phones_is_called_copied(pack: Labelled) -> None:
    pages = [open_page(path_of(pack, 2), phone=f"phone {n}")[1] for n in range(13)]

    assert "It may not be what is in the pack before you." not in pages[11]
    assert "It may not be what is in the pack before you." in pages[12]
    assert "probably been copied" not in pages[11]
    assert "probably been copied" in pages[12]


def say_place(path: str, place: tuple[float, float], *, phone: str, **more: str) -> int:
    """Say where the pack of a page is, as its script does; return the status."""
    said = {"code": path[-20:], "latitude": place[0], "longitude": place[1]}
    client = Client(enforce_csrf_checks=True, headers={"User-Agent": phone, **more})
    return client.post("/check/place/", said).status_code


def test_a_code_scanned_too_far_apart_is_called_copied(pack: Labelled) -> None:
    path = path_of(pack, 3)
    places = [(37.87, 112.55), (10.78, 106.70)]  # Taiyuan and, minutes later, Ho Chi Minh City
    for n, place in enumerate(places):
        open_page(path, phone=f"phone {n}")
        assert say_place(path, place, phone=f"phone {n}") == 204
    assert "probably been copied" in open_page(path, phone="phone 9")[1]


def test_only_the_phone_itself_says_where_it_is(pack: Labelled) -> None:
    path = path_of(pack, 3)
    open_page(path, phone="mine")
    assert say_place(path, (1, 2), phone="stranger") == 404
    assert Scan.objects.get().latitude is None
    assert say_place(path, (37.8749, 112.5512), phone="mine") == 204
    assert (Scan.objects.get().latitude, Scan.objects.get().longitude) == (37.87, 112.55)
    assert say_place(path, (1, 2), phone="mine") == 404


def test_a_shopper_is_asked_for_the_place_of_a_code_that_can_be_one(pack: Labelled) -> None:
    path = path_of(pack, 3)
    asked = Client().get("/check/place/", {"code": path[-20:]})
    assert "The place to about a kilometre" in asked.content.decode()
    assert asked.cookies == {}
    for code in ("", "short", "0" * 20):
        led = Client().get("/check/place/", {"code": code})
        assert (led.status_code, led["Location"]) == (302, f"/check/?code={code}")


def test_a_place_that_is_none_or_of_no_pack_or_from_another_site_is_refused(
    pack: Labelled,
) -> None:
    path = path_of(pack, 3)
    open_page(path, phone="mine")
    assert say_place(path, (91, 2), phone="mine") == 422
    assert say_place(path[:-20] + "0" * 20, (1, 2), phone="mine") == 404
    assert say_place(path, (1, 2), phone="mine", **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert Scan.objects.get().latitude is None


def test_a_phone_is_the_same_within_a_month_and_nobody_in_the_next() -> None:
    mine = services.viewer_of("192.0.2.1", "my phone", now=NOON)
    assert len(mine) == 32
    assert services.viewer_of("192.0.2.1", "my phone", now=NOON + timedelta(days=10)) == mine
    assert services.viewer_of("192.0.2.1", "my phone", now=NOON + timedelta(days=20)) != mine
    assert services.viewer_of("192.0.2.2", "my phone", now=NOON) != mine


def test_a_real_serial_on_another_product_is_not_genuine(pack: Labelled) -> None:
    other = a_labelled_lot()
    other.issue(1)
    serial = path_of(pack, 0).rsplit("/", 1)[1]
    status, page = open_page(path_of(other, 0).rsplit("/", 1)[0] + "/" + serial)

    assert status == 404
    assert "belongs to another product or lot" in page


def test_a_suspended_licence_shows_at_once(pack: Labelled) -> None:
    licensing.suspend_licence(pack.licence.number, reason="Under review", by=SYSTEM, now=NOON)
    assert "licence for this mark is not in force" in open_page(path_of(pack, 0))[1]


def test_a_pack_past_its_date_says_so(pack: Labelled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=400))
    page = open_page(path_of(pack, 0))[1]
    assert "past its best-before date" in page or "licence" in page


def test_a_program_gets_the_same_as_json(pack: Labelled) -> None:
    answer = Client().get(f"/{path_of(pack, 0)}", headers={"Accept": "application/json"})
    body = answer.json()

    assert answer["Content-Type"] == "application/json"
    assert (body["verdict"], body["genuine"]) == ("genuine-first", True)
    assert body["passport"]["lot_code"] == pack.lot.code
    assert len(body["passport"]["proofs"]) == len({p["index"] for p in body["passport"]["proofs"]})
    assert all(proof["leaf_hash"] for proof in body["passport"]["proofs"])


def test_the_page_speaks_the_shoppers_language(pack: Labelled) -> None:
    path = path_of(pack, 0)
    client = Client()
    assert "Hàng thật" in client.get(f"/{path}", headers={"Accept-Language": "vi"}).content.decode()
    chinese = client.get(f"/{path}", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert "正品" in chinese


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("01/09521234000014/10/L1/21/0123456789ABCDEFGHJK", 400),
        ("01/١٥٧٠٣٥٣٨١٤١٠٣٧/10/L1/21/0123456789ABCDEFGHJK", 400),
        ("01/09521234000099/10/L1/21/" + "x" * 50, 400),
        ("01/09521234000099/21/0123456789ABCDEFGHJK/10/L1", 400),
        ("01/09521234000099/10/L1/21/0123456789ABCDEFGHJK", 404),
    ],
)
def test_a_bad_link_is_refused_and_an_unknown_one_not_found(path: str, status: int) -> None:
    assert Client().get(f"/{path}").status_code == status


def test_a_typed_code_leads_to_the_passport(pack: Labelled) -> None:
    serial = path_of(pack, 0).rsplit("/", 1)[1]
    typed = " ".join([serial[:4], serial[4:12].lower(), serial[12:]])
    answer = Client().get("/check/", {"code": typed})
    assert answer.status_code == 302
    assert answer["Location"].endswith(serial)
    assert Client().get("/check/", {"code": "abc"}).status_code == 422
    assert Client().get("/check/", {"code": "0123456789ABCDEFGHJK"}).status_code == 404


@pytest.mark.conforms("L-inclusion")
def test_whoever_holds_the_pack_can_check_each_record_without_trusting_the_page(
    pack: Labelled, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_safe(settings, monkeypatch)
    assert "The next signature of the log will be over it too." in open_page(path_of(pack, 0))[1]
    signing.newest(now=NOON)
    status, page = open_page(path_of(pack, 0))
    assert (status, len(page.encode()) < 100_000) == (200, True)
    assert "It was in the log that was signed on 15 October 2026." in page

    links = [html.unescape(each) for each in re.findall(r'href="(/epcis/log/proof/[^"]+)"', page)]
    assert len(links) == page.count("Check it yourself</a>") >= 3
    published = [VerifierKey.parse(each.verifier) for each in keys.listed("log")]
    for link in links:
        bundle = Client().get(link)
        assert bundle.status_code == 200
        bundles.verify(bundles.read(bundle.json()), trusted=published)


def test_what_no_passport_shows_is_not_proven_to_strangers(
    pack: Labelled, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_safe(settings, monkeypatch)
    other = a_labelled_lot()
    shown = {each.event_id for each in lots.timeline(pack.lot.code)}
    hidden = {each.event_id for each in lots.timeline(other.lot.code)} - shown
    assert hidden
    for index in hidden:
        for query in ("", f"?shown={pack.lot.code}", "?shown=nothing"):
            assert Client().get(f"/epcis/log/proof/{index}.json{query}").status_code == 401
