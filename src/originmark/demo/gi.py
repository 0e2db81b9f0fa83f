"""Names that are to be protected, and a plan for the county's brand. All of it is made up."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from originmark.demo import catalogue, people
from originmark.mark.schemes import selectors as schemes_selectors
from originmark.mark.schemes import services as schemes
from originmark.mark.schemes.services import gi, gi_moves, gi_oppositions, gi_proofs, plans
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties

OFFICER = replace(access.SYSTEM, name="Wang Fang")
EAST = replace(access.SYSTEM, name="Zhang Min")
WEST = replace(access.SYSTEM, name="Chen Jie")
MADE_UP: Final = "Made up for the demonstration"
SHIPPED: Final = "cn-gi-procedure"
TERM: Final = f"""
amount = {{days}}
unit = "days"
term_source = "{MADE_UP}; an office enters the article of its law here"
"""
GROUNDS: Final = "".join(
    f'[[ground]]\ncode = "{code}"\nname = "{name}"\n'
    f'name_zh = "{chinese}"\nname_vi = "{vietnamese}"\n'
    f'source = "{MADE_UP}"\nconfidence = "unverified"\n\n'
    for code, name, chinese, vietnamese in (
        ("generic", "The name is a common word for the product", "名称为通用名称",
         "Tên gọi chung của sản phẩm"),
        ("earlier-right", "Somebody has an earlier right to the name", "存在在先权利",
         "Có quyền đối với tên từ trước"),
        ("area", "The area is drawn too wide or too narrow", "保护区域划定不当",
         "Khu vực khoanh quá rộng hoặc quá hẹp"),
    )
)  # fmt: skip
PARTS: Final = {
    "description": "Demonstration text. Colour, taste and size by which the product is known, in "
    "figures that a laboratory can check.",
    "area": "Demonstration text. The terraces of the two hills, as drawn under Places.",
    "proof_of_origin": "Demonstration text. Each lot is followed from the field to the pack.",
    "method": "Demonstration text. Sown by hand after the last frost, dried in the sun.",
    "link": "Demonstration text. Loess, dry autumns and a way of drying that families hand on.",
    "labelling": "Demonstration text. The name with the special sign and the user's credit code.",
    "control_body": "County Laboratory (demo)",
}
SHOWN: Final = {
    "authenticity": ("source", "The name stands in the county's books of trade",
                     {"source": "Made-up county chronicle of 1882, page 4"}),
    "regionality": ("file", "The area on the map of soils, drawn by the county", {}),
    "specificity": ("figure", "More protein than the same crop from the plain",
                    {"value": "11.9 g/100 g against 9.7 g/100 g", "method": "Kjeldahl",
                     "laboratory": "County Laboratory (demo)"}),
    "link": ("source", "Dry autumns and loess make small, hard grains",
             {"source": "Made-up soil survey of the two hills, chapter 3"}),
}  # fmt: skip


def protect_names(*, now: datetime) -> None:
    """Apply for three names: one is drafted, one is opposed, one is granted."""
    _load_law(now)
    _opposed(now)
    _granted(now)
    _drafted(now)
    _cultivate(now)


def _load_law(now: datetime) -> None:
    """Take what comes with the program, and give it the terms that no text gave."""
    schemes.load_shipped(by=access.SYSTEM, now=now)
    text = schemes.beginning(schemes_selectors.rulebook(SHIPPED))
    for before, after in (
        ("valid_from = 2024-02-01", "valid_from = 2024-03-01"),
        ('from application to admission"', 'from application to admission (demonstration)"'),
        ('role = "examination"', 'role = "examination"' + TERM.format(days=45)),
        ('role = "opposition"', 'role = "opposition"' + TERM.format(days=60)),
        ("[[to_fill_in]]", GROUNDS + "[[to_fill_in]]"),
    ):
        text = text.replace(before, after, 1)
    schemes.load_rulebook(text, by=access.SYSTEM, now=now)


def _drafted(now: datetime) -> str:
    draft = gi.GiDraft(
        name="West Hill oats (demo)", product="Oats", kind="gi", country="CN",
        description=PARTS["description"],
    )  # fmt: skip
    west = parties.organisation(people.WEST).pk
    return gi.begin_gi(draft, organisation_id=west, by=WEST, now=now - timedelta(days=3)).number


def _published(name: str, product: str, *, now: datetime) -> str:
    """Take a name through its examination, which began 90 days before it is published."""
    draft = gi.GiDraft(name=name, product=product, kind="gi", country="CN", **PARTS)
    east, begun = parties.organisation(people.EAST).pk, now - timedelta(days=90)
    number = gi.begin_gi(draft, organisation_id=east, by=EAST, now=begun).number
    gi.add_link(
        number,
        gi.GiLinkDraft(
            "Small, hard grains (demo)", "natural", "Loess soil and dry autumns", "test",
            "Demonstration report 7",
        ),
        by=EAST,
    )  # fmt: skip
    for code, (kind, says, more) in SHOWN.items():
        evidence = gi_proofs.EvidenceDraft(code, kind, f"{says} (demo)", **more)
        file = _picture(says) if kind == "file" else None
        gi_proofs.add_evidence(number, evidence, file, by=EAST, now=begun + timedelta(days=2))
    gi_moves.submit_gi(number, by=EAST, now=begun + timedelta(days=5))
    gi_moves.advance_gi(number, by=OFFICER, now=begun + timedelta(days=20))
    gi_moves.advance_gi(number, by=OFFICER, now=begun + timedelta(days=50))
    for code in SHOWN:
        gi_proofs.judge_property(
            number, code, verdict="shown", reason=f"{MADE_UP}: the evidence bears it out.",
            by=OFFICER, now=begun + timedelta(days=70),
        )  # fmt: skip
    gi_moves.publish_gi(number, by=OFFICER, now=now)
    return number


def _opposed(now: datetime) -> None:
    """One opposition is heard and dismissed, one waits for its outcome."""
    published = now - timedelta(days=30)
    number = _published("Yangqu hill jujube (demo)", "Jujubes", now=published)
    first, second = (
        gi_oppositions.oppose_gi(
            number,
            gi_oppositions.OppositionDraft(who, contact, grounds, evidence, ground),
            now=published + timedelta(days=days),
        )
        for who, contact, grounds, evidence, ground, days in (
            ("Plain Fruit Traders (demo)", "traders@demo.example",
             "Jujubes of the plain have been sold under this word.", "Price lists", "generic", 5),
            ("Upper Valley growers (demo)", "valley@demo.example",
             "The upper valley grows the same fruit and lies outside the line.", "", "area", 12),
        )
    )  # fmt: skip
    day = published + timedelta(days=15)
    answer = "The word was always used with the name of the hills."
    gi_oppositions.answer_opposition(first.pk, answer=answer, by=EAST, now=day)
    heard = gi_oppositions.HearingDraft(
        timezone.localdate(day + timedelta(days=3)), "Both sides and the office",
        "The traders agree that their lists name the county, not the hills.", "County hall (demo)",
    )  # fmt: skip
    gi_oppositions.record_hearing(first.pk, heard, by=OFFICER, now=day + timedelta(days=3))
    gi_oppositions.decide_opposition(
        first.pk, outcome="dismissed", note="The lists do not show the name in use elsewhere.",
        by=OFFICER, now=day + timedelta(days=8),
    )  # fmt: skip
    answer = "The line follows the soil; the upper valley has another."
    gi_oppositions.answer_opposition(second.pk, answer=answer, by=EAST, now=day + timedelta(days=9))


def _granted(now: datetime) -> None:
    published = now - timedelta(days=70)
    number = _published("Yangqu millet vinegar (demo)", "Vinegar", now=published)
    gi_moves.grant_gi(
        number,
        note=f"{MADE_UP}: all four properties are shown, and nobody opposed.",
        by=OFFICER,
        now=now - timedelta(days=4),
    )


def _cultivate(now: datetime) -> None:
    """Plan three years for the county's brand, and let one of its rights near its end."""
    today = timezone.localdate(now)
    year = today.year - 1
    plan = plans.record_plan(
        plans.PlanDraft(
            catalogue.BRAND, "Yangqu Millet: from name to quality (demo)", date(year, 1, 1),
            date(year + 2, 12, 31), "CNY", f"{MADE_UP}: sums and days are no facts.",
        ),
        by=OFFICER, now=now,
    )  # fmt: skip
    for stage, title, owner, days, budget, state, evidence in (
        (
            "Standards",
            "Product standard of the brand",
            people.OFFICE,
            -200,
            80_000,
            "done",
            "Demonstration standard, second edition",
        ),
        ("Standards", "Soil tests on all terraces", people.EAST, -20, 120_000, "running", ""),
        ("Market", "Stand at the autumn fair", people.MILL, 60, 45_000, "planned", ""),
        ("Market", "Packs with the special sign", people.WEST, 150, None, "planned", ""),
    ):
        row = plans.add_measure(
            plan.code,
            plans.MeasureDraft(
                stage,
                title,
                parties.organisation(owner).pk,
                today + timedelta(days=days),
                Decimal(budget) if budget else None,
            ),
            by=OFFICER,
            now=now,
        )
        if state != "planned":
            plans.report_measure(row.pk, state=state, evidence=evidence, by=OFFICER, now=now)
    ending = schemes.RightDraft(
        kind="collective_mark", authority="China National Intellectual Property Administration",
        register="Collective mark (demonstration entry)", number="DEMO-2017", name="Yangqu Millet",
        country="CN", status="registered", registered_on=today - timedelta(days=3550),
        valid_until=today + timedelta(days=100),
    )  # fmt: skip
    schemes.record_right(ending, brand_code=catalogue.BRAND, source=MADE_UP, by=OFFICER, now=now)
    plans.notice_rights(now)


def _picture(title: str) -> ContentFile[bytes]:
    """Return a picture that says what it stands for, and that it is none."""
    picture = Image.new("RGB", (900, 300), "#f4f1e6")
    ImageDraw.Draw(picture).text((40, 130), f"DEMONSTRATION: {title}", fill="#333", font_size=28)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return ContentFile(kept.getvalue(), name="soil-map-demo.png")
