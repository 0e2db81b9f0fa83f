"""What people call the tables and keys of a rulebook."""

from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from originmark.mark.schemes.rulebook_shape import LANGUAGES

TABLES: Final = {
    "rulebook": gettext_lazy("The rulebook"),
    "scheme": gettext_lazy("Recognition"),
    "part": gettext_lazy("Parts"),
    "star": gettext_lazy("Star bands"),
    "group": gettext_lazy("Groups"),
    "subgroup": gettext_lazy("Subgroups"),
    "level": gettext_lazy("Levels"),
    "proof": gettext_lazy("Dossier"),
    "deadline": gettext_lazy("Deadlines"),
    "council": gettext_lazy("Council"),
    "revocation_reason": gettext_lazy("Reasons for revocation"),
    "to_fill_in": gettext_lazy("For the office to fill in"),
    "source": gettext_lazy("Sources"),
    "use": gettext_lazy("Use"),
    "condition": gettext_lazy("Conditions"),
    "clause": gettext_lazy("Clauses"),
    "quota": gettext_lazy("Quota"),
    "procedure": gettext_lazy("The procedure"),
    "stage": gettext_lazy("Stages"),
    "property": gettext_lazy("What must be shown"),
    "ground": gettext_lazy("Grounds of opposition"),
    "yield_cap": gettext_lazy("Yield caps"),
    "conversion": gettext_lazy("Conversions"),
    "product_set": gettext_lazy("The product set"),
    "section": gettext_lazy("Sections"),
    "criterion": gettext_lazy("Criteria"),
    "option": gettext_lazy("Options"),
}
KEYS: Final = {
    "title": gettext_lazy("Title"),
    "name": gettext_lazy("Name"),
    "text": gettext_lazy("Text"),
    "legal_basis": gettext_lazy("Legal basis"),
    "brand": gettext_lazy("Brand"),
    "valid_from": gettext_lazy("Valid from"),
    "valid_until": gettext_lazy("Valid until"),
    "max_points": gettext_lazy("Most points"),
    "points": gettext_lazy("Points"),
    "from_points": gettext_lazy("From points"),
    "recognised_from_stars": gettext_lazy("Recognised from stars"),
    "validity_months": gettext_lazy("Valid for months"),
    "recognises": gettext_lazy("Recognises stars"),
    "passes_on_from": gettext_lazy("Passes on from points"),
    "managing_ministry": gettext_lazy("Managing ministry"),
    "group": gettext_lazy("Group"),
    "has_barcode": gettext_lazy("Carries a barcode"),
    "mandatory": gettext_lazy("Must be there"),
    "except_groups": gettext_lazy("Not for groups"),
    "amount": gettext_lazy("Amount"),
    "unit": gettext_lazy("Unit"),
    "members_at_least": gettext_lazy("Members, at least"),
    "quorum_share": gettext_lazy("Share for a quorum"),
    "spread_notice_points": gettext_lazy("Notice from a spread of points"),
    "what": gettext_lazy("What"),
    "source": gettext_lazy("Source"),
    "confidence": gettext_lazy("Confidence"),
    "chapter": gettext_lazy("Chapter"),
    "term_months": gettext_lazy("Term in months"),
    "report_every_months": gettext_lazy("Reports every so many months"),
    "report_due_days": gettext_lazy("Report due after days"),
    "report_suspend_after_days": gettext_lazy("Suspension proposed after days without a report"),
    "sell_off_days": gettext_lazy("Days to sell off after the last use"),
    "child_brand": gettext_lazy("Brand of the producer beside it"),
    "unchecked_artwork": gettext_lazy("Labels without checked artwork"),
    "label_placement": gettext_lazy("Place on the label"),
    "rights": gettext_lazy("Kinds of right"),
    "countries": gettext_lazy("Countries"),
    "role": gettext_lazy("Role"),
    "term_source": gettext_lazy("Source of the term"),
    "tolerance_share": gettext_lazy("Tolerance"),
    "note": gettext_lazy("Note"),
    "knock_out": gettext_lazy("Knock-out"),
    "only_if": gettext_lazy("Only if"),
    "evidence": gettext_lazy("Evidence"),
}
CHAPTERS: Final = {
    "scope": gettext_lazy("Scope"),
    "applicant": gettext_lazy("Who may apply"),
    "application": gettext_lazy("Application"),
    "licence": gettext_lazy("Licence"),
    "labels": gettext_lazy("Labels"),
    "co-use": gettext_lazy("Use beside other brands"),
    "control": gettext_lazy("Control"),
    "supervision": gettext_lazy("Supervision"),
    "exit": gettext_lazy("Exit"),
}


def table_label(name: str) -> str:
    """Return what people call a table."""
    return str(TABLES.get(name, name))


def key_label(key: str) -> str:
    """Return what people call a key; a translated one with its language."""
    base, _mark, end = key.rpartition("_")
    if end in LANGUAGES and base in KEYS:
        return f"{KEYS[base]} ({end})"
    return str(KEYS.get(key, key.replace("_", " ")))


def key_value(value: Any) -> str:
    """Return a value as people write it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return str(value)


def duration(amount: int, unit: str) -> str:
    """Return an amount of time in words.

    >>> duration(1, "working-days")
    '1 working day'
    """
    match unit:
        case "working-days":
            said = ngettext("%(amount)s working day", "%(amount)s working days", amount)
        case "days":
            said = ngettext("%(amount)s day", "%(amount)s days", amount)
        case _:
            said = ngettext("%(amount)s month", "%(amount)s months", amount)
    return said % {"amount": amount}
