"""Why a query has no answer: pure decisions."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class QueryRefused(RuleViolation):
    """A parameter is unknown or has a value that it cannot have."""

    code: ClassVar[str] = "query-parameter"
    status: ClassVar[int] = 400
    exception: ClassVar[str] = "QueryParameterException"
    sentence: ClassVar[str] = gettext_noop("%(name)s: found %(found)s, expected %(expected)s.")

    name: str
    found: str
    expected: str


@dataclass(eq=False)
class QueryTooLarge(RuleViolation):
    """More events answer than the caller wants to have."""

    code: ClassVar[str] = "query-too-large"
    status: ClassVar[int] = 413
    exception: ClassVar[str] = "QueryTooLargeException"
    sentence: ClassVar[str] = gettext_noop(
        "More than %(most)s events answer, which maxEventCount does not allow. Ask for less, or "
        "ask without it and read page by page."
    )

    most: int


@dataclass(eq=False)
class QueryTooComplex(RuleViolation):
    """What was asked cannot be answered without reading too much."""

    code: ClassVar[str] = "query-too-complex"
    status: ClassVar[int] = 413
    exception: ClassVar[str] = "QueryTooComplexException"
    sentence: ClassVar[str] = gettext_noop(
        "This query would read more than %(most)s events at once. Ask for a shorter time, for "
        "single things, or without %(name)s."
    )

    name: str
    most: int
