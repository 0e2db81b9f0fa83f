"""The one place where this room asks for rulebooks."""

from typing import Protocol

from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.star_values import Level, ProductSet, Proof, StarScheme


class UnderScheme(Protocol):
    """Whatever was made under a version of a scheme: rounds and dossiers."""

    scheme_code: str
    scheme_version: int


class WithSet(UnderScheme, Protocol):
    """Whatever is judged by the criteria of a product set."""

    set_code: str


def scheme_of(row: UnderScheme) -> StarScheme:
    """Return the version of the scheme under which a row was made."""
    return schemes.star_scheme(row.scheme_code, row.scheme_version)


def set_of(row: WithSet) -> ProductSet:
    """Return the criteria by which a dossier is judged."""
    return schemes.product_set(row.scheme_code, row.scheme_version, row.set_code)


def checking_level(scheme: StarScheme, level_code: str) -> Level | None:
    """Return the level below that only checks, if the version has one."""
    for level in scheme.levels:
        if level.code == level_code:
            return None
        if not has_council(level):
            return level
    return None


def has_council(level: Level) -> bool:
    """Return whether a level scores: it recognises stars, or passes on from so many points.

    A commune under Decision 1489 does neither: it only checks. A district under Decision 1048
    recognised nothing, but its council scored and passed on.
    """
    return bool(level.recognises) or level.passes_on_from is not None


def level_below(scheme: StarScheme, level_code: str) -> Level | None:
    """Return the nearest level below that recognises stars."""
    codes = [level.code for level in scheme.levels]
    below = scheme.levels[: codes.index(level_code)]
    return next((level for level in reversed(below) if level.recognises), None)


def mandatory_proofs(scheme: StarScheme, group_code: str) -> tuple[Proof, ...]:
    """Return the proofs without which a dossier of a group is not complete."""
    return tuple(
        proof
        for proof in scheme.proofs
        if proof.is_mandatory and group_code not in proof.except_groups
    )


def group_of(scheme: StarScheme, subgroup_code: str) -> str:
    """Return the group that has a subgroup; a group's own code stands for itself."""
    for group in scheme.groups:
        if subgroup_code == group.code or subgroup_code in {each.code for each in group.subgroups}:
            return group.code
    return ""
