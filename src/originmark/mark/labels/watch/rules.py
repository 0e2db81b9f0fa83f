"""What may become of a case, and what a reported code is about: pure decisions."""

from dataclasses import dataclass

LONGEST_CODE = 60
OPEN_STATES = ("open", "review")


def code_in(typed: str) -> str:
    """Return the code in what a shopper typed or scanned: the end of an address, without spaces.

    >>> code_in(" https://example.org/own/millet/10/L1/21/abcd efgh?x=1 ")
    'ABCDEFGH'
    >>> code_in("  ")
    ''
    """
    end = typed.strip().split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return "".join(end.split()).upper()[:LONGEST_CODE]


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What a shopper says; only ``problem`` is required."""

    problem: str  # one of ConsumerReport.Problem
    code: str = ""
    shop: str = ""
    place: str = ""
    text: str = ""
    email: str = ""
