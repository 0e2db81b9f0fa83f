"""Rules of use of a mark: conditions, reports, quota and what people must follow. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.rulebook_kinds import (
    HEAD,
    SAID_TWICE,
    SOURCE,
    TO_FILL_IN,
    Surroundings,
    codes_once,
    known_confidence,
    one_of,
)
from originmark.mark.schemes.rulebook_shape import Shape, Type, words, words_if
from originmark.mark.schemes.rulebook_text import Finding, RulebookFile, Table
from originmark.mark.schemes.use_values import (
    AREA_TIMES_CAP,
    BY_OUTPUT,
    CERTIFICATE_IN_FORCE,
    CHAPTERS,
    CHILD_BRANDS,
    CONDITIONS,
    NEEDS_CONSENT,
    UNCHECKED_ARTWORK,
    WARNING,
    QuotaRule,
    UseClause,
    UseCondition,
    UseRules,
)

SOURCED: Final = {"text": Type.TEXT, "source": Type.TEXT, "confidence": Type.TEXT}
SHAPES: Final[Mapping[str, Shape]] = {
    "rulebook": HEAD,
    "use": Shape(
        {},
        {
            "term_months": Type.WHOLE,
            "report_every_months": Type.WHOLE,
            "report_due_days": Type.WHOLE,
            "report_suspend_after_days": Type.WHOLE,
            "sell_off_days": Type.WHOLE,
            "child_brand": Type.TEXT,
            "unchecked_artwork": Type.TEXT,
            "label_placement": Type.TEXT,
        },
        is_single=True,
        is_needed=True,
    ),
    "condition": Shape(
        {"key": Type.TEXT, **SOURCED}, {"certificate_type": Type.TEXT}, is_needed=True
    ),
    "clause": Shape({"chapter": Type.TEXT, **SOURCED}),
    "quota": Shape(
        {"by": Type.TEXT, "basis": Type.TEXT},
        {"tolerance_share": Type.NUMBER, "source": Type.TEXT, "confidence": Type.TEXT},
        is_single=True,
    ),
    "to_fill_in": TO_FILL_IN,
    "source": SOURCE,
}


def judge(file: RulebookFile, _around: Surroundings) -> Iterator[Finding]:
    """Yield whatever does not add up in rules of use."""
    yield from codes_once(file.all("to_fill_in"), "key")
    yield from one_of(file.all("use")[0], "child_brand", CHILD_BRANDS)
    yield from one_of(file.all("use")[0], "unchecked_artwork", UNCHECKED_ARTWORK)
    yield from _reports(file.all("use")[0])
    yield from _conditions(file)
    for table in file.all("clause"):
        yield from one_of(table, "chapter", CHAPTERS)
    for name in ("condition", "clause", "quota", "source"):
        for table in file.all(name):
            yield from known_confidence(table)
    if quota := file.one("quota"):
        yield from _quota(quota)


def _reports(use: Table) -> Iterator[Finding]:
    if use.get("report_due_days") is not None and use.get("report_every_months") is None:
        yield use.at("report_due_days", DUE_OF_NOTHING)


def _conditions(file: RulebookFile) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Table] = {}
    for table in file.all("condition"):
        yield from one_of(table, "key", CONDITIONS)
        certificate = table.get("certificate_type", "")
        if certificate and table["key"] != CERTIFICATE_IN_FORCE:
            yield table.at("certificate_type", NO_CERTIFICATE, key=table["key"])
        if twin := seen.get((table["key"], certificate)):
            yield table.at("key", SAID_TWICE, line=twin.line)
        seen.setdefault((table["key"], certificate), table)


def _quota(quota: Table) -> Iterator[Finding]:
    yield from one_of(quota, "by", (BY_OUTPUT,))
    yield from one_of(quota, "basis", (AREA_TIMES_CAP,))
    share = quota.get("tolerance_share")
    if share is not None and not 0 <= share <= 1:
        yield quota.at("tolerance_share", NO_TOLERANCE, found=share)


def use_rules(file: RulebookFile) -> UseRules:
    """Return the values of a file that adds up."""
    head, use, quota = file.head, file.all("use")[0], file.one("quota")
    return UseRules(
        code=head["code"],
        version=head["version"],
        title=head["title"],
        brand_code=head.get("brand", ""),
        legal_basis=tuple(head["legal_basis"]),
        valid_from=head["valid_from"],
        valid_until=head.get("valid_until"),
        conditions=tuple(_condition(each) for each in file.all("condition")),
        term_months=use.get("term_months"),
        report_every_months=use.get("report_every_months"),
        report_due_days=use.get("report_due_days"),
        report_suspend_after_days=use.get("report_suspend_after_days"),
        sell_off_days=use.get("sell_off_days"),
        child_brand=use.get("child_brand", NEEDS_CONSENT),
        unchecked_artwork=use.get("unchecked_artwork", WARNING),
        label_placement=words_if(use, "label_placement"),
        quota=_quota_rule(quota) if quota else None,
        clauses=tuple(_clause(each) for each in file.all("clause")),
        to_fill_in=tuple(each["what"] for each in file.all("to_fill_in")),
    )


def _condition(table: Table) -> UseCondition:
    return UseCondition(
        table["key"],
        words(table, "text"),
        table["source"],
        table["confidence"],
        table.get("certificate_type", ""),
    )


def _clause(table: Table) -> UseClause:
    return UseClause(table["chapter"], words(table, "text"), table["source"], table["confidence"])


def _quota_rule(table: Table) -> QuotaRule:
    return QuotaRule(table["by"], table["basis"], Decimal(table.get("tolerance_share", 0)))


DUE_OF_NOTHING = gettext_noop(
    "Reports are due after so many days, but report_every_months does not say how often."
)
NO_CERTIFICATE = gettext_noop(
    "Only the condition certificate-in-force names a certificate, not %(key)s."
)
NO_TOLERANCE = gettext_noop("%(found)s is no share. Write it between 0 and 1: 0.05 is 5 %%.")
