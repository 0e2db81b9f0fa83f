"""Licences to use a mark: pure decisions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from originmark.frame.web.refusals import RuleViolation, gettext_noop

VALID, NONE, NOT_YET, EXPIRED = "valid", "none", "not-yet", "expired"
SUSPENDED, ENDED, PRODUCT_NOT_COVERED = "suspended", "ended", "product-not-covered"


@dataclass(frozen=True, slots=True)
class Suspension:
    """A stretch in which a licence rests; ``lifted_on`` None: until further notice.

    The day of suspension is without the licence, the day of lifting has it again.
    """

    suspended_on: date
    lifted_on: date | None = None

    def rests_on(self, day: date) -> bool:
        """Return whether the licence rests on a day."""
        return self.suspended_on <= day and (self.lifted_on is None or day < self.lifted_on)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a licence says: products by code, first and last day, and what came between."""

    number: str
    products: frozenset[str]
    valid_from: date
    valid_until: date
    ended_on: date | None = None
    suspensions: tuple[Suspension, ...] = ()


def state_on(terms: Terms, on: date) -> str:
    """Return the state of a licence on a day, whatever the product.

    The first and the last day count; the day on which it is ended does not.

    >>> terms = Terms("L-1", frozenset({"millet"}), date(2026, 1, 1), date(2026, 12, 31))
    >>> state_on(terms, date(2026, 12, 31)), state_on(terms, date(2027, 1, 1))
    ('valid', 'expired')
    """
    if terms.ended_on is not None and on >= terms.ended_on:
        return ENDED
    if on < terms.valid_from:
        return NOT_YET
    if on > terms.valid_until:
        return EXPIRED
    if any(each.rests_on(on) for each in terms.suspensions):
        return SUSPENDED
    return VALID


def state_for(terms: Terms, product: str, on: date) -> str:
    """Return the state of a licence on a day for one product."""
    state = state_on(terms, on)
    if state == VALID and product not in terms.products:
        return PRODUCT_NOT_COVERED
    return state


_NEAREST: Final = (VALID, SUSPENDED, PRODUCT_NOT_COVERED, NOT_YET, EXPIRED, ENDED)


def best(terms: list[Terms], product: str, on: date) -> tuple[str, Terms | None]:
    """Return the state that counts among several licences, and the licence it comes from.

    A valid one beats all; else the reason that is nearest to a licence is told. Among equals
    the one that lasts longest speaks.
    """
    if not terms:
        return NONE, None
    states = [(state_for(each, product, on), each) for each in terms]
    return min(states, key=lambda pair: (_NEAREST.index(pair[0]), -pair[1].valid_until.toordinal()))


@dataclass(eq=False)
class NotLicensed(RuleViolation):
    """The organisation may not use the mark: the subclasses say why."""

    organisation: str
    brand: str


@dataclass(eq=False)
class NoLicence(NotLicensed):
    """There is no licence at all."""

    code: ClassVar[str] = "licence-none"
    sentence: ClassVar[str] = gettext_noop(
        "%(organisation)s has no licence for %(brand)s. Ask the programme office to grant one."
    )


@dataclass(eq=False)
class LicenceNotYetValid(NotLicensed):
    """The licence begins later."""

    code: ClassVar[str] = "licence-not-yet-valid"
    sentence: ClassVar[str] = gettext_noop(
        "Licence %(number)s of %(organisation)s for %(brand)s begins on %(begins)s. "
        "Wait until that day."
    )

    number: str
    begins: date


@dataclass(eq=False)
class LicenceExpired(NotLicensed):
    """The licence has run out."""

    code: ClassVar[str] = "licence-expired"
    sentence: ClassVar[str] = gettext_noop(
        "Licence %(number)s of %(organisation)s for %(brand)s ran until %(ended)s. "
        "Ask the programme office for a new one."
    )

    number: str
    ended: date


@dataclass(eq=False)
class LicenceSuspended(NotLicensed):
    """The licence rests."""

    code: ClassVar[str] = "licence-suspended"
    sentence: ClassVar[str] = gettext_noop(
        "Licence %(number)s of %(organisation)s for %(brand)s has been suspended since "
        "%(since)s: %(reason)s Settle this with the programme office, which then lifts the "
        "suspension."
    )

    number: str
    since: date
    reason: str


@dataclass(eq=False)
class LicenceEnded(NotLicensed):
    """The licence was ended before its time."""

    code: ClassVar[str] = "licence-ended"
    sentence: ClassVar[str] = gettext_noop(
        "Licence %(number)s of %(organisation)s for %(brand)s was ended on %(ended)s. "
        "Ask the programme office for a new one."
    )

    number: str
    ended: date


@dataclass(eq=False)
class ProductNotLicensed(NotLicensed):
    """The licence is valid, but for other products."""

    code: ClassVar[str] = "licence-product-not-covered"
    sentence: ClassVar[str] = gettext_noop(
        "Licence %(number)s of %(organisation)s for %(brand)s covers %(covered)s, not "
        "%(product)s. Ask the programme office to add the product."
    )

    number: str
    product: str
    covered: tuple[str, ...]


def check_number(number: str) -> None:
    """Raise LicenceNumberMalformed for a number that cannot stand in an address."""
    if not number.replace("-", "").replace(".", "").replace("_", "").isalnum():
        raise LicenceNumberMalformed(number=number)


# -- refusals of the commands -----------------------------------------------------------------


@dataclass(eq=False)
class UnknownLicence(RuleViolation):
    """No licence has this number."""

    code: ClassVar[str] = "unknown-licence"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no licence %(number)s. Check the number in the list of licences."
    )

    number: str


@dataclass(eq=False)
class LicenceNumberMalformed(RuleViolation):
    """A number that cannot stand in an address."""

    code: ClassVar[str] = "licence-number-malformed"
    field: ClassVar[str | None] = "number"
    sentence: ClassVar[str] = gettext_noop(
        "The number %(number)s has signs in it that an address cannot carry. Use letters, "
        "digits, hyphens, dots and underscores."
    )

    number: str


@dataclass(eq=False)
class LicenceNumberTaken(RuleViolation):
    """Two licences under one number."""

    code: ClassVar[str] = "licence-number-taken"
    field: ClassVar[str | None] = "number"
    sentence: ClassVar[str] = gettext_noop(
        "The number %(number)s belongs to another licence. Leave the field empty to get the "
        "next free number."
    )

    number: str


@dataclass(eq=False)
class LicenceEndsBeforeItBegins(RuleViolation):
    """The last day is before the first."""

    code: ClassVar[str] = "licence-ends-before-it-begins"
    field: ClassVar[str | None] = "valid_until"
    sentence: ClassVar[str] = gettext_noop(
        "The licence would begin on %(begins)s and end on %(ends)s. Give a later last day."
    )

    begins: date
    ends: date


@dataclass(eq=False)
class NothingLicensed(RuleViolation):
    """A licence for no product."""

    code: ClassVar[str] = "nothing-licensed"
    field: ClassVar[str | None] = "products"
    sentence: ClassVar[str] = gettext_noop(
        "A licence names the products that may carry %(brand)s. Choose at least one."
    )

    brand: str


@dataclass(eq=False)
class ProductsOutsideBrand(RuleViolation):
    """Products that the brand itself does not cover."""

    code: ClassVar[str] = "products-outside-brand"
    field: ClassVar[str | None] = "products"
    sentence: ClassVar[str] = gettext_noop(
        "%(brand)s does not cover %(products)s. Add the product to the brand first, or leave "
        "it out."
    )

    brand: str
    products: tuple[str, ...]


@dataclass(eq=False)
class BrandNotActive(RuleViolation):
    """Nobody gets a licence for a brand that rests."""

    code: ClassVar[str] = "brand-not-active"
    field: ClassVar[str | None] = "brand"
    sentence: ClassVar[str] = gettext_noop(
        "%(brand)s is not active, so no licence is granted for it. Activate the brand first."
    )

    brand: str


@dataclass(eq=False)
class WrongLicenceState(RuleViolation):
    """The step does not fit the state of the licence."""

    code: ClassVar[str] = "wrong-licence-state"
    sentence: ClassVar[str] = gettext_noop(
        "Licence %(number)s is %(state)s, so it cannot be %(step)s. Open its page to see what "
        "happened to it."
    )

    number: str
    state: str
    step: str


@dataclass(eq=False)
class StepOutOfOrder(RuleViolation):
    """A step that is dated before the one it follows."""

    code: ClassVar[str] = "licence-step-out-of-order"
    field: ClassVar[str | None] = "on"
    sentence: ClassVar[str] = gettext_noop(
        "Licence %(number)s: %(on)s is before %(earliest)s, the day of the step before. "
        "Give that day or a later one."
    )

    number: str
    on: date
    earliest: date


@dataclass(eq=False)
class ReasonMissing(RuleViolation):
    """A suspension or an end needs a reason that the holder can read."""

    code: ClassVar[str] = "licence-reason-missing"
    field: ClassVar[str | None] = "reason"
    sentence: ClassVar[str] = gettext_noop(
        "Say why licence %(number)s is %(step)s: its holder reads the reason."
    )

    number: str
    step: str
