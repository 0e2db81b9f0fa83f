"""Star schemes, criteria and rules of use for tests: small ones that add up."""

from builders.schemes import NOON

from originmark.mark.schemes import services
from originmark.mark.schemes.models import CriteriaSet, Rulebook
from originmark.origin.parties import access

STAR_SCHEME = """\
[rulebook]
kind = "star-scheme"
code = "stars"
version = 1
title = "Stars for tests"
legal_basis = ["Made up for tests"]
valid_from = 2020-01-01
valid_until = 2023-12-31

[scheme]
recognised_from_stars = 3
validity_months = 36

[[part]]
code = "A"
name = "Product"
name_vi = "Sản phẩm"
max_points = 60

[[part]]
code = "B"
name = "Marketing"
max_points = 40

[[star]]
stars = 1
from_points = 0
[[star]]
stars = 2
from_points = 30
[[star]]
stars = 3
from_points = 50
[[star]]
stars = 4
from_points = 70
[[star]]
stars = 5
from_points = 90

[[group]]
code = "I"
name = "Food"
[[group]]
code = "VI"
name = "Tourism"
has_barcode = false

[[subgroup]]
code = "I.4"
group = "I"
name = "Tea"
managing_ministry = "Agriculture"

[[level]]
code = "district"
name = "District"
recognises = [3]
passes_on_from = 70
[[level]]
code = "province"
name = "Province"
recognises = [4]
passes_on_from = 90
[[level]]
code = "centre"
name = "Centre"
recognises = [5]

[[proof]]
code = "idea"
name = "Registration of the idea"
mandatory = true
[[proof]]
code = "sample"
name = "Samples"
mandatory = true
except_groups = ["VI"]

[[deadline]]
key = "expiry-notice"
amount = 30
unit = "days"
source = "Made up for tests"

[council]
members_at_least = 7
quorum_share = 0.75

[[revocation_reason]]
code = "NO_RECORDS"
name = "No records"

[[to_fill_in]]
key = "council"
what = "Who sits on the council"

[[source]]
text = "Made up for tests"
confidence = "unverified"
"""

CRITERIA = """\
[product_set]
scheme = "stars"
version = 1
code = "tea"
name = "Tea"
name_vi = "Chè"
subgroups = ["I.4"]
source = "Made up for tests"
include = ["common/story.toml"]

[[section]]
code = "1"
part = "A"
name = "Production"
max_points = 60

[[criterion]]
section = "1"
code = "1.1"
name = "Raw material"
name_vi = "Nguyên liệu"
max_points = 60
knock_out = "All of it imported, or of unknown origin"
evidence = ["Contracts", "Invoices"]
evidence_vi = ["Hợp đồng", "Hóa đơn"]

[[option]]
criterion = "1.1"
points = 20
text = "Less than half from the province"
[[option]]
criterion = "1.1"
points = 60
text = "All from the province"
text_vi = "Tất cả từ trong tỉnh"
"""

STORY = """\
[[section]]
code = "2"
part = "B"
name = "Story"
max_points = 40

[[criterion]]
section = "2"
code = "2.1"
name = "There is a story"
max_points = 10
[[criterion]]
section = "2"
code = "2.2"
name = "It is the place's own"
max_points = 30
only_if = ["2.1", 10]

[[option]]
criterion = "2.1"
points = 0
text = "No story"
[[option]]
criterion = "2.1"
points = 10
text = "A story"
[[option]]
criterion = "2.2"
points = 0
text = "It could be told of any place"
[[option]]
criterion = "2.2"
points = 30
text = "It is told of this place only"
"""

USE_RULES = """\
[rulebook]
kind = "use-rules"
code = "{code}"
version = {version}
title = "Rules of use for tests"
brand = "{brand}"
legal_basis = ["Made up for tests"]
valid_from = 2026-01-01

[use]
term_months = 24
report_every_months = 6
report_due_days = 15
child_brand = "forbidden"
label_placement = "Below the name"

[[condition]]
key = "product-of-brand"
text = "The product is one of the brand's"
source = "Made up for tests"
confidence = "unverified"

[[condition]]
key = "certificate-in-force"
certificate_type = "organic"
text = "An organic certificate is in force"
source = "Made up for tests"
confidence = "unverified"

[[clause]]
chapter = "exit"
text = "Whoever leaves stops using the mark at once"
text_vi = "Rút lui thì ngừng dùng nhãn ngay"
source = "Made up for tests"
confidence = "unverified"

[quota]
by = "output"
basis = "area-times-cap"
tolerance_share = 0.05

[[to_fill_in]]
key = "fee"
what = "What the use costs"
"""


def including(path: str) -> str | None:
    """Give the files that the criteria of the tests include."""
    return {"common/story.toml": STORY}.get(path)


def a_star_scheme(text: str = STAR_SCHEME) -> Rulebook:
    """A loaded star scheme of two parts and three levels."""
    return services.load_rulebook(text, by=access.SYSTEM, now=NOON)


def a_criteria_set(text: str = CRITERIA) -> CriteriaSet:
    """Loaded criteria for tea, of three criteria."""
    return services.load_criteria(text, by=access.SYSTEM, now=NOON, including=including)


def a_use_rules_text(brand: str, *, code: str = "use", version: int = 1) -> str:
    """Rules of use with two conditions and a quota."""
    return USE_RULES.format(brand=brand, code=code, version=version)
