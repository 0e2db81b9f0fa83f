"""What the shipped rulebooks hold, as a page of the documentation."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils import translation

from originmark.mark.schemes import shipped
from originmark.mark.schemes.rulebook_kinds import criteria
from originmark.mark.schemes.rulebook_text import RulebookFile, Table, read
from originmark.mark.schemes.rulebook_words import table_label
from originmark.mark.schemes.star_values import ProductSet

PASSED_OVER: Final = {"rulebook", "scheme", "use", "procedure", "to_fill_in", "source"}


def page(written: str) -> str:
    """Return the page in Markdown; ``written`` says who wrote it."""
    files = [(path.stem, _file(path)) for path in shipped.rulebooks()]
    lines = [
        "# Shipped rulebooks",
        written,
        "",
        "`originmark rulebook load --shipped` loads them. Each holds what a named source says and",
        "nothing else; what no text gives, the office fills in by a version of its own. How they",
        "are written: see [the format](rulebook-format.md).",
        "",
        "| rulebook | in force | what it contains | legal basis | what the office fills in |",
        "|---|---|---|---|---|",
        *(_row(name, file) for name, file in files),
        "",
        *_product_sets(),
    ]
    for name, file in files:
        lines += ["", *_section(name, file)]
    return "\n".join(lines) + "\n"


def _file(path: Path) -> RulebookFile:
    file, findings = read(path.read_text(encoding="utf-8"))
    if file is None:
        raise ValueError(f"{path.name} does not read: {findings}")
    return file


def _row(name: str, file: RulebookFile) -> str:
    head = file.head
    return _cells(
        f"[{head['title']}](#{name}): `{head['code']}` version {head['version']}",
        f"{head['valid_from']} – {head.get('valid_until') or '…'}",
        _contents(file),
        "; ".join(head["legal_basis"]),
        ", ".join(each["key"] for each in file.all("to_fill_in")),
    )


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _contents(file: RulebookFile) -> str:
    """Return how many of each a rulebook holds, parts with their points."""
    with translation.override("en"):
        return ", ".join(
            f"{table_label(name).lower()} {_figures(name, tables)}".rstrip()
            for name, tables in file.tables.items()
            if name not in PASSED_OVER
        )


def _figures(name: str, tables: tuple[Table, ...]) -> str:
    if name == "part":
        return " + ".join(f"{each['code']} {each['max_points']}" for each in tables)
    return str(len(tables)) if tables[0].number else ""


def _section(name: str, file: RulebookFile) -> Iterator[str]:
    yield from (f"## {name}", "", "The office fills in:", "")
    yield from (f"- **{each['key']}**: {each['what']}" for each in file.all("to_fill_in"))
    yield from ("", "Sources:", "")
    marks = [(each["text"], each["confidence"]) for each in file.all("source")]
    marks += [
        (each["source"], each["confidence"])
        for table in ("condition", "clause", "quota", "stage", "property")
        for each in file.all(table)
    ]
    marks += [(each["source"], "published") for each in file.all("deadline")]
    yield from (f"- {text} ({mark})" for text, mark in dict.fromkeys(marks))


def _product_sets() -> Iterator[str]:
    yield from ("## Product sets", "")
    paths = shipped.product_sets()
    if not paths:
        yield "None is shipped."
        return
    sets = [_set(path) for path in paths]
    yield "| product set | of | criteria | options | knock-outs | asked only if |"
    yield "|---|---|---|---|---|---|"
    yield from map(_set_row, sets)
    yield from ("", "Sources:", "")
    for source in dict.fromkeys(each.source for each in sets):
        codes = ", ".join(f"`{each.code}`" for each in sets if each.source == source)
        yield f"- {codes}: {source}"


def _set(path: Path) -> ProductSet:
    file, findings = criteria.read_set(path.read_text(encoding="utf-8"), shipped.including)
    if file is None or findings:
        raise ValueError(f"{path.name} does not read: {findings}")
    return criteria.product_set(file)


def _set_row(found: ProductSet) -> str:
    asked = found.criteria()
    return _cells(
        f"{found.name.english} (`{found.code}`)",
        f"`{found.scheme_code}` version {found.scheme_version}",
        str(len(asked)),
        str(sum(len(each.options) for each in asked)),
        str(sum(each.knock_out is not None for each in asked)),
        str(sum(each.only_if is not None for each in asked)),
    )
