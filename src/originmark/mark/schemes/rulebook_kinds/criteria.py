"""The criteria of one kind of product: sections, criteria and options that add up. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.rulebook_kinds import NOT_A_CODE, codes_once
from originmark.mark.schemes.rulebook_shape import (
    LANGUAGES,
    Shape,
    Type,
    is_code,
    misshapen,
    words,
    words_if,
)
from originmark.mark.schemes.rulebook_text import Finding, RulebookFile, Table, read_tables
from originmark.mark.schemes.star_values import (
    Criterion,
    Option,
    ProductSet,
    Section,
    StarScheme,
    Words,
)

SHAPES: Final[Mapping[str, Shape]] = {
    "product_set": Shape(
        {
            "scheme": Type.TEXT,
            "version": Type.WHOLE,
            "code": Type.TEXT,
            "name": Type.TEXT,
            "source": Type.TEXT,
        },
        {"subgroups": Type.TEXTS, "include": Type.TEXTS},
        is_single=True,
    ),
    "section": Shape(
        {"code": Type.TEXT, "part": Type.TEXT, "name": Type.TEXT, "max_points": Type.WHOLE},
        is_needed=True,
    ),
    "criterion": Shape(
        {"section": Type.TEXT, "code": Type.TEXT, "name": Type.TEXT, "max_points": Type.WHOLE},
        {
            "note": Type.TEXT,
            "knock_out": Type.TEXT,
            "only_if": Type.CONDITION,
            "evidence": Type.TEXTS,
        },
        is_needed=True,
    ),
    "option": Shape(
        {"criterion": Type.TEXT, "points": Type.WHOLE, "text": Type.TEXT}, is_needed=True
    ),
}
Including = Callable[[str], str | None]
"""Gives the text of an included file by its path, None where there is none."""


def nothing_included(_path: str) -> str | None:
    """Return no file: of a text that stands alone."""
    return None


def is_product_set(text: str) -> bool:
    """Return whether a text holds the criteria of a product set, not a rulebook."""
    return "\n[product_set]" in f"\n{text}"


def read_set(
    text: str, including: Including = nothing_included
) -> tuple[RulebookFile | None, list[Finding]]:
    """Return the tables of a product set and of what it includes, or what kept it from that."""
    tables, findings = read_tables(text)
    if findings:
        return None, findings
    if "product_set" not in tables:
        return None, [Finding(1, "[product_set]", NO_HEAD)]
    file = RulebookFile(dict(tables))
    include = file.head.get("include", [])
    if not isinstance(include, list) or not all(isinstance(each, str) for each in include):
        return file, []  # its shape tells
    for path in include:
        included = including(path)
        if included is None:
            findings.append(file.head.at("include", NO_SUCH_FILE, path=path))
            continue
        more, wrong = read_tables(included, path)
        findings += wrong
        for name, rows in more.items():
            file.tables[name] = file.all(name) + rows
    return file, findings


def resolved(text: str, including: Including) -> str:
    """Return a product set as one text that needs no other file.

    The text must have been read without a finding.
    """
    include = read_tables(text)[0]["product_set"][0].get("include", [])
    alone = re.sub(r"^include\s*=\s*\[.*?\]\s*?$\n?", "", text, count=1, flags=re.S | re.M)
    return "\n".join([alone.rstrip() + "\n", *(f"# {path}\n{including(path)}" for path in include)])


def check_set(
    text: str, scheme: StarScheme | None, including: Including = nothing_included
) -> tuple[ProductSet | None, list[Finding]]:
    """Return the criteria of a file, or None and every finding.

    ``scheme`` is the version that the file names, None where it is not loaded.
    """
    file, findings = read_set(text, including)
    if file is None or findings:
        return None, findings
    findings = misshapen(file, SHAPES)
    if not findings:
        findings = list(judge(file, scheme))
    if findings:
        return None, sorted(findings, key=lambda each: (each.file, each.line))
    return product_set(file), []


def judge(file: RulebookFile, scheme: StarScheme | None) -> Iterator[Finding]:
    """Yield whatever does not add up within a product set and with its scheme."""
    head = file.head
    if not is_code(head["code"]) or "." in head["code"]:
        yield head.at("code", NOT_A_CODE, found=head["code"])
    if scheme is None:
        yield head.at("scheme", NO_SCHEME, scheme=head["scheme"], version=head["version"])
    else:
        yield from _subgroups(head, scheme)
        yield from _parts(file, scheme)
    yield from codes_once(file.all("section"))
    yield from codes_once(file.all("criterion"))
    yield from _sections(file)
    yield from _criteria(file)
    yield from _conditions(file)


def _subgroups(head: Table, scheme: StarScheme) -> Iterator[Finding]:
    known = {each.code for group in scheme.groups for each in group.subgroups}
    known |= {group.code for group in scheme.groups if not group.subgroups}
    for found in head.get("subgroups", []):
        if found not in known:
            yield head.at("subgroups", NO_SUBGROUP, found=found, known=", ".join(sorted(known)))


def _parts(file: RulebookFile, scheme: StarScheme) -> Iterator[Finding]:
    sums = {part.code: 0 for part in scheme.parts}
    for table in file.all("section"):
        if table["part"] in sums:
            sums[table["part"]] += table["max_points"]
        else:
            yield table.at("part", NO_PART, found=table["part"], known=", ".join(sums))
    for part in scheme.parts:
        if sums[part.code] != part.max_points:
            added = _added(file.all("section"), "part", part.code)
            yield file.head.at(
                "", PART_SUM, part=part.code, added=added, total=sums[part.code],
                wanted=part.max_points,
            )  # fmt: skip


def _sections(file: RulebookFile) -> Iterator[Finding]:
    known = {each["code"] for each in file.all("section")}
    for table in file.all("criterion"):
        if table["section"] not in known:
            found, listed = table["section"], ", ".join(sorted(known))
            yield table.at("section", NO_SECTION, found=found, known=listed)
    for section in file.all("section"):
        own = [each for each in file.all("criterion") if each["section"] == section["code"]]
        total = sum(each["max_points"] for each in own)
        if total != section["max_points"]:
            yield section.at(
                "max_points",
                SECTION_SUM,
                section=section["code"],
                added=_added(tuple(own), "section", section["code"]),
                total=total,
                wanted=section["max_points"],
            )


def _added(tables: tuple[Table, ...], key: str, value: str) -> str:
    own = (each for each in tables if each[key] == value)
    return " + ".join(f"{each['code']}: {each['max_points']}" for each in own) or "–"


def _criteria(file: RulebookFile) -> Iterator[Finding]:
    options: dict[str, list[Table]] = {each["code"]: [] for each in file.all("criterion")}
    for table in file.all("option"):
        if table["criterion"] in options:
            options[table["criterion"]].append(table)
        else:
            yield table.at("criterion", NO_CRITERION, found=table["criterion"])
    for table in file.all("criterion"):
        own = options[table["code"]]
        highest = max((each["points"] for each in own), default=0)
        if highest != table["max_points"]:
            yield table.at(
                "max_points", HIGHEST, code=table["code"], highest=highest,
                wanted=table["max_points"],
            )  # fmt: skip
        yield from _twins(own)
        yield from _translations(table)


def _twins(options: list[Table]) -> Iterator[Finding]:
    seen: dict[tuple[int, str], Table] = {}
    for table in options:
        key = (table["points"], table["text"].strip().casefold())
        if twin := seen.get(key):
            yield table.at("text", OPTION_TWICE, line=twin.line)
        seen.setdefault(key, table)


def _translations(table: Table) -> Iterator[Finding]:
    """Yield a finding for words in another language without the English ones beside them."""
    for key in ("note", "knock_out", "evidence"):
        for end in LANGUAGES:
            other = table.get(f"{key}_{end}")
            if other is not None and table.get(key) is None:
                yield table.at(f"{key}_{end}", ENGLISH_MISSING, key=key, other=f"{key}_{end}")
            elif key == "evidence" and other is not None and len(other) != len(table["evidence"]):
                yield table.at(
                    f"{key}_{end}", NOT_PARALLEL, found=len(other), wanted=len(table["evidence"])
                )


def _conditions(file: RulebookFile) -> Iterator[Finding]:
    criteria = sorted(file.all("criterion"), key=lambda each: in_order(each["code"]))
    earlier: dict[str, int] = {}
    for table in criteria:
        if condition := table.get("only_if"):
            code, points = condition
            if code not in earlier:
                yield table.at("only_if", CONDITION_UNKNOWN, found=code, code=table["code"])
            elif not 0 < points <= earlier[code]:
                yield table.at(
                    "only_if", CONDITION_POINTS, found=points, code=code, highest=earlier[code]
                )
        earlier[table["code"]] = table["max_points"]


def in_order(code: str) -> tuple[tuple[int, str], ...]:
    """Return what puts codes in the order in which people count: 1.9 before 1.10.

    >>> sorted(["10", "9.2", "9.10"], key=in_order)
    ['9.2', '9.10', '10']
    """
    pieces = re.findall(r"\d+|\D+", code)
    return tuple((int(each), "") if each.isdecimal() else (0, each) for each in pieces)


def product_set(file: RulebookFile) -> ProductSet:
    """Return the values of a file that adds up, in the order of the codes."""
    head = file.head
    sections = sorted(file.all("section"), key=lambda each: in_order(each["code"]))
    return ProductSet(
        scheme_code=head["scheme"],
        scheme_version=head["version"],
        code=head["code"],
        name=words(head, "name"),
        subgroups=tuple(head.get("subgroups", ())),
        sections=tuple(_section(each, file) for each in sections),
        source=head["source"],
    )


def _section(table: Table, file: RulebookFile) -> Section:
    own = [each for each in file.all("criterion") if each["section"] == table["code"]]
    return Section(
        table["code"],
        table["part"],
        words(table, "name"),
        table["max_points"],
        tuple(
            _criterion(each, file) for each in sorted(own, key=lambda each: in_order(each["code"]))
        ),
    )


def _criterion(table: Table, file: RulebookFile) -> Criterion:
    options = [each for each in file.all("option") if each["criterion"] == table["code"]]
    condition = table.get("only_if")
    return Criterion(
        code=table["code"],
        name=words(table, "name"),
        max_points=table["max_points"],
        options=tuple(
            Option(each["points"], words(each, "text"))
            for each in sorted(options, key=lambda each: each["points"])
        ),
        note=words_if(table, "note"),
        knock_out=words_if(table, "knock_out"),
        only_if=(condition[0], condition[1]) if condition else None,
        evidence=_evidence(table),
    )


def _evidence(table: Table) -> tuple[Words, ...]:
    found = [Words(each) for each in table.get("evidence", ())]
    for end, language in LANGUAGES.items():
        others = table.get(f"evidence_{end}", ())
        found = [
            replace(each, others=(*each.others, (language, other))) if other else each
            for each, other in zip_longest(found, others)
        ]
    return tuple(found)


NO_HEAD = gettext_noop("The table [product_set] with scheme, version, code and name is missing.")
NO_SUCH_FILE = gettext_noop("There is no file %(path)s to include.")
NO_SCHEME = gettext_noop(
    "There is no star scheme %(scheme)s in version %(version)s. Load the scheme first."
)
NO_SUBGROUP = gettext_noop("The scheme has no subgroup %(found)s. Known are %(known)s.")
NO_PART = gettext_noop("The scheme has no part %(found)s. Known are %(known)s.")
PART_SUM = gettext_noop(
    "The sections of part %(part)s give %(added)s = %(total)s points, but the part gives "
    "%(wanted)s. Correct the points of a section."
)
NO_SECTION = gettext_noop("There is no section %(found)s. Known are %(known)s.")
SECTION_SUM = gettext_noop(
    "The criteria of section %(section)s give %(added)s = %(total)s points, but the section "
    "gives %(wanted)s. Correct the points of a criterion."
)
NO_CRITERION = gettext_noop("There is no criterion %(found)s for this option to belong to.")
HIGHEST = gettext_noop(
    "The best option of criterion %(code)s gives %(highest)s points, but its most is %(wanted)s. "
    "Make the two equal."
)
OPTION_TWICE = gettext_noop("Line %(line)s has an option of the same points and words.")
ENGLISH_MISSING = gettext_noop("%(other)s stands alone. Write %(key)s beside it, in English.")
NOT_PARALLEL = gettext_noop(
    "There are %(found)s texts here and %(wanted)s in English. Write them one for one."
)
CONDITION_UNKNOWN = gettext_noop(
    "%(code)s is asked only if %(found)s has points, but no criterion %(found)s stands before it."
)
CONDITION_POINTS = gettext_noop(
    "At least %(found)s points are asked of %(code)s, which gives 1 to %(highest)s."
)
