"""Make SSCCs: the keys of boxes and pallets (logistic units).

Source: GS1 General Specifications, section 3.3.1: extension digit, GS1 company prefix, serial
reference, check digit; 18 digits in all.
"""

from originmark.standards.gs1.keys import check_digit

_BODY = 16  # company prefix and serial reference together


class SsccSpent(ValueError):
    """The company prefix has no free SSCC left."""


def sscc(company_prefix: str, number: int) -> str:
    """Return the SSCC of the ``number``-th logistic unit of a company, from 0.

    The extension digit is the leading digit of the number: with a prefix of seven digits, ten
    thousand million units have an SSCC each.

    >>> sscc("6901234", 17)
    '069012340000000177'
    >>> sscc("690123456789", 12345)
    '169012345678923459'

    Raises SsccSpent.
    """
    if not (
        company_prefix.isascii() and company_prefix.isdigit() and 4 <= len(company_prefix) <= 12
    ):
        raise ValueError(f"a GS1 company prefix has 4 to 12 digits, not {company_prefix!r}")
    width = _BODY - len(company_prefix)
    extension, reference = divmod(number, 10**width)
    if not 0 <= extension <= 9:
        raise SsccSpent(f"company prefix {company_prefix} has no SSCC number {number}")
    digits = f"{extension}{company_prefix}{reference:0{width}d}"
    return digits + check_digit(digits)
