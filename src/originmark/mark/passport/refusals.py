"""Refusals of the public pages."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class BadGtin(RuleViolation):
    """The number in the address cannot be a GTIN."""

    code: ClassVar[str] = "bad-gtin"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = gettext_noop(
        "“%(gtin)s” in this address is not a product number: %(why)s. "
        "Scan the code again, or type the twenty characters printed under it."
    )

    gtin: str
    why: str
