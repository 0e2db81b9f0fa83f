"""An office's own table of points, row by row, as the text of product sets. Pure.

A cell that is left empty says the same as the row above, so that a table need not repeat itself;
a row with an option and no criterion adds the option to the criterion above.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

SET_KEYS: Final = ("scheme", "version", "set", "set_name", "set_name_vi", "subgroups", "source")
SECTION_KEYS: Final = ("part", "section", "section_name", "section_name_vi", "section_points")
CRITERION_KEYS: Final = (
    "criterion", "name", "name_vi", "criterion_points", "note", "note_vi", "knock_out",
    "knock_out_vi", "only_if", "evidence", "evidence_vi",
)  # fmt: skip
OPTION_KEYS: Final = ("points", "option", "option_vi")
COLUMNS: Final = (*SET_KEYS, *SECTION_KEYS, *CRITERION_KEYS, *OPTION_KEYS)
COLUMN_OF: Final = {
    "product_set": {"code": "set", "name": "set_name", "name_vi": "set_name_vi"},
    "section": {
        "code": "section",
        "name": "section_name",
        "name_vi": "section_name_vi",
        "max_points": "section_points",
    },
    "criterion": {"code": "criterion", "max_points": "criterion_points"},
    "option": {"text": "option", "text_vi": "option_vi"},
}
"""Where a table's key stands under another name among the columns."""
_CONDITION = re.compile(r"\s*(\S+?)\s*(?:>=|≥|:)\s*(\d{1,4})\s*")


@dataclass(slots=True)
class SetText:
    """The text of one product set, and from which row and column each of its lines came."""

    first_row: int
    lines: list[str] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text in TOML."""
        return "\n".join(self.lines) + "\n"

    def place(self, line: int) -> tuple[int, str]:
        """Return the row and the column from which a line of the text came."""
        return self.places[line - 1] if 0 < line <= len(self.places) else (self.first_row, "")

    def add(self, line: str, row: int, column: str = "") -> None:
        """Write a line and remember where it came from."""
        self.lines.append(line)
        self.places.append((row, column))


def set_texts(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> list[SetText]:
    """Return the text of each product set that the rows describe, in their order."""
    texts: list[SetText] = []
    now: dict[str, Any] = {}
    for number, cells in rows:
        given = {key: cells.get(key) or "" for key in COLUMNS}
        given["points"] = cells.get("points", "")
        is_new = {
            "set": _differs(given, now, "set"),
            "section": _differs(given, now, "section"),
            "criterion": _differs(given, now, "criterion"),
        }
        if is_new["set"] or not texts:
            texts.append(SetText(number))
            now = dict(given)
            is_new = {"set": True, "section": True, "criterion": True}
        _write(texts[-1], number, given, now, is_new)
    return texts


def _differs(given: Mapping[str, Any], now: Mapping[str, Any], key: str) -> bool:
    return bool(given[key]) and given[key] != now.get(key)


def _write(
    text: SetText, row: int, given: dict[str, Any], now: dict[str, Any], is_new: dict[str, bool]
) -> None:
    """Write what a row adds: the set, a section, a criterion, an option, whichever is new."""
    if is_new["set"]:
        _table(text, row, "product_set", _set(given))
    if is_new["section"]:
        now.update({key: given[key] or now.get(key, "") for key in ("part", "section")})
        _table(text, row, "section", _section({**given, "part": now["part"]}))
    if is_new["criterion"]:
        now["criterion"] = given["criterion"]
        _table(text, row, "criterion", _criterion(given, now["section"]))
    if given["option"] or given["points"] != "":
        option = {
            "criterion": now.get("criterion", ""),
            "points": given["points"],
            "text": given["option"],
            "text_vi": given["option_vi"],
        }
        _table(text, row, "option", option)


def _set(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "scheme": given["scheme"],
        "version": given["version"],
        "code": given["set"],
        "name": given["set_name"],
        "name_vi": given["set_name_vi"],
        "subgroups": _list(given["subgroups"]),
        "source": given["source"],
    }


def _section(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": given["section"],
        "part": given["part"],
        "name": given["section_name"],
        "name_vi": given["section_name_vi"],
        "max_points": given["section_points"],
    }


def _criterion(given: Mapping[str, Any], section: str) -> dict[str, Any]:
    return {
        "section": section,
        "code": given["criterion"],
        "name": given["name"],
        "name_vi": given["name_vi"],
        "max_points": given["criterion_points"],
        "note": given["note"],
        "note_vi": given["note_vi"],
        "knock_out": given["knock_out"],
        "knock_out_vi": given["knock_out_vi"],
        "only_if": condition(given["only_if"]),
        "evidence": _list(given["evidence"]),
        "evidence_vi": _list(given["evidence_vi"]),
    }


def _list(cell: str) -> list[str]:
    return [each.strip() for each in str(cell).split(";") if each.strip()]


def condition(cell: str) -> list[Any] | str:
    """Return a condition as criterion and least points, or the cell where it is none.

    >>> condition("5.1 >= 1")
    ['5.1', 1]
    """
    found = _CONDITION.fullmatch(str(cell))
    return [found.group(1), int(found.group(2))] if found else cell


def column_of(where: str, key: str) -> str:
    """Return the column of a key of a table, as a finding names both; empty for a whole table.

    >>> column_of("[[section]] 1 max_points", "max_points")
    'section_points'
    """
    name = where.partition("]")[0].lstrip("[")
    if key not in {*COLUMNS, "code", "text", "text_vi", "max_points"}:
        return ""
    return COLUMN_OF.get(name, {}).get(key, key)


def _table(text: SetText, row: int, name: str, values: Mapping[str, Any]) -> None:
    is_single = name == "product_set"
    text.add(f"[{name}]" if is_single else f"[[{name}]]", row)
    columns = COLUMN_OF[name]
    for key, value in _said(values):
        text.add(f"{key} = {_toml(value)}", row, columns.get(key, key))


def _said(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys that a row says something about; points may be 0."""
    return ((key, value) for key, value in values.items() if value not in ("", [], None))


def _toml(value: Any) -> str:
    """Return a value as TOML writes it, which for texts and lists is as JSON does."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
