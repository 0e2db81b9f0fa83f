"""A world to resolve in, and a program that asks: name only what matters."""

from dataclasses import dataclass
from typing import Any

from builders.labels import Labelled, a_labelled_lot
from builders.links import NOON, a_link
from django.test import Client

from originmark.mark.labels import selectors as labels
from originmark.mark.labels import services as label_services
from originmark.origin.parties.access import SYSTEM

HOST = "http://localhost:8000"
SSCC, GLN, PARTY, GRAI = "106141412345678908", "9501101020016", "9501101530003", "09501101530010"
OTHER_GTIN = "09506000134352"
KINDS = ["gtin", "pack", "sscc", "gln", "party", "grai"]


@dataclass
class World:
    """A labelled pack of ours, and links about a box, a place, a company and an asset."""

    pack: Labelled

    def path(self, kind: str) -> str:
        """Return the path of one of the kinds."""
        if kind == "pack":
            run = labels.runs_of_lot(self.pack.lot.code)[0]
            address = labels.url_prefix(run) + labels.serial_of(run, 0)
            return address.removeprefix(HOST)
        product = self.pack.lot.product
        return {
            "gtin": f"/01/{product.gtin}", "sscc": f"/00/{SSCC}", "gln": f"/414/{GLN}/254/S7",
            "party": f"/417/{PARTY}", "grai": f"/8003/{GRAI}AB",
        }[kind]  # fmt: skip


def a_world() -> World:
    """A labelled pack of ours, and links about each kind of thing."""
    pack = a_labelled_lot()
    run = pack.issue(2)
    label_services.activate(run.number, first=0, last=1, by=SYSTEM, now=NOON)
    made = World(pack)
    for kind in KINDS:
        key = "/".join(made.path(kind).split("/")[:3])
        if kind != "pack":
            a_link(key, link_type="gs1:pip", href=f"https://x.example/{kind}", title=kind)
        if kind != "gtin":
            a_link(made.path(kind), link_type="gs1:faqs", href=f"https://x.example/{kind}/faq")
    return made


def ask(path: str, *, method: str = "get", **headers: str) -> Any:
    """Ask as a program does that takes anything; ``accept`` and the like as keywords."""
    given = {"accept": "*/*", **headers}
    named = {name.replace("_", "-"): value for name, value in given.items() if value}
    return getattr(Client(headers=named), method)(path)


def linkset(path: str) -> list[dict[str, Any]]:
    """Return the levels of the linkset of a path."""
    answer = ask(path, accept="application/linkset+json")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["linkset"]
    return found


def hrefs(level: dict[str, Any]) -> list[str]:
    """Return where the links of a level lead, its defaults left out."""
    typed = [links for name, links in level.items() if "default" not in name]
    return [link["href"] for links in typed if isinstance(links, list) for link in links]
