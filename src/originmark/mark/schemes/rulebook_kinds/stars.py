"""Star schemes: parts, bands, groups, levels, proofs and deadlines that add up. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.rulebook_kinds import (
    HEAD,
    SOURCE,
    TO_FILL_IN,
    Surroundings,
    codes_once,
    known_confidence,
    one_of,
)
from originmark.mark.schemes.rulebook_shape import Shape, Type, words
from originmark.mark.schemes.rulebook_text import Finding, RulebookFile, Table
from originmark.mark.schemes.star_values import (
    UNITS_OF_TIME,
    Band,
    CouncilRules,
    Deadline,
    Group,
    Level,
    Part,
    Proof,
    StarScheme,
    Subgroup,
)

ALL_POINTS: Final = 100
NAMED: Final = {"code": Type.TEXT, "name": Type.TEXT}
SHAPES: Final[Mapping[str, Shape]] = {
    "rulebook": HEAD,
    "scheme": Shape(
        {"recognised_from_stars": Type.WHOLE, "validity_months": Type.WHOLE},
        is_single=True,
        is_needed=True,
    ),
    "part": Shape({**NAMED, "max_points": Type.WHOLE}, is_needed=True),
    "star": Shape({"stars": Type.WHOLE, "from_points": Type.NUMBER}, is_needed=True),
    "group": Shape(NAMED, {"has_barcode": Type.YES_NO}, is_needed=True),
    "subgroup": Shape({**NAMED, "group": Type.TEXT}, {"managing_ministry": Type.TEXT}),
    "level": Shape(
        NAMED, {"recognises": Type.WHOLES, "passes_on_from": Type.NUMBER}, is_needed=True
    ),
    "proof": Shape({**NAMED, "mandatory": Type.YES_NO}, {"except_groups": Type.TEXTS}),
    "deadline": Shape(
        {"key": Type.TEXT, "amount": Type.WHOLE, "unit": Type.TEXT, "source": Type.TEXT}
    ),
    "council": Shape(
        {},
        {
            "members_at_least": Type.WHOLE,
            "quorum_share": Type.NUMBER,
            "spread_notice_points": Type.NUMBER,
        },
        is_single=True,
    ),
    "revocation_reason": Shape(NAMED),
    "to_fill_in": TO_FILL_IN,
    "source": SOURCE,
}


def judge(file: RulebookFile, _around: Surroundings) -> Iterator[Finding]:
    """Yield whatever does not add up in a star scheme."""
    for name in ("part", "group", "subgroup", "level", "proof", "revocation_reason"):
        yield from codes_once(file.all(name))
    for name in ("deadline", "to_fill_in"):
        yield from codes_once(file.all(name), "key")
    yield from _parts(file)
    yield from _bands(file)
    yield from _groups(file)
    yield from _levels(file)
    yield from _council(file)
    for table in file.all("deadline"):
        yield from one_of(table, "unit", UNITS_OF_TIME)
    for table in file.all("source"):
        yield from known_confidence(table)


def _parts(file: RulebookFile) -> Iterator[Finding]:
    parts = file.all("part")
    total = sum(each["max_points"] for each in parts)
    if total != ALL_POINTS:
        added = " + ".join(f"{each['code']} {each['max_points']}" for each in parts)
        yield parts[0].at("max_points", PARTS_SUM, added=added, total=total, wanted=ALL_POINTS)


def _bands(file: RulebookFile) -> Iterator[Finding]:
    tables = sorted(file.all("star"), key=lambda each: each["stars"])
    lowest = tables[0]
    if lowest["from_points"] != 0:
        yield lowest.at("from_points", NO_BAND_BELOW, points=lowest["from_points"])
    for below, above in pairwise(tables):
        if above["stars"] == below["stars"]:
            yield above.at("stars", BAND_TWICE, stars=above["stars"], line=below.line)
            continue
        if above["stars"] > below["stars"] + 1:
            missing = below["stars"] + 1
            yield above.at("stars", BAND_MISSING, stars=above["stars"], missing=missing)
        if above["from_points"] <= below["from_points"]:
            yield above.at(
                "from_points",
                BANDS_OVERLAP,
                stars=above["stars"],
                points=above["from_points"],
                fewer=below["stars"],
                other=below["from_points"],
            )
    if tables[-1]["from_points"] > ALL_POINTS:
        yield tables[-1].at("from_points", OUT_OF_REACH, points=tables[-1]["from_points"])


def _groups(file: RulebookFile) -> Iterator[Finding]:
    groups = {each["code"] for each in file.all("group")}
    known = ", ".join(sorted(groups))
    for table in file.all("subgroup"):
        if table["group"] not in groups:
            yield table.at("group", UNKNOWN_GROUP, found=table["group"], known=known)
    for table in file.all("proof"):
        for found in table.get("except_groups", []):
            if found not in groups:
                yield table.at("except_groups", UNKNOWN_GROUP, found=found, known=known)


def _levels(file: RulebookFile) -> Iterator[Finding]:
    stars = {each["stars"] for each in file.all("star")}
    scheme = file.all("scheme")[0]
    least = scheme["recognised_from_stars"]
    if least not in stars:
        yield scheme.at("recognised_from_stars", UNKNOWN_STARS, found=least)
    yield from _recognition(file, stars={each for each in stars if each >= least}, least=least)
    for table in file.all("level"):
        points = table.get("passes_on_from")
        if points is not None and not 0 <= points <= ALL_POINTS:
            yield table.at("passes_on_from", OUT_OF_REACH, points=points)
    highest = file.all("level")[-1]
    if highest.get("passes_on_from") is not None:
        yield highest.at("passes_on_from", NOBODY_ABOVE, level=highest["code"])


def _recognition(file: RulebookFile, *, stars: set[int], least: int) -> Iterator[Finding]:
    """Yield a finding unless one level recognises each of the stars, and none any other."""
    recognised: dict[int, Table] = {}
    for table in file.all("level"):
        for found in table.get("recognises", []):
            if found not in stars:
                yield table.at("recognises", NOT_RECOGNISED, found=found, least=least)
            if twin := recognised.get(found):
                yield table.at("recognises", RECOGNISED_TWICE, found=found, level=twin["code"])
            recognised.setdefault(found, table)
    for each in sorted(stars - recognised.keys()):
        yield file.all("level")[0].at("recognises", NOBODY_RECOGNISES, found=each)


def _council(file: RulebookFile) -> Iterator[Finding]:
    council = file.one("council")
    if council is None:
        return
    share, spread = council.get("quorum_share"), council.get("spread_notice_points")
    if share is not None and not 0 < share <= 1:
        yield council.at("quorum_share", NO_SHARE, found=share)
    if spread is not None and not 0 < spread <= ALL_POINTS:
        yield council.at("spread_notice_points", OUT_OF_REACH, points=spread)


def scheme(file: RulebookFile) -> StarScheme:
    """Return the values of a file that adds up."""
    head, rules = file.head, file.all("scheme")[0]
    bands = (Band(each["stars"], Decimal(each["from_points"])) for each in file.all("star"))
    return StarScheme(
        code=head["code"],
        version=head["version"],
        title=head["title"],
        legal_basis=tuple(head["legal_basis"]),
        valid_from=head["valid_from"],
        valid_until=head.get("valid_until"),
        parts=tuple(
            Part(each["code"], words(each, "name"), each["max_points"]) for each in file.all("part")
        ),
        bands=tuple(sorted(bands, key=lambda each: -each.stars)),
        recognised_from_stars=rules["recognised_from_stars"],
        validity_months=rules["validity_months"],
        groups=tuple(_group(each, file) for each in file.all("group")),
        levels=tuple(_level(each) for each in file.all("level")),
        proofs=tuple(_proof(each) for each in file.all("proof")),
        deadlines=tuple(
            Deadline(each["key"], each["amount"], each["unit"], each["source"])
            for each in file.all("deadline")
        ),
        council=_council_rules(file.one("council")),
        revocation_reasons=tuple(
            (each["code"], words(each, "name")) for each in file.all("revocation_reason")
        ),
        to_fill_in=tuple(each["what"] for each in file.all("to_fill_in")),
    )


def _group(table: Table, file: RulebookFile) -> Group:
    subgroups = (
        Subgroup(each["code"], words(each, "name"), each.get("managing_ministry", ""))
        for each in file.all("subgroup")
        if each["group"] == table["code"]
    )
    return Group(
        table["code"], words(table, "name"), tuple(subgroups), table.get("has_barcode", True)
    )


def _level(table: Table) -> Level:
    return Level(
        table["code"],
        words(table, "name"),
        tuple(table.get("recognises", ())),
        _decimal(table.get("passes_on_from")),
    )


def _proof(table: Table) -> Proof:
    return Proof(
        table["code"],
        words(table, "name"),
        table["mandatory"],
        tuple(table.get("except_groups", ())),
    )


def _council_rules(table: Table | None) -> CouncilRules:
    if table is None:
        return CouncilRules()
    return CouncilRules(
        table.get("members_at_least"),
        _decimal(table.get("quorum_share")),
        _decimal(table.get("spread_notice_points")),
    )


def _decimal(figure: int | Decimal | None) -> Decimal | None:
    return None if figure is None else Decimal(figure)


PARTS_SUM = gettext_noop(
    "The parts give %(added)s = %(total)s points. Together they must give %(wanted)s: correct "
    "the points of a part."
)
NO_BAND_BELOW = gettext_noop(
    "Below %(points)s points there is no band. Begin the lowest band at 0 points."
)
BAND_TWICE = gettext_noop("Line %(line)s says already when a product gets %(stars)s stars.")
BAND_MISSING = gettext_noop(
    "There is a gap in the bands: %(stars)s stars stand here, and %(missing)s stars nowhere."
)
BANDS_OVERLAP = gettext_noop(
    "The bands overlap: %(stars)s stars from %(points)s points, but %(fewer)s stars from "
    "%(other)s. More stars must need more points."
)
OUT_OF_REACH = gettext_noop("%(points)s points lie outside 0 to 100.")
UNKNOWN_GROUP = gettext_noop("There is no group %(found)s. Known are %(known)s.")
UNKNOWN_STARS = gettext_noop("There is no band of %(found)s stars. Name one of the [[star]] rows.")
NOT_RECOGNISED = gettext_noop(
    "It recognises %(found)s stars, but recognition begins at %(least)s stars, and only those "
    "count that have a band."
)
RECOGNISED_TWICE = gettext_noop("The level %(level)s recognises %(found)s stars already.")
NOBODY_RECOGNISES = gettext_noop(
    "No level recognises %(found)s stars. Add them to the level that decides on them."
)
NOBODY_ABOVE = gettext_noop("No level stands above %(level)s, so it cannot pass anything on.")
NO_SHARE = gettext_noop("%(found)s is no share. Write it between 0 and 1: 0.5 is one half.")
