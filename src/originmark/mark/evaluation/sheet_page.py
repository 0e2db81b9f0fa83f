"""How a sheet stands on a page: its lines with their answers, and what a form of it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from originmark.mark.evaluation import scoring
from originmark.mark.schemes.star_values import Criterion, ProductSet


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a line."""

    number: int
    points: int
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as a page shows it. ``own`` is what the applicant says, as text."""

    place: int
    code: str
    name: str
    max_points: int
    note: str
    knock_out: str
    condition: str
    is_asked: bool
    evidence: tuple[str, ...]
    choices: tuple[Choice, ...]
    said: Mapping[str, str]
    own: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one section."""

    code: str
    part: str
    name: str
    lines: tuple[Line, ...]


def blocks(
    asked: ProductSet,
    chosen: Mapping[str, int],
    *,
    language: str,
    said: Mapping[str, Mapping[str, str]] | None = None,
    own: Mapping[str, str] | None = None,
) -> list[Block]:
    """Return the whole sheet. ``said`` has further words by criterion (remark, knock_out …)."""
    said, own = said or {}, own or {}
    open_lines = set(scoring.points_given(asked, chosen))
    places = {line.code: place for place, line in enumerate(asked.criteria())}
    return [
        Block(
            section.code,
            section.part,
            section.name.in_language(language),
            tuple(
                _line(
                    line,
                    places[line.code],
                    chosen.get(line.code),
                    is_asked=line.code in open_lines,
                    language=language,
                    said=said.get(line.code, {}),
                    own=own.get(line.code, ""),
                )
                for line in section.criteria
            ),
        )
        for section in asked.sections
    ]


def _line(
    line: Criterion,
    place: int,
    chosen: int | None,
    *,
    is_asked: bool,
    language: str,
    said: Mapping[str, str],
    own: str,
) -> Line:
    return Line(
        place=place,
        code=line.code,
        name=line.name.in_language(language),
        max_points=line.max_points,
        note=line.note.in_language(language) if line.note else "",
        knock_out=line.knock_out.in_language(language) if line.knock_out else "",
        condition=_condition(line),
        is_asked=is_asked,
        evidence=tuple(each.in_language(language) for each in line.evidence),
        choices=tuple(
            Choice(number, option.points, option.text.in_language(language), number == chosen)
            for number, option in enumerate(line.options, start=1)
        ),
        said=said,
        own=own,
    )


def _condition(line: Criterion) -> str:
    if line.only_if is None:
        return ""
    words = {"criterion": line.only_if[0], "points": line.only_if[1]}
    return _("Asked only where %(criterion)s gets at least %(points)s points.") % words


def options_in(asked: ProductSet, sent: QueryDict) -> dict[str, int]:
    """Return the answers that a form sent; whatever is no number is left as -1, to be refused."""
    found = {}
    for line in asked.criteria():
        value = sent.get(f"option-{line.code}")
        if value is not None:
            is_number = value.isascii() and value.isdigit() and len(value) < 4
            found[line.code] = int(value) if is_number else -1
    return found


def words_in(asked: ProductSet, sent: QueryDict, name: str, most: int) -> dict[str, str]:
    """Return the words that a form sent under ``name`` for each criterion."""
    return {
        line.code: str(sent[f"{name}-{line.code}"]).replace("\x00", "")[:most]
        for line in asked.criteria()
        if f"{name}-{line.code}" in sent
    }


def knock_outs_in(asked: ProductSet, sent: QueryDict) -> dict[str, str]:
    """Return the knock-outs that a form sent: the reason, or "" where none is marked."""
    reasons = words_in(asked, sent, "reason", 500)
    return {
        code: (reason.strip() or _("no reason given")) if f"knock-{code}" in sent else ""
        for code, reason in reasons.items()
    }


def part_names(asked: ProductSet, total: scoring.Total, parts: Any, language: str) -> list[Any]:
    """Return name, points and most points of each part, for the bar."""
    by_code = {part.code: part for part in parts}
    maxima: dict[str, int] = {}
    for section in asked.sections:
        maxima[section.part] = maxima.get(section.part, 0) + section.max_points
    return [
        (f"{code} {by_code[code].name.in_language(language)}", points, maxima[code])
        for code, points in total.by_part
    ]
