"""Loading the rulebooks that come with the program, and taking one as a beginning."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from originmark.mark.schemes import rules, shipped
from originmark.mark.schemes.models import CriteriaSet, Rulebook
from originmark.mark.schemes.rulebook_kinds.criteria import read_set
from originmark.mark.schemes.rulebook_text import read
from originmark.mark.schemes.services.criteria import load_criteria
from originmark.mark.schemes.services.rulebooks import load_rulebook
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@dataclass(frozen=True, slots=True)
class ShippedReport:
    """What became of the shipped files, each named by its code and version."""

    loaded: tuple[str, ...] = ()
    here_already: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    """Each with the findings that kept it out."""


def load_shipped(*, by: Actor, now: datetime) -> ShippedReport:
    """Load whatever comes with the program and is not loaded yet; each file by itself.

    A version that is loaded already is left as it is, also where its text differs: an office may
    have loaded its own.
    """
    access.require(by, "schemes.load_rulebook")
    loaded, here, refused = list[str](), list[str](), list[str]()
    for path in [*shipped.rulebooks(), *shipped.product_sets()]:
        text = path.read_text(encoding="utf-8")
        name, is_here = _known(text)
        if is_here:
            here.append(name)
            continue
        try:
            _load(text, by=by, now=now)
        except rules.RulebookDoesNotAddUp as refusal:
            refused.append(f"{name}: {' '.join(refusal.findings)}")
        else:
            loaded.append(name)
    return ShippedReport(tuple(loaded), tuple(here), tuple(refused))


def beginning(row: Rulebook, *, brand: str = "", newest: int = 0) -> str:
    """Return the text of a rulebook as the beginning of another version of it.

    With a brand it becomes the first version of that brand's own rules instead.
    """
    if brand:
        code = f"{brand}-{row.code}"[:60]
        own = {"code": f'"{code}"', "version": "1", "supersedes": None, "brand": f'"{brand}"'}
        return with_head(row.text, own)
    latest = max(newest, row.version)
    return with_head(row.text, {"version": str(latest + 1), "supersedes": str(latest)})


def with_head(text: str, changes: dict[str, str | None]) -> str:
    r"""Return a rulebook with other keys in its head; a None takes a key out.

    >>> print(with_head('[rulebook]\\ncode = "a"\\n\\n[use]\\n', {"version": "2"}))
    [rulebook]
    version = 2
    code = "a"
    <BLANKLINE>
    [use]
    <BLANKLINE>
    """
    before, mark, rest = text.partition("[rulebook]\n")
    head, gap, after = rest.partition("\n\n")
    lines = [
        line
        for line in head.splitlines()
        if not any(re.match(rf"{key}\s*=", line) for key in changes)
    ]
    new = [f"{key} = {value}" for key, value in changes.items() if value is not None]
    return before + mark + "\n".join([*new, *lines]) + gap + after


def _known(text: str) -> tuple[str, bool]:
    """Return what a shipped file is called, and whether it is loaded."""
    if (file := read(text)[0]) is not None:
        code, version = file.head["code"], file.head["version"]
        return f"{code} v{version}", Rulebook.objects.filter(code=code, version=version).exists()
    criteria = read_set(text)[0]
    if criteria is None:
        raise ValueError("a shipped file is neither a rulebook nor a product set")
    head = criteria.head
    rows = CriteriaSet.objects.filter(rulebook__code=head["scheme"], code=head["code"])
    is_here = rows.filter(rulebook__version=head["version"]).exists()
    return f"{head['scheme']} v{head['version']} {head['code']}", is_here


@transaction.atomic
def _load(text: str, *, by: Actor, now: datetime) -> None:
    if read(text)[0] is not None:
        load_rulebook(text, by=by, now=now)
    else:
        load_criteria(text, by=by, now=now, including=shipped.including)
