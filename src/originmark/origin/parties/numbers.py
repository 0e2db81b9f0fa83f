"""Numbers that an organisation carries, checked before they are kept. Imports no framework.

Every check looks at the alphabet first: ``str.isdigit`` and the libraries beneath take digits
of other scripts for ASCII ones.
"""

from dataclasses import dataclass
from typing import ClassVar

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError
from stdnum.vn import mst

from originmark.frame.web.refusals import RuleViolation, gettext_noop
from originmark.standards.gs1 import keys

CN_USCC, VN_MST, FREE = "cn_uscc", "vn_mst", "other"
SCHEMES = (CN_USCC, VN_MST, FREE)
DIGITS = frozenset("0123456789")
# GB 32100-2015, table 1: who registers (1 to 9, A military, N agriculture, Y others).
USCC_AUTHORITIES = frozenset("123456789ANY")
USCC_ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")


@dataclass(eq=False)
class UnknownScheme(RuleViolation):
    """Nobody knows this register of organisations."""

    code: ClassVar[str] = "unknown-registration-scheme"
    field: ClassVar[str | None] = "registration_scheme"
    sentence: ClassVar[str] = gettext_noop(
        "There is no registration scheme %(scheme)s. Choose one of %(known)s."
    )

    scheme: str
    known: tuple[str, ...] = SCHEMES


@dataclass(eq=False)
class BadRegistrationNumber(RuleViolation):
    """The number does not fit its scheme."""

    code: ClassVar[str] = "bad-registration-number"
    field: ClassVar[str | None] = "registration_number"

    number: str


@dataclass(eq=False)
class BadSocialCreditCode(BadRegistrationNumber):
    """The text is no unified social credit code."""

    sentence: ClassVar[str] = gettext_noop(
        "%(number)s is no unified social credit code: expected 18 characters, of which the last "
        "is the check character (GB 32100). Compare it with the licence, character by character."
    )


@dataclass(eq=False)
class BadTaxCode(BadRegistrationNumber):
    """The text is no Vietnamese tax code."""

    sentence: ClassVar[str] = gettext_noop(
        "%(number)s is no Vietnamese tax code: expected 10 digits of which the last is the check "
        "digit, and 3 more for a branch. Compare it with the registration, digit by digit."
    )


@dataclass(eq=False)
class BadGln(RuleViolation):
    """The text is no global location number."""

    code: ClassVar[str] = "bad-gln"
    field: ClassVar[str | None] = "gln"
    sentence: ClassVar[str] = gettext_noop(
        "%(gln)s is no GLN: expected 13 digits 0 to 9 of which the last is the check digit. "
        "Leave the field empty if the organisation has none."
    )

    gln: str


@dataclass(eq=False)
class BadCompanyPrefix(RuleViolation):
    """The text is no GS1 company prefix."""

    code: ClassVar[str] = "bad-company-prefix"
    field: ClassVar[str | None] = "gs1_company_prefix"
    sentence: ClassVar[str] = gettext_noop(
        "%(prefix)s is no GS1 company prefix: expected 4 to 12 digits 0 to 9. "
        "Leave the field empty if the organisation has none."
    )

    prefix: str


@dataclass(eq=False)
class Taken(RuleViolation):
    """Another organisation carries this value already."""

    code: ClassVar[str] = "duplicate-organisation"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = gettext_noop(
        "%(value)s belongs to another organisation already. "
        "Look for that organisation in the list, or correct the value."
    )

    value: str


@dataclass(eq=False)
class CodeTaken(Taken):
    """Another organisation has the code."""

    field: ClassVar[str | None] = "code"


@dataclass(eq=False)
class RegistrationTaken(Taken):
    """Another organisation has the registration number."""

    field: ClassVar[str | None] = "registration_number"


@dataclass(eq=False)
class GlnTaken(Taken):
    """Another organisation has the GLN."""

    field: ClassVar[str | None] = "gln"


@dataclass(eq=False)
class CompanyPrefixTaken(Taken):
    """Another organisation has the GS1 company prefix."""

    field: ClassVar[str | None] = "gs1_company_prefix"


def registration_number(scheme: str, number: str) -> str:
    """Return a registration number in the form that is kept, without spaces and hyphens.

    ``cn_uscc`` is China's unified social credit code (GB 32100-2015: 18 characters, the last one
    a check character), ``vn_mst`` Vietnam's tax code (10 digits, or 13 for a branch), ``other``
    is kept as typed. An empty number needs no scheme.

    Raises UnknownScheme or BadRegistrationNumber.

    >>> registration_number("cn_uscc", "91110000 600037341L")
    '91110000600037341L'
    >>> registration_number("vn_mst", "0314409058-002")
    '0314409058002'
    >>> registration_number("other", " FR-12 ")
    'FR-12'
    """
    number = number.strip()
    if not number:
        return ""
    if scheme not in SCHEMES:
        raise UnknownScheme(scheme=scheme or "–")
    if scheme == CN_USCC:
        return _unified_social_credit_code(number)
    if scheme == VN_MST:
        return _vietnamese_tax_code(number)
    return number


def _unified_social_credit_code(number: str) -> str:
    code = number.replace(" ", "").replace("-", "").upper()
    fits = (
        len(code) == 18
        and set(code) <= USCC_ALPHABET
        and code[0] in USCC_AUTHORITIES
        and set(code[2:8]) <= DIGITS
    )
    # The library would refuse letters in the first place, and with them the collectives that
    # the agriculture offices register (N…), so that only its arithmetic is used.
    if not fits or uscc.calc_check_digit(code[:17]) != code[17]:
        raise BadSocialCreditCode(number=number)
    return code


def _vietnamese_tax_code(number: str) -> str:
    code = number.replace(" ", "").replace("-", "").replace(".", "")
    if not code or not set(code) <= DIGITS:
        raise BadTaxCode(number=number)
    try:
        return str(mst.validate(code))
    except ValidationError:
        raise BadTaxCode(number=number) from None


def gln(text: str) -> str:
    """Return a GLN as 13 digits, or "" for none; raises BadGln.

    >>> gln("9501101530003")
    '9501101530003'
    """
    number = text.strip()
    if not number:
        return ""
    try:
        return keys.gln(number)
    except keys.InvalidKey:
        raise BadGln(gln=text) from None


def company_prefix(text: str) -> str:
    """Return a GS1 company prefix (4 to 12 digits), or "" for none; raises BadCompanyPrefix.

    >>> company_prefix("9501101")
    '9501101'
    """
    prefix = text.strip()
    if not prefix:
        return ""
    if not 4 <= len(prefix) <= 12 or not set(prefix) <= DIGITS:
        raise BadCompanyPrefix(prefix=text)
    return prefix
