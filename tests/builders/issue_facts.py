"""What law 3 sees of labels that meet every condition, for tests of the decision."""

from datetime import date

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.labels import rules

FIELD = rules.AreaFact("YQ-A1", "North slope", is_inside=True, share_inside=1.0)
GOOD = rules.IssueFacts(
    on=date(2026, 11, 20), count=100, lot=rules.LotFact(
        "PK-1", pack_count=1000, status=rules.ACTIVE, is_origin_complete=True,
        best_before=date(2027, 11, 1),
    ),
    organisation="Hongxin Cooperative", is_organisation_active=True, product="Millet 500 g",
    brand="Yangqu Millet", is_brand_active=True, boundary="Yangqu GI area",
    is_product_of_brand=True, licence_refusal=None, rights=("GI AGI00762",), areas=(FIELD,),
    in_force=0,
)  # fmt: skip


class NoLicence(RuleViolation):
    code = "no-licence"


NO_LICENCE = NoLicence()
