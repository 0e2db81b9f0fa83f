"""Commands on brands, rights and rulebooks."""

from originmark.mark.schemes.drafts import BrandDraft, RightDraft
from originmark.mark.schemes.services.brands import change_brand, record_brand
from originmark.mark.schemes.services.criteria import check_criteria, load_criteria
from originmark.mark.schemes.services.family import end_consent, give_consent
from originmark.mark.schemes.services.registers import check_register, take_register
from originmark.mark.schemes.services.rights import (
    ImportCounts,
    attach_right,
    change_right,
    import_rights,
    record_right,
)
from originmark.mark.schemes.services.rulebooks import check_rulebook, load_rulebook
from originmark.mark.schemes.services.shipped import ShippedReport, beginning, load_shipped

__all__ = [
    "BrandDraft",
    "ImportCounts",
    "RightDraft",
    "ShippedReport",
    "attach_right",
    "beginning",
    "change_brand",
    "change_right",
    "check_criteria",
    "check_register",
    "check_rulebook",
    "end_consent",
    "give_consent",
    "import_rights",
    "load_criteria",
    "load_rulebook",
    "load_shipped",
    "record_brand",
    "record_right",
    "take_register",
]
