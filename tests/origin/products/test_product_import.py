from datetime import datetime

import pytest
from builders.parties import a_client_for, an_actor, an_officer, an_organisation
from builders.products import a_group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from originmark.frame.web.importer import Importer, check, read_table, run
from originmark.origin.parties.access import SYSTEM, Actor
from originmark.origin.products import imports, selectors
from originmark.origin.products.models import Product

pytestmark = pytest.mark.django_db

HEAD = "code,kind,name,gtin,net_content,producer,group\n"


def taken(importer: Importer, text: str, noon: datetime, by: Actor = SYSTEM) -> object:
    checked = check(importer, read_table(SimpleUploadedFile("file.csv", text.encode())))
    return checked.errors or run(importer, checked, by=by, now=noon)


def test_products_are_imported_once(noon: datetime) -> None:
    an_organisation("mill")
    a_group("millet")
    text = HEAD + (
        "millet,crop,Millet,,,,millet\n"
        "box,Trade item,Millet 500 g,6901234567892,500 g,mill,millet\n"
        "eggs,trade_item,Eggs,,12 pieces,mill,\n"
    )
    result = taken(imports.PRODUCTS, text, noon)
    assert (result.created, result.updated, result.errors) == (3, 0, ())
    assert selectors.product("box").net_content_g == 500
    assert selectors.product("eggs").net_content_pieces == 12
    again = taken(imports.PRODUCTS, text, noon)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    changed = taken(imports.PRODUCTS, text.replace("500 g,mill", "1 kg,mill"), noon)
    assert (changed.updated, changed.unchanged) == (1, 2)


def test_each_bad_row_is_told_and_nothing_is_written(noon: datetime) -> None:
    text = HEAD + (
        "good,crop,Millet,,,,\n"
        "bad1,crop,Millet,6901234567893,,,\n"
        "bad2,animal,Cow,,,,\n"
        "bad3,crop,Millet,,a handful,,\n"
    )
    errors = taken(imports.PRODUCTS, text, noon)
    assert [(each.row, each.column) for each in errors] == [
        (3, "gtin"),
        (4, "kind"),
        (5, "net_content"),
    ]
    assert "its check digit should be 2" in errors[0].reason
    text = HEAD + "good,crop,Millet,,,,\nbad,trade_item,Box,,,nobody,\nx,crop,X,,,,nothing\n"
    result = taken(imports.PRODUCTS, text, noon)
    assert [(each.row, each.column) for each in result.errors] == [(3, "producer"), (4, "group")]
    assert not Product.objects.exists()


def test_a_recorder_imports_for_the_own_organisation_alone(noon: datetime) -> None:
    mill = an_organisation("mill")
    an_organisation("other")
    by = an_actor(mill)
    assert taken(imports.PRODUCTS, HEAD + "a,trade_item,A,,,mill,\n", noon, by).created == 1
    result = taken(imports.PRODUCTS, HEAD + "b,trade_item,B,,,other,\n", noon, by)
    assert "may not do this" in result.errors[0].reason


def test_groups_are_imported(noon: datetime) -> None:
    text = "code,name,name_vi,parent\nfood,Food,,\ngrain,Grain,Ngũ cốc,food\n"
    assert taken(imports.GROUPS, text, noon).created == 2
    assert taken(imports.GROUPS, text, noon).unchanged == 2
    assert taken(imports.GROUPS, text.replace("Grain", "Grains"), noon).updated == 1


def test_the_pages_of_the_importers_open() -> None:
    officer = a_client_for(an_officer())
    for name in ("products", "product-groups"):
        assert officer.get(reverse(f"products:{name}-import")).status_code == 200
        assert officer.get(reverse(f"products:{name}-import-xlsx")).status_code == 200
    viewer = a_client_for(an_actor(an_organisation(), "viewer"))
    assert viewer.get(reverse("products:products-import")).status_code == 403
