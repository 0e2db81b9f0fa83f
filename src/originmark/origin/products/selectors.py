"""Questions about products."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.parties.selectors import Organisation
from originmark.origin.products import rules
from originmark.origin.products.models import (
    PICTURE_WIDTHS,
    IntellectualProperty,
    Product,
    ProductGroup,
    ProductPicture,
)
from originmark.origin.products.rules import (
    CROP,
    MATERIAL,
    TRADE_ITEM,
    Characteristic,
    ProductDraft,
    UnknownGroup,
    UnknownProduct,
    UnknownRight,
)

__all__ = [
    "CROP",
    "MATERIAL",
    "TRADE_ITEM",
    "Characteristic",
    "PictureFacts",
    "ProductDraft",
    "ProductFacts",
    "RightFacts",
    "UnknownProduct",
    "draft_of",
    "group",
    "groups",
    "intellectual_property",
    "known_gtins",
    "owners_of_gtins",
    "pictures",
    "product",
    "product_by_gtin",
    "product_by_id",
    "products",
    "right",
    "row",
    "specification",
    "story",
]


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What other rooms ask about a product."""

    id: int
    code: str
    kind: str
    gtin: str
    name: str
    names: dict[str, str]
    variety: str
    net_content_g: int | None
    organisation_id: int | None
    uri: str
    group_name: str = ""
    net_content_pieces: int | None = None
    net_content_unit: str = "g"
    is_active: bool = True

    def name_in(self, language: str) -> str:
        """Return the name in a language, else the main name."""
        return in_language(language, self.names, self.name)


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture with its addresses, ready for an ``img`` with ``srcset``."""

    key: str
    description: str
    width: int
    height: int
    urls: dict[int, str] = field(default_factory=dict)

    @property
    def small(self) -> str:
        """Return the address of the smallest rendition."""
        return self.urls[PICTURE_WIDTHS[0]]

    @property
    def large(self) -> str:
        """Return the address of the largest rendition."""
        return self.urls[PICTURE_WIDTHS[-1]]


@dataclass(frozen=True, slots=True)
class RightFacts:
    """A product's right and what it is worth on the day asked about."""

    id: int
    kind: str
    kind_label: str
    title: str
    number: str
    authority: str
    holder: str
    registered_on: date | None
    valid_until: date | None
    status: str
    has_document: bool


def product(code: str) -> ProductFacts:
    """Return a product by its code; raises UnknownProduct. One query."""
    return _facts(_found(Product.objects.filter(code=code), code))


def products_of_codes(codes: Collection[str]) -> list[ProductFacts]:
    """Return products in the order of their codes given; raises UnknownProduct. One query."""
    rows = Product.objects.filter(code__in=codes).select_related("group", "organisation")
    found = {each.code: _facts(each) for each in rows}
    if missing := [code for code in codes if code not in found]:
        raise UnknownProduct(product=missing[0])
    return [found[code] for code in codes]


def product_by_gtin(gtin: str) -> ProductFacts:
    """Return a product by its GTIN of any length; raises UnknownProduct. One query."""
    return _facts(_found(Product.objects.filter(gtin=gtin.zfill(14)).exclude(gtin=""), gtin))


def known_gtins(gtins: Collection[str]) -> set[str]:
    """Return which of these GTINs (14 digits) name a product. One query."""
    rows = Product.objects.filter(gtin__in=gtins).exclude(gtin="")
    return set(rows.values_list("gtin", flat=True))


def owners_of_gtins(gtins: Collection[str]) -> dict[str, Organisation]:
    """Return whose products these GTINs (14 digits) name, the programme's left out. One query."""
    rows = Product.objects.filter(gtin__in=gtins, organisation__isnull=False).exclude(gtin="")
    return {
        row.gtin: row.organisation
        for row in rows.select_related("organisation")
        if row.organisation
    }


def product_by_id(product_id: int) -> ProductFacts:
    """Return a product by its row; raises UnknownProduct. One query."""
    return _facts(_found(Product.objects.filter(pk=product_id), str(product_id)))


def products(by: Actor) -> QuerySet[Product]:
    """Return what the actor may read: the own organisations' and the programme's catalogue."""
    if by.sees_everything:
        return Product.objects.select_related("organisation", "group")
    own = access.visible(by, Product.objects.all())
    reachable = Q(pk__in=own.values("pk"))
    if by.person_id is not None or by.roles:
        reachable |= Q(organisation__isnull=True)
    return Product.objects.filter(reachable).select_related("organisation", "group")


def row(code: str, by: Actor) -> Product:
    """Return one row that the actor may read; raises UnknownProduct."""
    return _found(products(by).filter(code=code), code)


def groups() -> QuerySet[ProductGroup]:
    """Return all product groups."""
    return ProductGroup.objects.select_related("parent")


def group(code: str) -> ProductGroup:
    """Return a group by its code; raises UnknownGroup. One query."""
    found = groups().filter(code=code).first()
    if found is None:
        raise UnknownGroup(group=code)
    return found


def right(product_id: int, right_id: int) -> IntellectualProperty:
    """Return one right in a product; raises UnknownRight. One query."""
    found = IntellectualProperty.objects.filter(product_id=product_id, pk=right_id).first()
    if found is None:
        raise UnknownRight(right=str(right_id))
    return found


def pictures(product_id: int) -> list[PictureFacts]:
    """Return the pictures of a product in their order. One query."""
    rows = ProductPicture.objects.filter(product_id=product_id)
    return [
        PictureFacts(
            key=str(each.key),
            description=each.description,
            width=each.width,
            height=each.height,
            urls={
                width: reverse("products:picture", args=[each.key, width])
                for width in PICTURE_WIDTHS
            },
        )
        for each in rows
    ]


def story(product_id: int, language: str) -> list[str]:
    """Return the paragraphs of the story, in the language where it is told in it. One query."""
    texts = Product.objects.values_list("story", "stories").get(pk=product_id)
    text = in_language(language, texts[1], texts[0])
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return [block.strip() for block in blocks if block.strip()]


def specification(product_id: int) -> list[Characteristic]:
    """Return the specification of a product. One query."""
    lines = Product.objects.values_list("specification", flat=True).get(pk=product_id)
    return [Characteristic(**line) for line in lines]


def intellectual_property(product_id: int, on: date) -> list[RightFacts]:
    """Return the rights in a product as they stand on a day. One query."""
    return [
        RightFacts(
            id=each.pk,
            kind=each.kind,
            kind_label=str(IntellectualProperty.Kind(each.kind).label),
            title=each.title,
            number=each.number,
            authority=each.authority,
            holder=each.holder,
            registered_on=each.registered_on,
            valid_until=each.valid_until,
            status=rules.right_status(
                registered_on=each.registered_on,
                valid_until=each.valid_until,
                withdrawn_on=each.withdrawn_on,
                on=on,
            ),
            has_document=bool(each.document),
        )
        for each in IntellectualProperty.objects.filter(product_id=product_id)
    ]


def draft_of(found: Product) -> ProductDraft:
    """Return a stored product as the draft that would make it."""
    return ProductDraft(
        code=found.code,
        kind=found.kind,
        name=found.name,
        gtin=found.gtin,
        names=found.names,
        group=found.group.code if found.group else "",
        variety=found.variety,
        net_content_g=found.net_content_g,
        net_content_pieces=found.net_content_pieces,
        net_content_unit=found.net_content_unit,
        organisation_id=found.organisation_id,
        story=found.story,
        stories=found.stories,
        specification=tuple(Characteristic(**line) for line in found.specification),
    )


def net_content(found: ProductFacts | Product) -> str:
    """Return the net content as it was typed, with its unit; nothing where there is none."""
    unit = found.net_content_unit
    amount = rules.shown_amount(found.net_content_g, found.net_content_pieces, unit)
    if amount is None:
        return ""
    words = {"g": "g", "kg": "kg", "jin": _("jin"), "piece": _("pieces")}
    return f"{number_format(amount.normalize())} {words[unit]}"


def in_language(language: str, texts: dict[str, str], otherwise: str) -> str:
    """Return the text in a language (``zh-cn`` reads ``zh-hans`` as well), else the other one."""
    wanted = "zh-hans" if language.lower().startswith("zh") else language.lower().split("-")[0]
    return texts.get(language) or texts.get(wanted) or otherwise


def _found(rows: QuerySet[Product], name: str) -> Product:
    found = rows.select_related("group", "organisation").first()
    if found is None:
        raise UnknownProduct(product=name)
    return found


def _facts(found: Product) -> ProductFacts:
    return ProductFacts(
        id=found.pk,
        code=found.code,
        kind=found.kind,
        gtin=found.gtin,
        name=found.name,
        names=found.names,
        variety=found.variety,
        net_content_g=found.net_content_g,
        organisation_id=found.organisation_id,
        uri=found.uri,
        group_name=found.group.name if found.group else "",
        net_content_pieces=found.net_content_pieces,
        net_content_unit=found.net_content_unit,
        is_active=found.is_active,
    )
