"""What the demonstration region makes, and the mark it carries."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from originmark.demo import land, people
from originmark.demo.people import Doors
from originmark.mark.schemes import services as schemes
from originmark.origin.certificates import services as certificates
from originmark.origin.parties import access
from originmark.origin.products import services as products

BRAND = "yangqu-millet"
GRAIN, MILLET, BRAN = "millet-grain", "hulled-millet", "millet-bran"
EAST_500, WEST_1000, MILL_2500 = "east-hill-500", "west-hill-1000", "county-2500"
WEST_500, APRICOTS = "west-hill-500", "apricots"

STORY = (
    "Made up for the demonstration: on the terraces of the two hills the millet is sown after the "
    "last frost, weeded by hand and cut when the heads bow.\n\n"
    "Each bag can be followed back to the fields it came from."
)
STORY_VI = (
    "Câu chuyện hư cấu để minh họa: trên ruộng bậc thang của hai ngọn đồi, kê được gieo sau đợt "
    "sương giá cuối, làm cỏ bằng tay và gặt khi bông kê trĩu xuống.\n\n"
    "Mỗi gói có thể lần ngược về thửa ruộng nơi hạt kê lớn lên."
)
STORY_ZH = (
    "演示用的虚构故事：两座山的梯田上，谷子在晚霜之后播种，人工除草，谷穗低头时收割。\n\n"
    "每一袋小米都能追溯到它生长的地块。"
)

RULEBOOK = """\
[rulebook]
code = "yangqu-millet"
version = 1
title = "Yangqu millet, demonstration rulebook"
brand = "yangqu-millet"
legal_basis = ["Made up for the demonstration; a programme office enters its own decision here"]
valid_from = {season}-01-01

[[yield_cap]]
product = "millet-grain"
season = {season}
cap = 300
unit = "kg/mu"
source = "Upper end of 250–300 kg/mu that traders claim; weakly sourced, demonstration only"
confidence = "unverified"

[[conversion]]
process = "milling"
input = "millet-grain"
output = "hulled-millet"
ratio_low = 0.70
ratio_high = 0.80
source = "Common milling yield without a written source; demonstration only"
confidence = "unverified"
"""


def list_products(ids: dict[str, int], *, now: datetime) -> None:
    """Register the crop, what is made of it, and four packs."""
    shared = Doors(by=access.SYSTEM, now=now)
    draft = products.ProductDraft
    for code, kind, name, chinese in (
        (GRAIN, "crop", "Foxtail millet grain", "谷子"),
        (MILLET, "material", "Hulled millet", "小米"),
        (BRAN, "material", "Millet bran", "米糠"),
        (APRICOTS, "crop", "Apricots", "杏"),
    ):
        names = {"zh-hans": chinese}
        products.register_product(draft(code=code, kind=kind, name=name, names=names), **shared)
    for code, owner, name, chinese, vietnamese, gtin, grams in (
        (
            EAST_500,
            people.EAST,
            "East Hill millet 500 g",
            "东山小米 500克",
            "Kê Đông Sơn 500 g",
            "9521234000013",
            500,
        ),
        (
            WEST_1000,
            people.WEST,
            "West Hill millet 1 kg",
            "西山小米 1千克",
            "Kê Tây Sơn 1 kg",
            "",
            1000,
        ),
        (
            WEST_500,
            people.WEST,
            "West Hill millet 500 g",
            "西山小米 500克",
            "Kê Tây Sơn 500 g",
            "",
            500,
        ),
        (
            MILL_2500,
            people.MILL,
            "County millet 2.5 kg",
            "阳曲小米 2.5千克",
            "Kê Dương Khúc 2,5 kg",
            "9521234000020",
            2500,
        ),
    ):
        products.register_product(
            draft(
                code=code,
                kind="trade_item",
                name=name,
                gtin=gtin,
                net_content_g=grams,
                net_content_unit="kg" if grams >= 1000 else "g",
                names={"zh-hans": chinese, "vi": vietnamese},
                variety="Foxtail millet (demo)",
                organisation_id=ids[owner],
                story=STORY,
                stories={"vi": STORY_VI, "zh-hans": STORY_ZH},
            ),
            **shared,
        )


def found_brand(ids: dict[str, int], *, season: int, now: datetime) -> None:
    """Record the brand, its two rights of two authorities, and its rulebook."""
    shared = Doors(by=access.SYSTEM, now=now)
    schemes.record_brand(
        schemes.BrandDraft(
            code=BRAND,
            name="Yangqu Millet",
            names={"zh-hans": "阳曲小米", "vi": "Kê Dương Khúc"},
            kind="county",
            owner_id=ids[people.OFFICE],
            boundary_code=land.BOUNDARY,
            products=(GRAIN, MILLET, EAST_500, WEST_1000, WEST_500, MILL_2500),
            story="The county's mark for millet grown inside its geographical indication.",
        ),
        **shared,
    )
    right = schemes.RightDraft
    schemes.record_right(
        right(
            kind="gi_agricultural",
            authority="Ministry of Agriculture and Rural Affairs, China",
            register="Agricultural GI (demonstration entry)",
            number="DEMO-2011",
            name="Yangqu Millet",
            country="CN",
            status="registered",
            registered_on=date(2011, 12, 20),
        ),
        brand_code=BRAND,
        source="Dates as published; numbers made up",
        **shared,
    )
    schemes.record_right(
        right(
            kind="certification_mark",
            authority="China National Intellectual Property Administration",
            register="Certification mark (demonstration entry)",
            number="DEMO-2023",
            name="Yangqu Millet",
            country="CN",
            status="registered",
            registered_on=date(2023, 3, 27),
        ),
        brand_code=BRAND,
        source="Dates as published; numbers made up",
        **shared,
    )
    schemes.load_rulebook(RULEBOOK.format(season=season), **shared)


def certify(ids: dict[str, int], *, now: datetime) -> None:
    """Record a paper that is good, one that soon ends and one that has ended."""
    today = now.date()
    east = ["E-01", "E-02", "E-03", "E-04", "E-05", "E-06"]
    for number, kind, holder, areas, ends in (
        ("DEMO-GAP-1", "food-safety", people.EAST, (), today + timedelta(days=600)),
        ("DEMO-GAP-2", "food-safety", people.WEST, (), today + timedelta(days=300)),
        ("DEMO-ORG-7", "organic", people.EAST, tuple(east[:3]), today + timedelta(days=25)),
        ("DEMO-ORG-3", "organic", people.WEST, ("W-01",), today - timedelta(days=40)),
    ):
        certificates.record_certificate(
            certificates.CertificateDraft(
                number=number,
                type=kind,
                issuer="County Laboratory (demo)",
                holder_id=ids[holder],
                scope_kind="area" if areas else "organisation",
                growing_areas=areas,
                area_ha=Decimal("9.07") if areas else None,
                is_public=True,
                valid_from=today - timedelta(days=400),
                valid_until=ends,
                note="Made up for the demonstration",
            ),
            by=access.SYSTEM,
            now=now,
        )
