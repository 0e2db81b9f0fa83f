"""Scans of the demonstration region: first looks, second looks and one copied code."""

from datetime import datetime, timedelta

from originmark.mark.labels import selectors as labels
from originmark.mark.passport import services as passport

VIEWERS_OF_A_COPY = 18


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
    _scan(shown["genuine, scanned before"], viewers=1, now=now)
    _scan(shown["copied"], viewers=VIEWERS_OF_A_COPY, now=now)
    addresses = {name: label.url for name, label in shown.items()}
    made_up = shown["genuine, never scanned"].url.rsplit("/", 1)[0] + "/0123456789ABCDEFGHJK"
    return addresses | {"made up": made_up}


def _label(run: labels.LabelRun, index: int) -> labels.SerialFacts:
    found = labels.verify(labels.serial_of(run, index))
    if found is None:
        raise LookupError(f"label {index} of run {run.number} was not issued")
    return found


def _scan(label: labels.SerialFacts, *, viewers: int, now: datetime) -> None:
    for n in range(viewers):
        at = now - timedelta(days=viewers - n, hours=n)
        passport.look(
            label.serial,
            product_code=label.product_code,
            lot_code=label.lot_code,
            viewer=passport.viewer_of(f"198.51.100.{n}", "Demonstration phone", now=at),
            now=at,
        )
