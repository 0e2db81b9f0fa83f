"""Questions to the resolver: what is known about an address, and which links there are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from originmark.mark.labels import selectors as labels
from originmark.mark.passport import sockets
from originmark.mark.passport.resolver.models import Delegation, Link
from originmark.mark.passport.resolver.refusals import UnknownLink
from originmark.mark.passport.resolver.rules import OWN, LinkDraft, Subject
from originmark.mark.passport.sockets import Anchor
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places
from originmark.origin.products import selectors as products
from originmark.standards.gs1.linksets import Level, LinkValue
from originmark.trace.lots import selectors as lots

GTIN_KEYS = {"01", "8006"}
PREFIX_LENGTHS = range(4, 13)


@dataclass(frozen=True, slots=True)
class Thing:
    """What an address names, if anybody here knows it."""

    description: str
    organisation_id: int | None = None
    product: products.ProductFacts | None = None

    @property
    def is_known(self) -> bool:
        """Whether it is one of ours."""
        return self.product is not None or self.organisation_id is not None


def thing(subject: Subject, language: str = "en") -> Thing:
    """Return what the key of an address names. One query or two."""
    if subject.key in GTIN_KEYS | {OWN}:
        product = _product(subject)
        if product is None:
            return Thing(f"({subject.key}) {subject.value}")
        return Thing(product.name_in(language), product.organisation_id, product)
    return _place(subject) or _by_prefix(subject)


def producer_of(found: Thing) -> str:
    """Return the name of whoever makes a product; empty for the programme's own. One query."""
    if found.organisation_id is None:
        return ""
    return parties.organisation_by_id(found.organisation_id).name


def _product(subject: Subject) -> products.ProductFacts | None:
    try:
        if subject.key == OWN:
            return products.product(subject.value)
        return products.product_by_gtin(subject.value[:14])
    except products.UnknownProduct:
        return None


def _place(subject: Subject) -> Thing | None:
    if subject.key in {"414", "417"} and (owner := parties.organisation_by_gln(subject.value)):
        return Thing(owner.name, owner.pk)
    if subject.key != "414":
        return None
    facility = places.facility_by_uri(f"https://id.gs1.org/414/{subject.value}")
    return Thing(facility.name, facility.organisation_id) if facility else None


def _by_prefix(subject: Subject) -> Thing:
    """Return whose number range the key is from; a number of a range names no thing by itself."""
    digits = subject.company_digits
    owners = parties.owners_of_prefixes([digits[:length] for length in PREFIX_LENGTHS])
    owner = owners[max(owners, key=len)] if owners else None
    return Thing(f"({subject.key}) {subject.value}", owner.pk if owner else None)


def levels(subject: Subject, *, by: Actor, language: str, now: datetime) -> list[Level]:
    """Return the links at each level of an address, the finest first.

    The number of queries depends on the levels, at most four, not on the links.
    """
    found = thing(subject, language)
    anchors = [replace(_anchor(subject, path, found), now=now) for path in subject.paths]
    named = {anchor.path: [anchor.path, *_other_names(anchor.path, found)] for anchor in anchors}
    rows = _rows([name for names in named.values() for name in names], by=by, on=localdate(now))
    entered = {path: [link for name in names for link in rows.get(name, [])]
               for path, names in named.items()}  # fmt: skip
    return [_level(anchor, entered[anchor.path]) for anchor in _deeper(anchors, subject)]


def _other_names(path: str, found: Thing) -> list[str]:
    """Return the other path of a product of ours that has a GTIN as well as a code."""
    if found.product is None or not found.product.gtin:
        return []
    _, key, _value, *rest = path.split("/")
    bases = {"01": f"/own/{found.product.code}", OWN: f"/01/{found.product.gtin}"}
    return ["/".join([bases[key], *rest])] if key in bases else []


def _anchor(subject: Subject, path: str, found: Thing) -> Anchor:
    named = "".join(f" · {value}" for value in _qualifiers(subject, path).values())
    return Anchor(
        path=path,
        key=subject.key,
        value=subject.value,
        description=found.description + named,
        product_code=found.product.code if found.product else "",
        organisation_id=found.organisation_id,
    )


def _qualifiers(subject: Subject, path: str) -> dict[str, str]:
    depth = len(subject.qualifiers) - subject.paths.index(path)
    return dict(subject.qualifiers[:depth])


def _deeper(anchors: list[Anchor], subject: Subject) -> list[Anchor]:
    """Say which of the levels are lots and packs that exist."""
    product_code = anchors[0].product_code
    if not (product_code and subject.lot):
        return anchors
    lot = lots.find_lot(subject.lot)
    if lot is None or lot.product_code != product_code:
        return anchors
    label = labels.verify(subject.serial) if subject.serial else None
    is_in_place = label and (label.product_code, label.lot_code) == (product_code, lot.code)
    of_lot = [
        replace(anchor, lot_code=lot.code) if _last(subject, anchor.path) == "10" else anchor
        for anchor in anchors
    ]
    if not is_in_place or _last(subject, subject.path) != "21":
        return of_lot
    return [replace(of_lot[0], lot_code=lot.code, serial=subject.serial), *of_lot[1:]]


def _last(subject: Subject, path: str) -> str:
    """Return which qualifier a level is about; empty for the key itself."""
    return next(reversed(_qualifiers(subject, path)), "")


def _rows(paths: Iterable[str], *, by: Actor, on: date) -> dict[str, list[LinkValue]]:
    in_force = (Q(valid_from=None) | Q(valid_from__lte=on)) & (
        Q(valid_until=None) | Q(valid_until__gte=on)
    )
    found: dict[str, list[LinkValue]] = {}
    rows = Link.objects.filter(in_force, anchor__in=list(paths)).order_by("anchor", "pk")
    may_see = _private_ids(by, rows)
    for row in rows:
        if row.is_public or row.pk in may_see:
            found.setdefault(row.anchor, []).append(row.value)
    return found


def _private_ids(by: Actor, rows: QuerySet[Link]) -> set[int]:
    """Return which links that are not public this person may see; no query for strangers."""
    if not (by.sees_everything or by.roles):
        return set()
    return set(access.visible(by, rows.filter(is_public=False)).values_list("pk", flat=True))


def _level(anchor: Anchor, entered: list[LinkValue]) -> Level:
    """Put together what people entered and what is known without them.

    The page of a product steps back where somebody entered a page of the same type.
    """
    types = {each.link_type for each in entered}
    known = [
        each for each in sockets.links_about(anchor)
        if each.is_default or anchor.lot_code or each.link_type not in types
    ]  # fmt: skip
    return Level(settings.PUBLIC_URL + anchor.path, anchor.description, (*entered, *known))


def delegation_of(subject: Subject) -> Delegation | None:
    """Return who answers for the range of a number, the longest prefix first. One query."""
    digits = subject.company_digits
    prefixes = [digits[:length] for length in PREFIX_LENGTHS if len(digits) >= length]
    rows = Delegation.objects.filter(prefix__in=prefixes)
    return max(rows, key=lambda each: len(each.prefix), default=None)


def links(by: Actor) -> QuerySet[Link]:
    """Return the links that the actor may read."""
    return access.visible(by, Link.objects.select_related("organisation"))


def link(link_id: int, by: Actor) -> Link:
    """Return one link that the actor may read; raises UnknownLink for hidden ones too."""
    found = links(by).filter(pk=link_id).first()
    if found is None:
        raise UnknownLink(link=str(link_id))
    return found


def links_of_product(product: products.ProductFacts, by: Actor) -> QuerySet[Link]:
    """Return the links about a product, its lots and packs that the actor may read."""
    about = Q(anchor=f"/own/{product.code}") | Q(anchor__startswith=f"/own/{product.code}/")
    if product.gtin:
        about |= Q(anchor=f"/01/{product.gtin}") | Q(anchor__startswith=f"/01/{product.gtin}/")
    return links(by).filter(about)


def delegations() -> QuerySet[Delegation]:
    """Return the number ranges that are handed on."""
    return Delegation.objects.all()


def draft_of(row: Link) -> LinkDraft:
    """Return a link as somebody would say it."""
    said = {name: getattr(row, name) for name in LinkDraft.__slots__}
    return LinkDraft(
        **{**said, "hreflang": tuple(row.hreflang), "context": tuple(row.context)}
    )  # fmt: skip
