"""Loading rulebooks: checked as a whole, kept as they were written."""

from datetime import datetime, timedelta

from django.db import transaction

from originmark.mark.schemes import rules
from originmark.mark.schemes.models import Brand, ConversionBound, Rulebook, YieldCap
from originmark.mark.schemes.rulebook_check import Edition, Rules, Surroundings, check
from originmark.mark.schemes.rulebook_text import Finding
from originmark.mark.schemes.services.brands import is_product
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


def check_rulebook(text: str) -> tuple[Rules | None, list[Finding]]:
    """Return the rules of a file, or None and each finding; changes nothing."""
    return check(text, Surroundings(_is_brand, is_product, _editions))


@transaction.atomic
def load_rulebook(text: str, *, by: Actor, now: datetime) -> Rulebook:
    """Load a version of a rulebook. Loading the very same text again returns its row.

    A version that the new one supersedes ends the day before. Raises RulebookDoesNotAddUp
    with every finding; then nothing is loaded.
    """
    # The lock comes first: two loads must not both find the version number free.
    lock_rulebooks()
    access.require(by, "schemes.load_rulebook")
    if earlier := Rulebook.objects.filter(text=text).first():
        return earlier
    found, findings = check_rulebook(text)
    if found is None:
        raise rules.RulebookDoesNotAddUp(
            count=len(findings), findings=tuple(str(each) for each in findings)
        )
    return _store(found, text, by=by, now=now)


def lock_rulebooks() -> None:
    """Let nobody else load a rulebook before this transaction ends."""
    list(Brand.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    list(Rulebook.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _store(found: Rules, text: str, *, by: Actor, now: datetime) -> Rulebook:
    if found.supersedes is not None:
        _supersede(found.code, found.supersedes, found)
    rulebook = Rulebook.objects.create(
        kind=found.kind,
        code=found.code,
        version=found.version,
        title=found.title,
        brand=Brand.objects.get(code=found.brand) if found.brand else None,
        text=text,
        legal_basis=list(found.legal_basis),
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        loaded_at=now,
        loaded_by=by.name,
    )
    YieldCap.objects.bulk_create(
        YieldCap(
            rulebook=rulebook,
            product_code=cap.product,
            season=cap.season,
            cap_kg_per_ha=cap.kg_per_ha,
            declared=cap.declared,
            source=cap.source,
            confidence=cap.confidence,
        )
        for cap in found.caps
    )
    ConversionBound.objects.bulk_create(
        ConversionBound(
            rulebook=rulebook,
            process=each.process,
            input_code=each.input,
            output_code=each.output,
            ratio_low=each.ratio_low,
            ratio_high=each.ratio_high,
            gains_mass=each.gains_mass,
            source=each.source,
            confidence=each.confidence,
        )
        for each in found.conversions
    )
    return rulebook


def _supersede(code: str, version: int, found: Rules) -> None:
    earlier = Rulebook.objects.get(code=code, version=version)
    day_before = found.valid_from - timedelta(days=1)
    earlier.superseded_by = found.version
    earlier.valid_until = min(earlier.valid_until or day_before, day_before)
    earlier.save(update_fields=["superseded_by", "valid_until"])


def _is_brand(code: str) -> bool:
    return Brand.objects.filter(code=code).exists()


def _editions(code: str) -> tuple[Edition, ...]:
    rows = Rulebook.objects.filter(code=code).values_list("version", "valid_from", "valid_until")
    return tuple(Edition(*row) for row in rows)
