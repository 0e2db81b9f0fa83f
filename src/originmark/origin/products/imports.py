"""Products and their groups from spreadsheets."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from originmark.frame.web.importer import (
    ImportColumn,
    Importer,
    ImportResult,
    ImportRow,
    each_row,
)
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.products import rules, selectors, services
from originmark.origin.products.models import Product
from originmark.origin.products.rules import ProducerUnknown, ProductDraft

Amount = tuple[int | None, int | None, str]


def read_net_content(text: str) -> Amount:
    """Return ``500 g`` as grams, pieces and unit."""
    amount, unit = rules.read_net_content(text)
    return (*rules.net_content(amount, unit), unit)


def read_kind(text: str) -> str:
    """Return a kind from its code or its words, as in ``Trade item``."""
    folded = text.strip().lower().replace(" ", "_").replace("-", "_")
    if folded not in rules.KINDS:
        raise rules.KindRefused(found=text)
    return folded


def import_products(rows: list[ImportRow], *, by: Actor, now: datetime) -> ImportResult:
    """Register the products that are new and change those that differ."""

    def act(row: ImportRow) -> str:
        draft = rules.checked(_draft(row))
        known = Product.objects.filter(code=draft.code).select_related("group").first()
        if known is None:
            services.register_product(draft, by=by, now=now)
            return "created"
        if selectors.draft_of(known) == draft:
            return "unchanged"
        services.change_product(draft.code, draft, by=by)
        return "updated"

    return each_row(rows, act)


def import_groups(rows: list[ImportRow], *, by: Actor, now: datetime) -> ImportResult:  # noqa: ARG001 (the importer's signature)
    """Add and change groups; a group stands below (or above, in the file) its parent."""

    def act(row: ImportRow) -> str:
        names = {"vi": row["name_vi"], "zh-hans": row["name_zh_hans"]}
        kept = {language: name for language, name in names.items() if name}
        known = selectors.groups().filter(code=row["code"]).first()
        if known is not None:
            above = known.parent.code if known.parent else ""
            if (known.name, known.names, above) == (row["name"], kept, row["parent"]):
                return "unchanged"
        services.record_group(row["code"], row["name"], by=by, parent=row["parent"], names=kept)
        return "created" if known is None else "updated"

    return each_row(rows, act)


def _draft(row: ImportRow) -> ProductDraft:
    grams, pieces, unit = row["net_content"]
    organisation = parties.find_organisation(row["producer"]) if row["producer"] else None
    if row["producer"] and organisation is None:
        raise ProducerUnknown(producer=row["producer"])
    return ProductDraft(
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        gtin=row["gtin"],
        names={"vi": row["name_vi"], "zh-hans": row["name_zh_hans"]},
        group=row["group"],
        variety=row["variety"],
        net_content_g=grams,
        net_content_pieces=pieces,
        net_content_unit=unit,
        organisation_id=organisation.pk if organisation else None,
        story=row["story"],
        specification=row["specification"],
    )


def _text(name: str, label: Any, **more: Any) -> ImportColumn:
    return ImportColumn(name, label, **more)


PRODUCTS = Importer(
    name="products",
    title=_("Import products"),
    intro=_("One row for each product. A row whose code is known changes that product."),
    columns=[
        _text("code", _("Code"), required=True, example="millet-500g"),
        ImportColumn(
            "kind",
            _("Kind"),
            parse=read_kind,
            required=True,
            help=_("crop, material or trade_item"),
            example="trade_item",
        ),
        _text("name", _("Name"), required=True, example="Yangqu millet 500 g"),
        _text("name_vi", _("Name in Vietnamese")),
        _text("name_zh_hans", _("Name in Chinese"), example="阳曲小米 500克"),
        ImportColumn(
            "gtin",
            _("GTIN"),
            parse=rules.stored_gtin,
            help=_("Format the column as text, or leading zeros are lost."),
            example="6901234567892",
        ),
        ImportColumn(
            "net_content",
            _("Net content"),
            parse=read_net_content,
            default=(None, None, "g"),
            help=_("A number and g, kg, jin or pieces"),
            example="500 g",
        ),
        _text("producer", _("Code of the producer"), example="yangqu-mill"),
        _text("group", _("Code of the group"), example="millet"),
        _text("variety", _("Variety"), example="Jingu 21"),
        ImportColumn(
            "specification",
            _("Specification"),
            parse=rules.read_specification,
            default=(),
            help=_("characteristic | limit | unit | method, one line each"),
            example="moisture | at most 13 | % | GB 5009.3",
        ),
        _text("story", _("Story")),
    ],
    apply=import_products,
    key="code",
)

GROUPS = Importer(
    name="product-groups",
    title=_("Import product groups"),
    intro=_("One row for each group; a wider group stands above those inside it."),
    columns=[
        _text("code", _("Code"), required=True, example="millet"),
        _text("name", _("Name"), required=True, example="Millet"),
        _text("name_vi", _("Name in Vietnamese"), example="Kê"),
        _text("name_zh_hans", _("Name in Chinese"), example="小米"),
        _text("parent", _("Code of the wider group"), example="grain"),
    ],
    apply=import_groups,
    key="code",
)
