"""The door answers as Django does, and leaves to Django what it is not sure of."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from builders.labels import NOON, Labelled, a_labelled_lot
from builders.products import a_trade_item
from builders.scan_door import Hands, Phone, same, text_of
from builders.stars import a_star, schemes_of_the_tests
from django.test import RequestFactory

from originmark.frame.web import clock
from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as label_services
from originmark.mark.labels.models import LabelRun, ScanBatch
from originmark.mark.labels.services import ScanSeen
from originmark.mark.licensing import services as licensing
from originmark.mark.passport import sockets
from originmark.mark.passport.door import manners
from originmark.mark.passport.sockets import Alarm
from originmark.origin.parties.access import SYSTEM

pytestmark = pytest.mark.django_db
DOORS: dict[str, Any] = {"by": SYSTEM, "now": NOON}
LANGUAGES = ("en", "vi", "zh-hans")
FORGED = ("0123456789ABCDEFGHJK", "ZYXWVTSRQPNMKJHGFEDC")


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    schemes_of_the_tests(monkeypatch)


@pytest.fixture
def no_alarm() -> Iterator[None]:
    before = list(sockets._alarms)
    yield
    sockets._alarms[:] = before


def a_run(lot: Labelled) -> LabelRun:
    run = lot.issue(40)
    return label_services.activate(run.number, first=0, last=29, **DOORS)


def path_of(run: LabelRun, index: int) -> str:
    address = labels.url_prefix(run) + labels.serial_of(run, index)
    return "/" + address.split("//")[1].split("/", 1)[1]


def seen(run: LabelRun, index: int, viewers: int) -> None:
    label_services.record_scans(
        [
            ScanSeen(run.number, index, NOON - timedelta(days=1), f"viewer {n}", "genuine-first")
            for n in range(viewers)
        ]
    )


def nothing(_lot: Labelled, _run: LabelRun, _monkeypatch: pytest.MonkeyPatch) -> None:
    pass


def withdrawn(_lot: Labelled, run: LabelRun, _monkeypatch: pytest.MonkeyPatch) -> None:
    label_services.withdraw(run.number, first=0, last=9, reason="stolen <roll>", **DOORS)


def spoiled(_lot: Labelled, run: LabelRun, _monkeypatch: pytest.MonkeyPatch) -> None:
    label_services.spoil(run.number, first=0, last=9, reason="torn", **DOORS)


def looked_at(_lot: Labelled, run: LabelRun, _monkeypatch: pytest.MonkeyPatch) -> None:
    for index in range(3):
        seen(run, index, viewers=2)


def copied(_lot: Labelled, run: LabelRun, _monkeypatch: pytest.MonkeyPatch) -> None:
    for index in range(3):
        seen(run, index, viewers=20)


def suspended(lot: Labelled, _run: LabelRun, _monkeypatch: pytest.MonkeyPatch) -> None:
    licensing.suspend_licence(lot.licence.number, reason="Under review", by=SYSTEM, now=NOON)


def recalled(_lot: Labelled, _run: LabelRun, _monkeypatch: pytest.MonkeyPatch) -> None:
    sockets.register_alarm(lambda _code: Alarm(why="Glass", since=date(2026, 10, 1)))


def expired(lot: Labelled, _run: LabelRun, _monkeypatch: pytest.MonkeyPatch) -> None:
    type(lot.lot).objects.filter(pk=lot.lot.pk).update(best_before=date(2026, 10, 1))


def without_stars(lot: Labelled, _run: LabelRun, _monkeypatch: pytest.MonkeyPatch) -> None:
    a_star(lot.lot.product, lot.organisation, decided_on=date(2023, 3, 15))


Happens = Callable[[Labelled, LabelRun, pytest.MonkeyPatch], None]
CASES: dict[str, tuple[Happens, int, str]] = {
    "genuine-first": (nothing, 0, "You are the first"),
    "genuine-seen": (looked_at, 0, "2 other phones have checked it"),
    "copied": (copied, 0, "probably been copied"),
    "not-activated": (nothing, 30, "has not been activated"),
    "withdrawn": (withdrawn, 0, "stolen &lt;roll&gt;"),
    "spoiled": (spoiled, 0, "reported spoiled"),
    "licence-lapsed": (suspended, 0, "licence for this mark is not in force"),
    "recalled": (recalled, 0, "Glass"),
    "expired": (expired, 0, "past its best-before date"),
    "star-expired": (without_stars, 0, "stars no longer count"),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.usefixtures("no_alarm")
def test_a_page_from_memory_is_the_page_of_django(
    phone: Phone, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = a_labelled_lot()
    run = a_run(lot)
    happens, first, words = CASES[case]
    happens(lot, run, monkeypatch)
    for place, language in enumerate(LANGUAGES):
        phone.headers = {"Accept-Language": language}
        for _ in range(2):  # the run is read in, then Django is asked
            phone.at_the_door(path_of(run, first))
            phone.at_the_door(path_of(run, first + 1))
        for packed in ("identity", "gzip, br"):
            phone.headers = {"Accept-Language": language, "Accept-Encoding": packed}
            label = path_of(run, first + 2)
            page = phone.from_memory(label) or phone.at_the_door(label)
            ours, theirs = same(page, phone.past_it(label))
            assert ours == theirs
        assert place or words in text_of(page)


def test_a_forged_serial_is_no_more_genuine_at_the_door(phone: Phone) -> None:
    run = a_run(a_labelled_lot())
    phone.at_the_door(path_of(run, 0))
    head = path_of(run, 0)[:-20]
    phone.at_the_door(head + FORGED[0])
    ours, theirs = same(phone.from_memory(head + FORGED[1]), phone.past_it(head + FORGED[1]))
    assert ours == theirs
    assert ours[0] == 404
    assert "Not genuine" in ours[2].decode()


def test_a_label_on_another_product_is_left_to_django(phone: Phone) -> None:
    run, other = a_run(a_labelled_lot()), a_run(a_labelled_lot())
    for each in (run, other):
        phone.at_the_door(path_of(each, 0))
    wrong = path_of(other, 0)[:-20] + path_of(run, 1)[-20:]
    assert phone.at_the_door(wrong) is None
    assert "belongs to another product or lot" in text_of(phone.past_it(wrong))


@pytest.mark.parametrize(
    ("headers", "more"),
    [
        ({"Accept": "application/json"}, {}),
        ({"Accept": "application/linkset+json"}, {}),
        ({"Accept": "application/vc+jwt, text/html"}, {}),
        ({"Cookie": "sessionid=abc"}, {}),
        ({"Cookie": "theme=dark; other=1"}, {}),
        ({"Cookie": "csrftoken=broken"}, {}),
        ({"Authorization": "Bearer x"}, {}),
        ({"HX-Request": "true"}, {}),
        ({"Host": "elsewhere.example"}, {}),
        ({}, {"method": "HEAD"}),
        ({}, {"method": "POST"}),
        ({}, {"query_string": b"linkType=all"}),
    ],
)
def test_what_is_no_plain_look_is_left_to_django(
    phone: Phone, headers: dict[str, str], more: dict[str, Any]
) -> None:
    run = warm(phone)
    assert phone.from_memory(path_of(run, 2)) is not None
    phone.headers = headers
    assert phone.at_the_door(path_of(run, 3), **more) is None


def test_a_serial_in_another_spelling_is_left_to_django(phone: Phone) -> None:
    run = warm(phone)
    path = path_of(run, 2)
    assert phone.at_the_door(path[:-20] + path[-20:].lower()) is None


def test_the_theme_of_a_phone_is_kept(phone: Phone) -> None:
    run = warm(phone)
    phone.headers = {"Cookie": f"theme=dark; csrftoken={'a' * 32}; django_language=vi"}
    phone.at_the_door(path_of(run, 2))
    ours, theirs = same(phone.from_memory(path_of(run, 3)), phone.past_it(path_of(run, 3)))
    assert ours == theirs
    assert 'data-theme="dark"' in ours[2].decode()


def warm(phone: Phone) -> LabelRun:
    run = a_run(a_labelled_lot())
    for index in (0, 0, 1):
        phone.at_the_door(path_of(run, index))
    return run


def test_a_second_phone_is_told_of_the_first(phone: Phone) -> None:
    run = warm(phone)
    assert "You are the first" in text_of(phone.from_memory(path_of(run, 5)))
    phone.headers = {"User-Agent": "another phone"}
    assert "One other phone has checked it" in text_of(phone.at_the_door(path_of(run, 5)))
    phone.headers = {}
    assert "One other phone has checked it" in text_of(phone.at_the_door(path_of(run, 5)))


def test_a_scan_elsewhere_is_heard_of(phone: Phone, seconds: Hands) -> None:
    run = warm(phone)
    label_services.hand_in([ScanSeen(run.number, 7, NOON, "elsewhere", "genuine-first")])
    assert "You are the first" in text_of(phone.from_memory(path_of(run, 7)))
    label_services.hand_in([ScanSeen(run.number, 8, NOON, "elsewhere", "genuine-first")])
    seconds.now_s += 2.5
    phone.at_the_door(path_of(run, 20))  # half of the time is over: what is known is refreshed
    assert "One other phone" in text_of(phone.at_the_door(path_of(run, 8)))


def test_a_door_that_missed_batches_forgets_what_it_knew(phone: Phone, seconds: Hands) -> None:
    run = warm(phone)
    label_services.hand_in([ScanSeen(run.number, 7, NOON, "elsewhere", "genuine-first")])
    ScanBatch.objects.exclude(pk=ScanBatch.objects.latest("pk").pk).delete()
    label_services.record_scans([ScanSeen(run.number, 8, NOON, "elsewhere", "genuine-first")])
    seconds.now_s += 31
    phone.at_the_door(path_of(run, 20))
    assert phone.from_memory(path_of(run, 8)) is None
    phone.at_the_door(path_of(run, 20))
    assert "One other phone" in text_of(phone.at_the_door(path_of(run, 8)))


def test_what_changes_shows_when_the_time_is_over(phone: Phone, seconds: Hands) -> None:
    run = warm(phone)
    label_services.withdraw(run.number, first=0, last=9, reason="stolen", **DOORS)
    assert "You are the first" in text_of(phone.from_memory(path_of(run, 4)))
    seconds.now_s += 5
    assert phone.from_memory(path_of(run, 5)) is None
    phone.at_the_door(path_of(run, 5))
    assert "withdrawn by the brand office" in text_of(phone.at_the_door(path_of(run, 6)))


def test_nothing_of_yesterday_is_shown_today(
    phone: Phone, seconds: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    almost = NOON.replace(hour=15, minute=59, second=58)  # midnight at Shanghai is at 16 UTC
    monkeypatch.setattr(clock, "now", lambda: almost)
    run = warm(phone)
    assert phone.from_memory(path_of(run, 2)) is not None
    seconds.now_s += 2.1
    assert phone.from_memory(path_of(run, 3)) is None


def test_the_limit_of_an_address_holds_at_the_door_and_behind_it(phone: Phone) -> None:
    run = warm(phone)
    phone.address = "192.0.2.7"
    answers = [phone.from_memory(path_of(run, n % 30)) for n in range(2, 30)]
    assert all(answers)
    for _ in range(120 - len(answers)):
        assert phone.from_memory(path_of(run, 2)[:-20] + FORGED[0]) or phone.past_it("/check/")
    assert phone.from_memory(path_of(run, 29)) is None
    assert phone.past_it(path_of(run, 29))[0]["status"] == 429


def test_django_reads_no_header_that_the_door_does_not_know(phone: Phone) -> None:
    run = warm(phone)
    read: set[str] = set()

    class Noting(dict[str, Any]):
        def __getitem__(self, key: str) -> Any:
            read.add(key)
            return super().__getitem__(key)

        def get(self, key: str, default: Any = None) -> Any:
            read.add(key)
            return super().get(key, default)

    from django.core.handlers.base import BaseHandler

    handler = BaseHandler()
    handler.load_middleware()
    request = RequestFactory(headers=phone.sent()).get(path_of(run, 9))
    request.META = Noting(request.META)
    assert handler.get_response(request).status_code == 200
    known = {name.decode() for name in (*manners.READ, *manners.STRANGE)} | {"user-agent"}
    asked = {
        key.removeprefix("HTTP_").replace("_", "-").lower() for key in read if key[:5] == "HTTP_"
    }
    assert asked - known == set()


def test_two_products_have_pages_of_their_own(phone: Phone) -> None:
    one, other = a_labelled_lot(), a_labelled_lot(product=a_trade_item())
    for lot in (one, other):
        run = a_run(lot)
        for index in (0, 0, 1):
            phone.at_the_door(path_of(run, index))
        assert lot.lot.code in text_of(phone.from_memory(path_of(run, 2)))
