"""Who may use the mark: rules, applications, agreement, quotas, reports, a finding."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from originmark.demo import people
from originmark.demo.catalogue import BRAND, EAST_500, MILL_2500, WEST_500, WEST_1000
from originmark.demo.people import COOP_MANAGER, MILLER, OFFICER, WEST_MANAGER, acting
from originmark.mark.licensing import selectors as licences
from originmark.mark.licensing import services as licensing
from originmark.mark.schemes import services as schemes
from originmark.origin.parties import access

_RULES: Final = """\
[rulebook]
kind = "use-rules"
code = "yangqu-millet-use"
version = 1
title = "Rules of use of Yangqu millet (demonstration)"
brand = "yangqu-millet"
legal_basis = ["Made up for the demonstration; a programme office enters its own decision here"]
valid_from = {begins}

[use]
term_months = 48
report_every_months = 6
report_due_days = 15
report_suspend_after_days = 30
sell_off_days = 90
child_brand = "needs-consent"
label_placement = "On the front of the pack, beside the name of the producer (demonstration)"
label_placement_zh = "标于包装正面，与生产者名称并列（演示）"

[quota]
by = "output"
basis = "area-times-cap"
tolerance_share = 0.05
source = "Made up for the demonstration"
confidence = "unverified"
"""
_CONDITION: Final = """
[[condition]]
key = "{key}"
text = "{text}"
text_zh = "{chinese}"
source = "Made up for the demonstration"
confidence = "unverified"
{more}"""
_CLAUSE: Final = """
[[clause]]
chapter = "{chapter}"
text = "{text}"
text_zh = "{chinese}"
source = "Made up for the demonstration"
confidence = "unverified"
"""
_CONDITIONS: Final = (
    ("product-of-brand", "The product is one that the mark covers", "产品属于品牌覆盖的品类", ""),
    ("right-in-force", "A right to the name is in force", "名称的权利有效", ""),
    ("area-inside-boundary", "All its land lies inside the area", "地块全部位于保护区域内", ""),
    (
        "certificate-in-force",
        "The user holds a paper of food safety",
        "使用人持有有效的食品安全证书",
        'certificate_type = "food-safety"\n',
    ),
    ("no-open-nonconformity", "No finding is open", "无未整改的不合格项", ""),
)
_CLAUSES: Final = (
    (
        "labels",
        "Each pack carries one label with a code of its own (demonstration)",
        "每个包装使用一枚独立编码的标签（演示）",
    ),
    (
        "control",
        "The office visits each user once a season (demonstration)",
        "办公室每季对使用人检查一次（演示）",
    ),
)
AGREEMENT: Final = (
    "Made up for the demonstration.\n\n"
    "The user puts the mark only on millet of its own licence, only with labels that the office "
    "issued, reports every six months, and returns or destroys the labels that are left when the "
    "use ends."
)
QUOTAS_BY_HAND: Final = {
    people.WEST: (6_500, "Three of its fields delivered to the mill (demonstration)"),
    people.MILL: (5_000, "For the grain that West Hill delivered (demonstration)"),
}
"""Kilograms that a user may label where its own land does not say it: quotas follow the grain."""

REPORTED: Final = {
    people.EAST: (1_450, COOP_MANAGER),
    people.WEST: (820, WEST_MANAGER),
    people.MILL: (430, MILLER),
}
"""Packs sold in the first month that each user reported, and who filed the report."""


def write_rules(*, season: int, now: datetime) -> None:
    """Load the rules of use and write the agreement."""
    text = _RULES.format(begins=date(season - 2, 1, 1))
    text += "".join(
        _CONDITION.format(key=key, text=words, chinese=chinese, more=more)
        for key, words, chinese, more in _CONDITIONS
    )
    text += "".join(
        _CLAUSE.format(chapter=chapter, text=words, chinese=chinese)
        for chapter, words, chinese in _CLAUSES
    )
    schemes.load_rulebook(text, by=access.SYSTEM, now=now)
    before = now - timedelta(days=400)
    licensing.write_agreement(BRAND, AGREEMENT, by=acting(OFFICER), now=before)


def grant_all(ids: dict[str, int], *, now: datetime) -> None:
    """Grant three licences, one of them by an application, so that their reports stand apart.

    A report of half a year is due after 15 days: one half-year ended five days ago, the others
    40 and 70.
    """
    today = timezone.localdate(now)
    _apply_and_grant(ids[people.EAST], begins=_a_year_before(today, days=5), now=now)
    for owner, product, days in ((people.WEST, WEST_1000, 40), (people.MILL, MILL_2500, 70)):
        begins = _a_year_before(today, days=days)
        licensing.grant_licence(
            licensing.Grant(
                brand_code=BRAND,
                organisation_id=ids[owner],
                products=(product,),
                valid_from=begins,
                valid_until=begins + timedelta(days=4 * 365),
            ),
            by=acting(OFFICER),
            now=now - timedelta(days=365 + days),
        )


def set_quotas(*, season: int, now: datetime) -> None:
    """Compute the quotas from land and harvest, then let them follow the grain that was sold."""
    office = acting(OFFICER)
    licensing.compute_quotas(BRAND, season, by=office, now=now)
    rows = licences.quotas(access.SYSTEM).filter(season=season)
    for owner, (granted_kg, reason) in QUOTAS_BY_HAND.items():
        licensing.adjust_quota(
            rows.get(organisation__code=owner).pk,
            granted_kg=Decimal(granted_kg),
            reason=reason,
            by=office,
            now=now,
        )


def follow_up(ids: dict[str, int], *, season: int, now: datetime) -> None:
    """Take reports, note findings, and leave an application to decide."""
    licensing.open_reports(by=access.SYSTEM, now=now)
    _file_first_reports(now=now)
    office = acting(OFFICER)
    licensing.record_finding(
        licensing.FindingDraft(
            ids[people.MILL],
            "The last report names more labels than the mill was given (demonstration)",
            brand_code=BRAND,
            found_on=timezone.localdate(now) - timedelta(days=20),
            mend_until=timezone.localdate(now) + timedelta(days=10),
        ),
        by=office,
        now=now,
    )
    mended = licensing.record_finding(
        licensing.FindingDraft(
            ids[people.EAST],
            "The scales of the packing room were not sealed (demonstration)",
            brand_code=BRAND,
            found_on=timezone.localdate(now) - timedelta(days=120),
        ),
        by=office,
        now=now - timedelta(days=120),
    )
    licensing.close_finding(
        mended.pk, note="Sealed and checked (demonstration)", by=office, now=now
    )
    _apply(ids, season=season, now=now)


def _a_year_before(today: date, *, days: int) -> date:
    """Return the first day of two half-years that ended so many days ago."""
    end = today - timedelta(days=days)
    return (end - timedelta(days=365)).replace(day=min(end.day, 28))


def _apply_and_grant(organisation_id: int, *, begins: date, now: datetime) -> None:
    """East Hill applied for its packs of 500 g, was granted the mark, and agreed."""
    applied, manager = now - timedelta(days=375), acting(COOP_MANAGER)
    application = licensing.apply_for_mark(
        licensing.ApplicationDraft(
            brand_code=BRAND,
            organisation_id=organisation_id,
            products=(EAST_500,),
            areas=("E-01", "E-02", "E-03", "E-04", "E-05", "E-06"),
            season=applied.year,
            forecast_kg=Decimal(40_000),
            note="Our own six fields (demonstration)",
        ),
        by=manager,
        now=applied,
    )
    granted = licensing.grant_application(
        application.number,
        valid_from=begins,
        note="Sells under its own name beside the mark (demonstration)",
        by=acting(OFFICER),
        now=applied + timedelta(days=3),
    )
    if granted.licence is None:
        raise LookupError(f"application {granted.number} was granted without a licence")
    licensing.accept_agreement(
        granted.licence.number, version=1, by=manager, now=applied + timedelta(days=4)
    )


def _file_first_reports(*, now: datetime) -> None:
    """File each user's older report in time; the newer ones wait, are late, or long overdue."""
    today = timezone.localdate(now)
    rows = licences.reports(access.SYSTEM).filter(last_day__lt=today - timedelta(days=120))
    for row in rows.order_by("pk"):
        product = row.licence.products.values_list("product_code", flat=True)[0]
        packs, who = REPORTED[row.licence.organisation.code]
        lines = [
            licensing.ReportLine(product, month, packs + 35 * n, packs + 35 * n + 12)
            for n, month in enumerate(_months_from(row.first_day))
        ]
        licensing.file_report(
            row.pk,
            lines,
            note="These packs still bore labels without codes (demonstration)",
            by=acting(who),
            now=now - (today - row.last_day) + timedelta(days=10),
        )


def _months_from(day: date) -> list[date]:
    """Return the first days of the six months from a day's own on."""
    first = day.replace(day=1)
    return [(first + timedelta(days=31 * n)).replace(day=1) for n in range(6)]


def _apply(ids: dict[str, int], *, season: int, now: datetime) -> None:
    """The shop was refused; West Hill waits for a decision, with one field outside."""
    draft, office = licensing.ApplicationDraft, acting(OFFICER)
    refused = licensing.apply_for_mark(
        draft(
            brand_code=BRAND,
            organisation_id=ids[people.SHOP],
            products=(WEST_500,),
            areas=(),
            season=season,
            note="For a house brand (demonstration)",
        ),
        by=office,
        now=now - timedelta(days=90),
    )
    licensing.refuse_application(
        refused.number,
        note="The mark is for those who grow or mill the millet (demonstration)",
        by=office,
        now=now - timedelta(days=80),
    )
    licensing.apply_for_mark(
        draft(
            brand_code=BRAND,
            organisation_id=ids[people.WEST],
            products=(WEST_500,),
            areas=("W-01", "W-02", "W-09"),
            season=season + 1,
            forecast_kg=Decimal(9_000),
            note="A smaller pack, and one field more (demonstration)",
        ),
        by=acting(WEST_MANAGER),
        now=now - timedelta(days=6),
    )
