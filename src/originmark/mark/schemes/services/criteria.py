"""Loading the criteria of one kind of product: checked as a whole, kept as they were written."""

from datetime import datetime

from django.db import transaction

from originmark.mark.schemes import rules
from originmark.mark.schemes.models import CriteriaSet, Rulebook
from originmark.mark.schemes.rulebook_kinds.criteria import (
    Including,
    check_set,
    nothing_included,
    read_set,
    resolved,
)
from originmark.mark.schemes.rulebook_selectors import scheme_of
from originmark.mark.schemes.rulebook_text import Finding
from originmark.mark.schemes.services.rulebooks import lock_rulebooks
from originmark.mark.schemes.star_values import ProductSet
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


def check_criteria(
    text: str, *, including: Including = nothing_included
) -> tuple[ProductSet | None, list[Finding]]:
    """Return the criteria of a file, or None and each finding; changes nothing."""
    row = _scheme_row(text)
    return check_set(text, scheme_of(row) if row else None, including)


@transaction.atomic
def load_criteria(
    text: str, *, by: Actor, now: datetime, including: Including = nothing_included
) -> CriteriaSet:
    """Load a product set with what it includes. Loading the same again returns its row.

    Raises RulebookDoesNotAddUp with every finding, or ProductSetTaken when the version has
    other criteria under the code; then nothing is loaded.
    """
    lock_rulebooks()
    access.require(by, "schemes.load_rulebook")
    found, findings = check_criteria(text, including=including)
    rulebook = _scheme_row(text)
    if found is None or rulebook is None:
        raise rules.RulebookDoesNotAddUp(
            count=len(findings), findings=tuple(str(each) for each in findings)
        )
    kept = resolved(text, including)
    earlier = CriteriaSet.objects.filter(rulebook=rulebook, code=found.code).first()
    if earlier and earlier.text != kept:
        raise rules.ProductSetTaken(rulebook=str(rulebook), product_set=found.code)
    return earlier or CriteriaSet.objects.create(
        rulebook=rulebook,
        code=found.code,
        name=found.name.english,
        names=dict(found.name.others),
        text=kept,
        loaded_at=now,
        loaded_by=by.name,
    )


def _scheme_row(text: str) -> Rulebook | None:
    """Return the version of the star scheme that a file names, None where it names none."""
    file, _ = read_set(text)
    if file is None:
        return None
    code, version = file.head.get("scheme"), file.head.get("version")
    if not isinstance(code, str) or type(version) is not int:
        return None
    rows = Rulebook.objects.filter(kind=Rulebook.Kind.STAR_SCHEME, code=code)
    return rows.filter(version=version).first() if version < 2**31 else None
