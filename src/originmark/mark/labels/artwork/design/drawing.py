"""What a template shows: fields of the rules of the day, and the places of marks and code."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import PurePath
from typing import Any, Final

import segno
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from originmark.mark.evaluation import selectors as evaluation
from originmark.mark.labels.artwork import picture_limits, proposals, rules, rulesets
from originmark.mark.labels.artwork.content import FIELD_NAMES, ON_LABEL, LabelContent
from originmark.mark.labels.artwork.design.panels import PANELS, Panel
from originmark.mark.labels.artwork.forms import UNITS
from originmark.mark.labels.artwork.rulesets import Ruleset
from originmark.mark.licensing import selectors as licensing
from originmark.mark.schemes import selectors as schemes
from originmark.origin.products.selectors import ProductFacts

LATER: Final = ("production_date", "expiry_date", "lot_id")  # printed with each lot
APART: Final = ("name", "net_content", "star_count")  # they have places of their own
WITHOUT_RULES: Final = ("organisation", "address")
MASKS: Final = {"": "DD/MM/YYYY", "dmy": "DD/MM/YYYY", "ymd": "YYYY-MM-DD"}
PRACTICE_MM: Final = {"all": 1.8, "dates": 1.8, "net_content": 3.0}  # where no rule set says
PICTURES: Final = {".svg", ".png", ".jpg", ".jpeg"}
LOT_LETTERS, SERIAL_LETTERS = 20, 20


@dataclass(frozen=True, slots=True)
class DesignAsked:
    """A template that somebody wants."""

    product_code: str
    market: str
    category: str
    print_on: date
    panel: str
    language: str
    brand_code: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A word of a field, and what stands behind it; a blank is written later."""

    field: str
    word: str
    text: str
    is_blank: bool
    is_later: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, in the language of the label; lengths in mm."""

    title: str
    lang: str
    panel: dict[str, Any]
    name: str
    net: str
    lines: tuple[Line, ...]
    letters: dict[str, Any]  # heights, and where no rule asks for them
    code: dict[str, Any]
    brand: dict[str, str] | None
    star: dict[str, str] | None
    words: dict[str, str]
    legend: tuple[str, ...]
    rulesets: tuple[str, ...]
    is_licensed: bool  # or no logo is asked for

    @property
    def blanks(self) -> list[str]:
        """Return the words of what has to be written yet, lot by lot or once."""
        return [each.word for each in self.lines if each.is_blank and not each.is_later]

    def as_json(self) -> dict[str, Any]:
        """Return it as the typesetter reads it and the database keeps it."""
        return asdict(self)


def drawing(asked: DesignAsked, product: ProductFacts, content: LabelContent) -> Drawing:
    """Return what the template of a product's label shows. Some six queries."""
    sets = [
        each
        for each in rulesets.applying(
            rulesets.known(settings.LABEL_RULES), asked.market, asked.category, asked.print_on
        )
        if each.kind == "label"
    ]
    panel = PANELS[asked.panel]
    with translation.override(asked.language):
        brand, is_licensed = _brand(asked, product)
        star = _star(asked)
        letters = _letters(sets, panel, content)
        code = _code(product)
        return Drawing(
            title=f"{product.name} · {panel.title}",
            lang=asked.language.split("-")[0],
            panel={"width": panel.width_mm, "height": panel.height_mm},
            name=content.name or product.name_in(asked.language),
            net=_net(content),
            lines=tuple(_lines(asked, content, sets)),
            letters=letters,
            code=code,
            brand=brand,
            star=star,
            words={
                "overflow": _(
                    "The text does not fit in letters of the least height. Take a larger panel."
                ),
                "panel": f"{panel.width_mm} × {panel.height_mm} mm",
                "colon": "：" if asked.language == "zh-hans" else ":",
            },
            legend=tuple(_legend(asked, sets, letters, code)),
            rulesets=tuple(each.edition for each in sets),
            is_licensed=is_licensed,
        )


def _lines(asked: DesignAsked, content: LabelContent, sets: list[Ruleset]) -> list[Line]:
    wanted = {each.name for one in sets for each in rules.asked(content, asked.category, one)}
    wanted |= set() if sets else set(WITHOUT_RULES)
    order = next((each.date_order for each in sets if each.date_order), "")
    found = []
    for field in ON_LABEL:
        if field not in wanted or field in APART:
            continue
        is_later = field in LATER
        text = MASKS[order] if field in LATER[:2] else "" if is_later else _text(field, content)
        word = _("Shelf life") if field == "shelf_life_months" else _(FIELD_NAMES[field])
        found.append(Line(field, word, text, not text, is_later))
    return found


def _text(field: str, content: LabelContent) -> str:
    if field == "shelf_life_months" and content.shelf_life_months:
        months = content.shelf_life_months
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return content.shown(field)


def _net(content: LabelContent) -> str:
    if content.net_content is None:
        return ""
    return f"{content.net_content.normalize():f} {dict(UNITS)[content.net_unit]}"


def _letters(sets: list[Ruleset], panel: Panel, content: LabelContent) -> dict[str, Any]:
    """Return the least heights of letters in mm; ``practice`` names those that no rule asks."""
    grams = rules.grams(content)
    sizes = {"all": panel.area_cm2, "dates": panel.area_cm2, "net_content": float(grams or 0)}
    found: dict[str, Any] = {"practice": [], "basis": []}
    for of, size in sizes.items():
        asked = [each for one in sets for each in one.letters if each.of == of and size > each.over]
        found[of] = max((each.height_mm for each in asked), default=PRACTICE_MM[of])
        found["basis"] += sorted({each.legal_basis for each in asked})
        found["practice"] += [] if asked else [of]
    found["dates"] = max(found["dates"], found["all"])
    return found


def _code(product: ProductFacts) -> dict[str, Any]:
    """Return how much room the code needs: its modules follow from the address it will hold."""
    limits = picture_limits.limits(settings.LABEL_RULES)
    key = f"01/{product.gtin}" if product.gtin else f"own/{product.code}"
    address = f"{settings.PUBLIC_URL}/{key}/10/{'L' * LOT_LETTERS}/21/{'S' * SERIAL_LETTERS}"
    symbol = segno.make_qr(address, error="m", boost_error=False, mode="byte")
    modules = symbol.symbol_size(border=0)[0]
    module_mm = max(limits.module_mm.value, limits.code_mm.value / modules)
    side, quiet = round(module_mm * modules, 1), round(module_mm * limits.quiet_modules.value, 1)
    return {
        "side": side,
        "quiet": quiet,
        "module": round(module_mm, 3),
        "least_module": limits.module_mm.value,
        "margin": limits.quiet_modules.value,
        "words": _("Place of the code, %(side)s mm †") % {"side": f"{side:g}"},
    }


def _brand(asked: DesignAsked, product: ProductFacts) -> tuple[dict[str, str] | None, bool]:
    """Return the place of the logo; none where no licence lets the product carry it that day."""
    if not asked.brand_code:
        return None, True
    brand = schemes.brand(asked.brand_code)
    owner = product.organisation_id
    if owner is None or not licensing.licence_state(
        owner, brand.code, product.code, asked.print_on
    ).is_valid:  # fmt: skip
        return None, False
    stored = schemes.logo_name(brand.code)
    suffix = PurePath(stored).suffix.lower()
    name = brand.names.get(asked.language, brand.name)
    return {
        "name": name,
        "stored": stored if suffix in PICTURES else "",
        "file": f"logo{suffix}" if suffix in PICTURES else "",
        "words": _("Place of the logo of %(brand)s; its owner has the file") % {"brand": name},
    }, True


def _star(asked: DesignAsked) -> dict[str, str] | None:
    """Return the place of the star logo, only where a star is valid on the day of printing."""
    star = evaluation.star_on(asked.product_code, asked.print_on)
    if star is None:
        return None
    words = _("Place of the logo of %(stars)s stars; the programme has the file")
    return {
        "words": words % {"stars": star.stars},
        "number": star.number,
        "until": star.valid_until.isoformat(),
    }


def _legend(
    asked: DesignAsked, sets: list[Ruleset], letters: dict[str, Any], code: dict[str, Any]
) -> list[str]:
    day = asked.print_on.isoformat()
    basis = ", ".join(f"{each.legal_basis} ({each.edition})" for each in sets)
    heights = {of: f"{letters[of]:g}" for of in ("all", "dates", "net_content")}
    marked = {of: f"{mm} mm{' †' if of in letters['practice'] else ''}"
              for of, mm in heights.items()}  # fmt: skip
    least = _("Letters at least: %(all)s, dates %(dates)s, net content %(net_content)s") % marked
    from_ = "; ".join(dict.fromkeys(letters["basis"]))
    return [
        _("Template, no proof. Have the finished label checked before it is printed."),
        _("Rules for printing on %(day)s: %(basis)s") % {
            "day": day, "basis": basis or _("none for this market and kind of goods"),
        },
        f"{least} ({from_})" if from_ else least,
        _("Code: empty margin of %(margin)s squares (ISO/IEC 18004), here %(quiet)s mm on each "
          "side; a square of %(module)s mm, at least %(least)s mm †") % {
            "margin": f"{code['margin']:g}", "quiet": code["quiet"], "module": code["module"],
            "least": f"{code['least_module']:g}",
        },
        _("† Good practice, no law"),
    ]  # fmt: skip


def content_of(asked: DesignAsked, product: ProductFacts) -> LabelContent:
    """Return what the label says: its latest artwork, else what the records know."""
    return proposals.latest(product, asked.market) or proposals.content(product, asked.language)
