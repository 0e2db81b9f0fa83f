"""Applications for a brand with rules of use, for tests."""

from typing import Any

from builders.licensing import NOON
from builders.parties import an_organisation
from builders.schemes import a_brand, a_right, known_products

from originmark.mark.licensing import services
from originmark.mark.licensing.models import Application
from originmark.mark.schemes import services as schemes
from originmark.mark.schemes.models import Brand
from originmark.origin.parties import access
from originmark.origin.parties.models import Organisation

RULES = """\
[rulebook]
kind = "use-rules"
code = "{brand}-use"
version = 1
title = "Rules of use for tests"
brand = "{brand}"
legal_basis = ["Made up for tests"]
valid_from = 2026-01-01

[use]
term_months = 24
report_every_months = 6
report_due_days = 15
child_brand = "{child_brand}"
"""
CONDITION = """
[[condition]]
key = "{key}"
text = "{key} holds"
source = "Made up for tests"
confidence = "unverified"
"""


def use_rules_for(
    brand: Brand,
    *,
    conditions: tuple[str, ...] = ("right-in-force", "no-open-nonconformity"),
    child_brand: str = "needs-consent",
) -> None:
    """Load rules of use for a brand: a right in force and nothing found, for 24 months."""
    text = RULES.format(brand=brand.code, child_brand=child_brand)
    text += "".join(CONDITION.format(key=key) for key in conditions)
    schemes.load_rulebook(text, by=access.SYSTEM, now=NOON)


def a_ruled_brand(code: str = "yangqu", **more: Any) -> Brand:
    """A protected brand of millet with rules of use."""
    brand = a_brand(code)
    a_right(brand)
    use_rules_for(brand, **more)
    return brand


def a_draft(brand_code: str, organisation: Organisation, **more: Any) -> services.ApplicationDraft:
    """What somebody asks for: millet of 2026, from no land."""
    facts = {"products": ("millet",), "areas": (), "season": 2026, **more}
    known_products(facts["products"])
    return services.ApplicationDraft(
        brand_code=brand_code, organisation_id=organisation.pk, **facts
    )


def an_application(
    brand: Brand | None = None, organisation: Organisation | None = None, **more: Any
) -> Application:
    """A filed application."""
    brand = brand or a_ruled_brand()
    draft = a_draft(brand.code, organisation or an_organisation(), **more)
    return services.apply_for_mark(draft, by=access.SYSTEM, now=NOON)
