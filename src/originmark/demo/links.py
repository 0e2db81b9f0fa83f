"""Where the codes of the demonstration lead besides their passports: invented pages."""

from datetime import datetime

from originmark.mark.passport import services as passport
from originmark.origin.parties.access import SYSTEM
from originmark.origin.products import selectors as products

SHOP = "https://shop.demo.example"
RECIPES = {"vi": "Công thức (minh họa)", "zh-CN": "食谱（演示）", "en": "Recipes (demonstration)"}


def lead_on(*, now: datetime) -> None:
    """Link recipes in three languages and a shop to the millet in packs of 500 g."""
    product = products.product("east-hill-500")
    anchor = f"/01/{product.gtin}" if product.gtin else f"/own/{product.code}"
    for language, title in RECIPES.items():
        _link(anchor, "gs1:recipeInfo", f"/recipes/{language}", title, language, now=now)
    _link(anchor, "gs1:hasRetailers", "/shops", "Shops (demonstration)", now=now)


def _link(
    anchor: str, link_type: str, path: str, title: str, *languages: str, now: datetime
) -> None:
    draft = passport.LinkDraft(
        anchor, link_type, SHOP + path, title, media_type="text/html", hreflang=languages
    )
    passport.add_link(draft, by=SYSTEM, now=now)
