"""What must hold before somebody may use a mark: pure decisions on the rules of use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum.cn import uscc

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.mark.licensing.application_refusals import (
    AreasOutside,
    BrandWithoutRight,
    CertificateMissing,
    ConditionsNotMet,
    CreditCodeMissing,
    FindingsOpen,
    NoAreas,
    NoBoundary,
    NotOfBrand,
    OwnBrandForbidden,
    OwnBrandWithoutConsent,
    StarMissing,
)
from originmark.mark.schemes import use_values as keys
from originmark.mark.schemes.star_values import Words
from originmark.mark.schemes.use_values import UseCondition

SUBMITTED, MORE_WANTED = "submitted", "more-wanted"
GRANTED, REFUSED, WITHDRAWN = "granted", "refused", "withdrawn"
OPEN: Final = (SUBMITTED, MORE_WANTED)
CREDIT_CODE_LENGTH: Final = 18


@dataclass(frozen=True, slots=True)
class ProductFact:
    """A product that the mark is asked for."""

    name: str
    is_of_brand: bool
    has_star: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """All that conditions look at, as it stands on a day."""

    on: date
    organisation: str
    brand: str
    products: tuple[ProductFact, ...]
    rights: tuple[str, ...]
    boundary: str  # empty: the brand knows no boundary
    areas: tuple[str, ...]
    areas_outside: tuple[str, ...]
    certificates: frozenset[str]  # the types of which a paper is in force, of those asked for
    certificate_names: dict[str, str]
    findings: tuple[str, ...]  # what was found and is not mended
    credit_code: str
    own_brand: str = ""
    child_brand: str = keys.FREE
    has_consent: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the rules: met, or refused with what to do."""

    key: str
    text: Words
    source: str
    refusal: RuleViolation | None

    @property
    def is_met(self) -> bool:
        """Return whether nothing speaks against it."""
        return self.refusal is None


def conditions(asked: tuple[UseCondition, ...], facts: Facts) -> list[Condition]:
    """Return each condition of the rules of use with its answer, in their order.

    A producer's own brand beside the mark is a condition where somebody asks for one.
    """
    found = [
        Condition(each.key, each.text, each.source, _CHECKS[each.key](each, facts))
        for each in asked
    ]
    if facts.own_brand:
        found.append(Condition("own-brand", OWN_BRAND, "", _own_brand(facts)))
    return found


def require(found: list[Condition]) -> None:
    """Raise ConditionsNotMet with every reason, if there is any."""
    if refusals := tuple(each.refusal for each in found if each.refusal is not None):
        raise ConditionsNotMet(refusals)


def is_credit_code(code: str) -> bool:
    """Return whether a unified social credit code has its right check character (GB 32100).

    >>> is_credit_code("91110000600037341L"), is_credit_code("91110000600037341M")
    (True, False)
    """
    fits = len(code) == CREDIT_CODE_LENGTH and code.isascii() and code.isalnum()
    return fits and bool(uscc.calc_check_digit(code[:17]) == code[17])


OWN_BRAND: Final = Words(gettext_noop("The producer’s own brand may stand beside the mark"))


def _product_of_brand(_asked: UseCondition, facts: Facts) -> RuleViolation | None:
    outside = tuple(each.name for each in facts.products if not each.is_of_brand)
    return NotOfBrand(facts.brand, outside) if outside else None


def _right(_asked: UseCondition, facts: Facts) -> RuleViolation | None:
    return None if facts.rights else BrandWithoutRight(facts.brand, facts.on)


def _areas(_asked: UseCondition, facts: Facts) -> RuleViolation | None:
    if not facts.areas:
        return NoAreas(facts.organisation)
    if not facts.boundary:
        return NoBoundary(facts.brand)
    return AreasOutside(facts.boundary, facts.areas_outside) if facts.areas_outside else None


def _certificate(asked: UseCondition, facts: Facts) -> RuleViolation | None:
    if asked.certificate_type in facts.certificates:
        return None
    name = facts.certificate_names.get(asked.certificate_type, asked.certificate_type)
    return CertificateMissing(facts.organisation, name, facts.on)


def _star(_asked: UseCondition, facts: Facts) -> RuleViolation | None:
    without = tuple(each.name for each in facts.products if not each.has_star)
    return StarMissing(without, facts.on) if without else None


def _findings(_asked: UseCondition, facts: Facts) -> RuleViolation | None:
    return FindingsOpen(facts.organisation, facts.findings) if facts.findings else None


def _credit_code(_asked: UseCondition, facts: Facts) -> RuleViolation | None:
    return None if is_credit_code(facts.credit_code) else CreditCodeMissing(facts.organisation)


def _own_brand(facts: Facts) -> RuleViolation | None:
    if facts.child_brand == keys.FORBIDDEN:
        return OwnBrandForbidden(facts.own_brand, facts.brand)
    if facts.child_brand == keys.NEEDS_CONSENT and not facts.has_consent:
        return OwnBrandWithoutConsent(facts.own_brand, facts.brand)
    return None


_CHECKS: Final[dict[str, Callable[[UseCondition, Facts], RuleViolation | None]]] = {
    keys.PRODUCT_OF_BRAND: _product_of_brand,
    keys.RIGHT_IN_FORCE: _right,
    keys.AREA_INSIDE: _areas,
    keys.CERTIFICATE_IN_FORCE: _certificate,
    keys.STAR_IN_FORCE: _star,
    keys.NO_NONCONFORMITY: _findings,
    keys.CREDIT_CODE: _credit_code,
}
