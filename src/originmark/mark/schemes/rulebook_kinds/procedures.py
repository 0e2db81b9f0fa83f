"""Procedures for geographical indications: stages, terms and what must be shown. Pure."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.countries import COUNTRIES
from originmark.mark.schemes.gi_values import (
    DECIDED,
    OPPOSITION,
    PREPARED,
    REFUSED,
    REGISTERED,
    ROLES,
    SUBMITTED,
    UNITS,
    WITHDRAWN,
    Procedure,
    Property,
    Stage,
    Term,
)
from originmark.mark.schemes.rulebook_kinds import (
    HEAD,
    SOURCE,
    TO_FILL_IN,
    Surroundings,
    codes_once,
    known_confidence,
    one_of,
)
from originmark.mark.schemes.rulebook_shape import Shape, Type, words, words_if
from originmark.mark.schemes.rulebook_text import Finding, RulebookFile, Table

KINDS_OF_RIGHT: Final = (
    "gi", "gi_agricultural", "pdo", "pgi", "certification_mark", "collective_mark",
)  # fmt: skip
ENDS: Final = (REFUSED, WITHDRAWN)
ONCE: Final = (PREPARED, SUBMITTED, DECIDED, REGISTERED)
NAMED: Final = {"code": Type.TEXT, "name": Type.TEXT}
SHAPES: Final[Mapping[str, Shape]] = {
    "rulebook": HEAD,
    "procedure": Shape(
        {"rights": Type.TEXTS}, {"countries": Type.TEXTS}, is_single=True, is_needed=True
    ),
    "stage": Shape(
        {**NAMED, "role": Type.TEXT, "source": Type.TEXT, "confidence": Type.TEXT},
        {"text": Type.TEXT, "amount": Type.WHOLE, "unit": Type.TEXT, "term_source": Type.TEXT},
        is_needed=True,
    ),
    "property": Shape(
        {**NAMED, "text": Type.TEXT, "source": Type.TEXT, "confidence": Type.TEXT},
        is_needed=True,
    ),
    "ground": Shape({**NAMED, "source": Type.TEXT, "confidence": Type.TEXT}),
    "to_fill_in": TO_FILL_IN,
    "source": SOURCE,
}


def judge(file: RulebookFile, _around: Surroundings) -> Iterator[Finding]:
    """Yield whatever does not add up in a procedure."""
    for name in ("stage", "property", "ground"):
        yield from codes_once(file.all(name))
    yield from codes_once(file.all("to_fill_in"), "key")
    for name in ("stage", "property", "ground", "source"):
        for table in file.all(name):
            yield from known_confidence(table)
    yield from _scope(file.all("procedure")[0])
    for table in file.all("stage"):
        yield from one_of(table, "role", ROLES)
        yield from _term(table)
        if table["code"] in ENDS:
            yield table.at("code", RESERVED, found=table["code"])
    yield from _order(file.all("stage"))


def _scope(table: Table) -> Iterator[Finding]:
    for found in table["rights"]:
        if found not in KINDS_OF_RIGHT:
            yield table.at("rights", NO_RIGHT, found=found, known=", ".join(KINDS_OF_RIGHT))
    for found in table.get("countries", []):
        if found not in COUNTRIES:
            yield table.at("countries", NO_COUNTRY, found=found)


def _term(table: Table) -> Iterator[Finding]:
    given = [key for key in ("amount", "unit", "term_source") if table.get(key) is not None]
    if not given:
        return
    for key in ("amount", "unit", "term_source"):
        if key not in given:
            yield table.at(key, HALF_A_TERM, key=key)
    if table.get("amount") == 0:
        yield table.at("amount", NO_TERM)
    yield from one_of(table, "unit", UNITS)


def _order(stages: tuple[Table, ...]) -> Iterator[Finding]:
    """Yield a finding unless it is prepared, submitted, …, opposed, …, decided, registered."""
    roles = [each["role"] for each in stages]
    for role in ONCE:
        if roles.count(role) != 1:
            yield stages[0].at("role", NOT_ONCE, role=role, count=roles.count(role))
    if OPPOSITION not in roles:
        yield stages[0].at("role", NOBODY_OPPOSES)
    rank = {PREPARED: 0, SUBMITTED: 1, DECIDED: 3, REGISTERED: 4}
    for before, after in pairwise(stages):
        if rank.get(after["role"], 2) < rank.get(before["role"], 2):
            yield after.at("role", OUT_OF_ORDER, role=after["role"], before=before["role"])


def procedure(file: RulebookFile) -> Procedure:
    """Return the values of a file that adds up."""
    head, scope = file.head, file.all("procedure")[0]
    return Procedure(
        code=head["code"],
        version=head["version"],
        title=head["title"],
        legal_basis=tuple(head["legal_basis"]),
        valid_from=head["valid_from"],
        valid_until=head.get("valid_until"),
        rights=tuple(scope["rights"]),
        countries=tuple(scope.get("countries", ())),
        stages=tuple(_stage(each) for each in file.all("stage")),
        properties=tuple(_property(each) for each in file.all("property")),
        grounds=tuple((each["code"], words(each, "name")) for each in file.all("ground")),
        to_fill_in=tuple(each["what"] for each in file.all("to_fill_in")),
    )


def _stage(table: Table) -> Stage:
    amount = table.get("amount")
    return Stage(
        table["code"],
        words(table, "name"),
        table["role"],
        words_if(table, "text"),
        None if amount is None else Term(amount, table["unit"], table["term_source"]),
        table["source"],
        table["confidence"],
    )


def _property(table: Table) -> Property:
    return Property(
        table["code"],
        words(table, "name"),
        words(table, "text"),
        table["source"],
        table["confidence"],
    )


NO_RIGHT = gettext_noop("There is no kind of right %(found)s. Known are %(known)s.")
NO_COUNTRY = gettext_noop(
    "There is no country %(found)s. Write its ISO code of two letters, as VN."
)
HALF_A_TERM = gettext_noop(
    "A term needs amount, unit and term_source; %(key)s is missing. A term that no text gives is "
    "left out, and the office sets the day."
)
NO_TERM = gettext_noop("A term of 0 leaves no day. Write how long the stage lasts, or no term.")
RESERVED = gettext_noop("%(found)s is an end that every procedure has. Take another code.")
NOT_ONCE = gettext_noop(
    "There are %(count)s stages with the role %(role)s. Every procedure has exactly one."
)
NOBODY_OPPOSES = gettext_noop(
    'In no stage may anybody oppose. Give the stage of publication role = "opposition".'
)
OUT_OF_ORDER = gettext_noop(
    "The stage for %(role)s cannot follow that for %(before)s. The order is prepared, submitted, "
    "examination and opposition as the law has them, decided, registered."
)
