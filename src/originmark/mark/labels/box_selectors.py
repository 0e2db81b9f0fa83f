"""Questions about boxes and pallets; each says what it costs."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.urls import reverse

from originmark.mark.labels.box_models import Box, BrandOptions, PackedUnit
from originmark.mark.labels.box_refusals import UnknownBox
from originmark.mark.labels.models import LabelRun
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class Content:
    """How many packs of a lot are inside."""

    lot_code: str
    product_name: str
    gtin: str
    brand_name: str
    packs: int


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """What anybody who holds a box may know of it."""

    code: str
    sscc: str
    epc: str
    kind: str
    state: str
    organisation_name: str
    closed_at: datetime | None
    pallet_code: str
    box_codes: tuple[str, ...]
    contents: tuple[Content, ...]
    url: str

    @property
    def packs(self) -> int:
        """Return how many packs are inside."""
        return sum(each.packs for each in self.contents)


def boxes(by: Actor) -> QuerySet[Box]:
    """Return the boxes and pallets that the actor may read, newest first."""
    rows = Box.objects.select_related("organisation", "pallet")
    rows = rows.annotate(
        unit_count=Count("units", distinct=True), box_count=Count("boxes", distinct=True)
    )
    return access.visible(by, rows).order_by("-opened_at", "-pk")


def own_box(code: str, by: Actor) -> Box:
    """Return a box that the actor may read; raises UnknownBox for hidden ones too."""
    found = boxes(by).filter(code=code).first()
    if found is None:
        raise UnknownBox(box=code[:40])
    return found


def box(code: str) -> BoxFacts:
    """Return what is in a box or on a pallet by its SSCC or number, whoever asks.

    Three queries. Raises UnknownBox; a box that is still open is unknown to the public.
    """
    found = Box.objects.select_related("organisation", "pallet").filter(code=code)
    row = found.exclude(state=Box.State.OPEN).first()
    if row is None:
        raise UnknownBox(box=code[:40])
    return BoxFacts(
        code=row.code,
        sscc=row.sscc,
        epc=row.epc,
        kind=row.kind,
        state=row.state,
        organisation_name=row.organisation.name,
        closed_at=row.closed_at,
        pallet_code=row.pallet.code if row.pallet else "",
        box_codes=tuple(row.boxes.order_by("code").values_list("code", flat=True)),
        contents=contents(row),
        url=reverse("labels:box_look", args=[row.code]),
    )


def contents(found: Box) -> tuple[Content, ...]:
    """Return the packs in a box, or in all boxes of a pallet, lot by lot. Two queries."""
    rows = PackedUnit.objects.filter(box__pallet=found) if found.kind == Box.Kind.PALLET else (
        found.units.all()
    )  # fmt: skip
    packs = Counter(rows.order_by().values_list("run_id", flat=True))
    runs = LabelRun.objects.filter(pk__in=packs).select_related("product", "brand")
    told: dict[tuple[str, str], Content] = {}
    for run in runs.order_by("lot_code", "pk"):
        key = run.lot_code, run.brand.name
        before = told[key].packs if key in told else 0
        told[key] = Content(
            run.lot_code, run.product.name, run.gtin, run.brand.name, before + packs[run.pk]
        )
    return tuple(told.values())


def activates_at_packing(brand_id: int) -> bool:
    """Return whether labels of a brand become active when their box is closed. One query."""
    rows = BrandOptions.objects.filter(brand_id=brand_id)
    return rows.filter(activation=BrandOptions.Activation.PACKING).exists()


def code_in(scanned: str) -> str:
    """Return the number of a box in what was scanned: bare, (00)…, or an address.

    >>> code_in("https://example.org/00/069012340000000177?x=1"), code_in("(00)069012340000000177")
    ('069012340000000177', '069012340000000177')
    >>> code_in("]C100069012340000000177")
    '069012340000000177'
    """
    text = scanned.strip().removeprefix("]C1").removeprefix("(00)")
    text = text.split("?")[0].rstrip("/").removesuffix("/look").rsplit("/", 1)[-1]
    return text[2:] if len(text) == 20 and text.isdigit() and text.startswith("00") else text
