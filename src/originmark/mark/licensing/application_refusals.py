"""What speaks against an application, and what its steps refuse, each with what to do."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, SeveralRefusals, gettext_noop

# -- what speaks against it -------------------------------------------------------------------


@dataclass(eq=False)
class ConditionsNotMet(SeveralRefusals):
    """The mark is not granted; every reason is told."""

    code: ClassVar[str] = "conditions-not-met"


@dataclass(eq=False)
class NotOfBrand(RuleViolation):
    """Products that the brand does not cover."""

    code: ClassVar[str] = "condition-product-of-brand"
    sentence: ClassVar[str] = gettext_noop(
        "%(brand)s does not cover %(products)s. Leave the product out, or ask the owner of the "
        "brand to add it."
    )

    brand: str
    products: tuple[str, ...]


@dataclass(eq=False)
class BrandWithoutRight(RuleViolation):
    """Nothing protects the mark."""

    code: ClassVar[str] = "condition-right-in-force"
    sentence: ClassVar[str] = gettext_noop(
        "No right of %(brand)s is in force on %(on)s. The owner of the mark records its "
        "registration, or its renewal, under Rights."
    )

    brand: str
    on: date


@dataclass(eq=False)
class NoAreas(RuleViolation):
    """No land is named."""

    code: ClassVar[str] = "condition-no-areas"
    sentence: ClassVar[str] = gettext_noop(
        "The application of %(organisation)s names no growing area. Register the land under "
        "Places and choose it here."
    )

    organisation: str


@dataclass(eq=False)
class NoBoundary(RuleViolation):
    """The rules ask for a boundary that the brand does not have."""

    code: ClassVar[str] = "condition-no-boundary"
    sentence: ClassVar[str] = gettext_noop(
        "The rules ask for land inside the boundary of %(brand)s, which has none. The office "
        "registers the boundary under Places and names it on the brand."
    )

    brand: str


@dataclass(eq=False)
class AreasOutside(RuleViolation):
    """Land outside the boundary."""

    code: ClassVar[str] = "condition-area-inside-boundary"
    sentence: ClassVar[str] = gettext_noop(
        "Not inside %(boundary)s: %(areas)s. Leave this land out, or mend its outline."
    )

    boundary: str
    areas: tuple[str, ...]


@dataclass(eq=False)
class CertificateMissing(RuleViolation):
    """A paper that is not there, or not in force."""

    code: ClassVar[str] = "condition-certificate-in-force"
    sentence: ClassVar[str] = gettext_noop(
        "%(organisation)s has no certificate “%(certificate)s” in force on %(on)s. File it "
        "under Certificates."
    )

    organisation: str
    certificate: str
    on: date


@dataclass(eq=False)
class StarMissing(RuleViolation):
    """Products without a star."""

    code: ClassVar[str] = "condition-star-in-force"
    sentence: ClassVar[str] = gettext_noop(
        "No star of %(products)s is valid on %(on)s. Have the product evaluated first, or leave "
        "it out."
    )

    products: tuple[str, ...]
    on: date


@dataclass(eq=False)
class FindingsOpen(RuleViolation):
    """Something was found and is not mended."""

    code: ClassVar[str] = "condition-no-open-nonconformity"
    sentence: ClassVar[str] = gettext_noop(
        "Findings about %(organisation)s are open: %(findings)s. Mend them; the office closes "
        "them then."
    )

    organisation: str
    findings: tuple[str, ...]


@dataclass(eq=False)
class CreditCodeMissing(RuleViolation):
    """No unified social credit code with a right check character."""

    code: ClassVar[str] = "condition-credit-code"
    sentence: ClassVar[str] = gettext_noop(
        "%(organisation)s has no unified social credit code with its right check character. "
        "Record the 18 characters on its page, as registration in China."
    )

    organisation: str


@dataclass(eq=False)
class OwnBrandForbidden(RuleViolation):
    """No other brand may stand beside the mark."""

    code: ClassVar[str] = "own-brand-forbidden"
    sentence: ClassVar[str] = gettext_noop(
        "The rules of %(brand)s allow no brand of the producer beside it. Apply without "
        "“%(own_brand)s”."
    )

    own_brand: str
    brand: str


@dataclass(eq=False)
class OwnBrandWithoutConsent(RuleViolation):
    """The owner of the mark has not agreed yet."""

    code: ClassVar[str] = "own-brand-without-consent"
    sentence: ClassVar[str] = gettext_noop(
        "“%(own_brand)s” may stand beside %(brand)s only with the consent of its owner. The "
        "office records the consent here."
    )

    own_brand: str
    brand: str


# -- refusals of the commands -----------------------------------------------------------------


@dataclass(eq=False)
class UnknownApplication(RuleViolation):
    """No such application that the asker may read."""

    code: ClassVar[str] = "unknown-application"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no application %(number)s. Look for it in the list of applications."
    )

    number: str


@dataclass(eq=False)
class WrongApplicationState(RuleViolation):
    """The step does not fit."""

    code: ClassVar[str] = "wrong-application-state"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "Application %(number)s is %(state)s, so that this is not possible. Open its page to "
        "see what happened to it."
    )

    number: str
    state: str


@dataclass(eq=False)
class NothingAppliedFor(RuleViolation):
    """An application for no product."""

    code: ClassVar[str] = "nothing-applied-for"
    field: ClassVar[str | None] = "products"
    sentence: ClassVar[str] = gettext_noop(
        "An application names the products that shall carry %(brand)s. Choose at least one."
    )

    brand: str


@dataclass(eq=False)
class ForeignAreas(RuleViolation):
    """Land of somebody else."""

    code: ClassVar[str] = "application-foreign-areas"
    field: ClassVar[str | None] = "areas"
    sentence: ClassVar[str] = gettext_noop(
        "%(areas)s is no land of %(organisation)s. Choose from its own growing areas."
    )

    areas: tuple[str, ...]
    organisation: str


@dataclass(eq=False)
class WordMissing(RuleViolation):
    """A step that the other side must understand."""

    code: ClassVar[str] = "application-word-missing"
    field: ClassVar[str | None] = "note"
    sentence: ClassVar[str] = gettext_noop(
        "Say why, or what is wanted: the other side reads it on application %(number)s."
    )

    number: str


@dataclass(eq=False)
class TermUnknown(RuleViolation):
    """The rules give no term, and nobody named a last day."""

    code: ClassVar[str] = "licence-term-unknown"
    field: ClassVar[str | None] = "valid_until"
    sentence: ClassVar[str] = gettext_noop(
        "The rules of %(brand)s say nothing on how long a licence lasts. Give its last day."
    )

    brand: str


@dataclass(eq=False)
class TermBeyondRules(RuleViolation):
    """Longer than the rules allow."""

    code: ClassVar[str] = "licence-term-beyond-rules"
    field: ClassVar[str | None] = "valid_until"
    sentence: ClassVar[str] = gettext_noop(
        "A licence lasts %(months)s months by the rules, until %(latest)s at most, not until "
        "%(asked)s. Give an earlier last day."
    )

    months: int
    latest: date
    asked: date


@dataclass(eq=False)
class UnknownFinding(RuleViolation):
    """No such finding that the asker may read."""

    code: ClassVar[str] = "unknown-finding"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no finding %(finding)s. Look for it in the list of findings."
    )

    finding: str


@dataclass(eq=False)
class FindingClosed(RuleViolation):
    """Closed already."""

    code: ClassVar[str] = "finding-closed"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "This finding was closed on %(closed_on)s. Record a new one if it was found again."
    )

    closed_on: date


@dataclass(eq=False)
class FindingWithoutWords(RuleViolation):
    """A finding, or its end, that says nothing."""

    code: ClassVar[str] = "finding-without-words"
    field: ClassVar[str | None] = "what"
    sentence: ClassVar[str] = gettext_noop(
        "Write down what was found, or how it was mended: the user reads it."
    )
