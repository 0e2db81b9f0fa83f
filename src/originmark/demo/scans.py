"""Scans of the demonstration region: everyday looks, and what the scan watch makes cases of.

A code copied over two cities, one shown on a screen (a burst), labels that left the packing
room unrecorded, and a series of made-up codes for one lot. All of it is demonstration data.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as label_services
from originmark.mark.labels.selectors import SerialFacts
from originmark.mark.passport import services as passport
from originmark.mark.passport.services import Place

VIEWERS_OF_A_COPY = 18
EVERYDAY_DAYS, EVERYDAY_LABELS = 28, 40
TAIYUAN, SHANGHAI = Place(37.8712, 112.5534), Place(31.2312, 121.4723)
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"


def look_around(lots: dict[str, str], *, now: datetime) -> dict[str, str]:
    """Scan a few labels; return the addresses worth opening, by what they show."""
    east, west, mill = (labels.runs_of_lot(lots[name])[0] for name in ("east", "west", "mill"))
    shown = {
        "genuine, never scanned": _label(east, 0),
        "genuine, scanned before": _label(east, 1),
        "copied": _label(east, 2),
        "not activated": _label(east, 11_500),
        "spoiled": _label(east, 11_950),
        "genuine, product without a GTIN": _label(west, 0),
        "withdrawn": _label(west, 5_950),
        "licence suspended": _label(mill, 0),
    }
    shown["recalled"] = _label(labels.runs_of_lot(lots["recalled"])[0], 0)
    _everyday(east, now=now)
    _everyday(west, now=now)
    _scan(shown["genuine, scanned before"], viewers=1, now=now)
    _copy_over_two_cities(shown["copied"], now=now)
    _copy_over_two_cities(_label(east, 3), now=now - timedelta(hours=5))
    _show_on_a_screen(_label(east, 4), now=now)
    _scan(shown["not activated"], viewers=4, now=now)
    _invent_codes(shown["genuine, product without a GTIN"], now=now)
    _report(shown["copied"], now=now)
    label_services.find_suspects(now=now)
    addresses = {name: label.url for name, label in shown.items()}
    made_up = shown["genuine, never scanned"].url.rsplit("/", 1)[0] + "/0123456789ABCDEFGHJK"
    return addresses | {"made up": made_up}


def _label(run: labels.LabelRun, index: int) -> SerialFacts:
    found = labels.verify(labels.serial_of(run, index))
    if found is None:
        raise LookupError(f"label {index} of run {run.number} was not issued")
    return found


def _look(label: SerialFacts, phone: str, at: datetime, place: Place | None = None) -> None:
    viewer = passport.viewer_of(phone, "Demonstration phone", now=at)
    passport.look(
        label.serial,
        product_code=label.product_code,
        lot_code=label.lot_code,
        viewer=viewer,
        now=at,
    )
    if place:
        passport.share_place(label.serial, viewer=viewer, place=place, now=at)


def _everyday(run: labels.LabelRun, *, now: datetime) -> None:
    """Let buyers look at packs: one or two phones each, more on some days than on others."""
    for n in range(EVERYDAY_LABELS):
        label = _label(run, 100 + n)
        at = now - timedelta(days=(n * n) % EVERYDAY_DAYS, hours=n % 11, minutes=n)
        for phone in range(1 + n % 2):
            _look(label, f"203.0.113.{n + phone}", at + timedelta(minutes=phone))


def _scan(label: SerialFacts, *, viewers: int, now: datetime) -> None:
    for n in range(viewers):
        _look(label, f"198.51.100.{n}", now - timedelta(days=viewers - n, hours=n))


def _copy_over_two_cities(label: SerialFacts, *, now: datetime) -> None:
    """Let phones in two cities look at one code on the same days, half an hour apart."""
    for n in range(VIEWERS_OF_A_COPY // 2):
        at = now - timedelta(days=9 - n, hours=2)
        near, far = (Place(each.latitude + n / 90, each.longitude - n / 70)
                     for each in (TAIYUAN, SHANGHAI))  # fmt: skip
        _look(label, f"198.51.100.{2 * n}", at, near)
        _look(label, f"198.51.100.{2 * n + 1}", at + timedelta(minutes=30), far)


def _show_on_a_screen(label: SerialFacts, *, now: datetime) -> None:
    """Let the viewers of a live show scan the code on the host's pack, within minutes."""
    start = now - timedelta(days=2, hours=3)
    for n in range(34):
        _look(label, f"192.0.2.{n % 3}", start + timedelta(seconds=15 * n))


def _invent_codes(label: SerialFacts, *, now: datetime) -> None:
    """Let phones scan packs whose codes somebody made up for a real lot."""
    for n, serial in enumerate(_made_up_serials(26)):
        at = now - timedelta(days=n % 5, hours=1, minutes=n)
        passport.look(
            serial,
            product_code=label.product_code,
            lot_code=label.lot_code,
            viewer=passport.viewer_of(f"192.0.2.{n % 8}", "Demonstration phone", now=at),
            now=at,
        )


def _made_up_serials(count: int) -> Iterator[str]:
    pairs = product(LETTERS, repeat=2)
    for _n, (one, other) in zip(range(count), pairs, strict=False):
        yield f"0123456789ABCDEFGH{one}{other}"


def _report(label: SerialFacts, *, now: datetime) -> None:
    draft = label_services.ReportDraft(
        problem="copy", code=label.serial, shop="Corner shop", place="Shanghai",
        text="Demonstration report: two bags in the shop bear the same code.",
    )  # fmt: skip
    label_services.report(draft, now=now - timedelta(hours=2))
