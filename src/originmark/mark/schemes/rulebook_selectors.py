"""Questions about star schemes, their criteria and rules of use: rows in, values out.

A loaded text never changes, so each is read once a process.
"""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from originmark.mark.schemes import rules
from originmark.mark.schemes.gi_values import Procedure
from originmark.mark.schemes.models import CriteriaSet, Rulebook
from originmark.mark.schemes.rulebook_kinds import criteria, procedures, stars, uses
from originmark.mark.schemes.rulebook_text import RulebookFile, read
from originmark.mark.schemes.star_values import ProductSet, StarScheme, Words
from originmark.mark.schemes.use_values import UseRules


def star_scheme(code: str, version: int) -> StarScheme:
    """Return a version of a star scheme. One query; raises UnknownRulebook."""
    return scheme_of(_star_row(code, version))


def star_scheme_on(code: str, on: date) -> StarScheme | None:
    """Return the version in force on a day, the newest where two are. One query."""
    rows = _in_force(Rulebook.objects.filter(kind=Rulebook.Kind.STAR_SCHEME, code=code), on)
    row = rows.order_by("-version").first()
    return scheme_of(row) if row else None


def star_schemes() -> list[StarScheme]:
    """Return every version that is loaded, the newest of each scheme first. One query."""
    rows = Rulebook.objects.filter(kind=Rulebook.Kind.STAR_SCHEME).order_by("code", "-version")
    return [scheme_of(row) for row in rows]


def product_sets(code: str, version: int) -> list[tuple[str, Words]]:
    """Return code and name of the criteria that a version has, by name. One query."""
    rows = CriteriaSet.objects.filter(rulebook__code=code, rulebook__version=version)
    found = rows.order_by("name", "pk").values_list("code", "name", "names")
    return [(set_code, Words(name, tuple(names.items()))) for set_code, name, names in found]


def product_set(code: str, version: int, set_code: str) -> ProductSet:
    """Return the criteria of one kind of product. One query; raises UnknownProductSet."""
    return set_of(criteria_set(code, version, set_code))


def criteria_set(code: str, version: int, set_code: str) -> CriteriaSet:
    """Return the row of a product set. One query; raises UnknownProductSet."""
    rows = CriteriaSet.objects.select_related("rulebook").filter(code=set_code)
    row = rows.filter(rulebook__code=code, rulebook__version=version).first()
    if row is None:
        raise rules.UnknownProductSet(rulebook=f"{code} v{version}", product_set=set_code)
    return row


def use_rules(brand_code: str, on: date) -> UseRules | None:
    """Return the rules of use that the brand has on a day, the latest to begin. One query.

    None where it has none: a frame that names no brand rules nobody.
    """
    rows = Rulebook.objects.filter(kind=Rulebook.Kind.USE_RULES, brand__code=brand_code)
    row = _in_force(rows, on).order_by("-valid_from", "-pk").first()
    return use_rules_of(row) if row else None


def rulebook_codes() -> list[tuple[str, str]]:
    """Return the code of each rulebook, as choices. One query."""
    rows = Rulebook.objects.order_by("code").values_list("code", flat=True).distinct()
    return [(code, code) for code in rows]


def scheme_of(row: Rulebook) -> StarScheme:
    """Return the values of a loaded star scheme, its end as a later version left it."""
    return replace(_scheme(row.text), valid_until=row.valid_until)


def use_rules_of(row: Rulebook) -> UseRules:
    """Return the values of loaded rules of use, their end as a later version left it."""
    return replace(_use_rules(row.text), valid_until=row.valid_until)


def gi_procedure_of(row: Rulebook) -> Procedure:
    """Return the values of a loaded procedure, its end as a later version left it."""
    return replace(_procedure(row.text), valid_until=row.valid_until)


def gi_procedure_for(kind: str, country: str, on: date) -> Rulebook | None:
    """Return the procedure in force for a kind of right in a country. One query.

    One that names the country goes before one for any, fewer kinds of right before more, and
    the later to begin before the earlier.
    """
    rows = _in_force(Rulebook.objects.filter(kind=Rulebook.Kind.GI_PROCEDURE), on)
    fitting = [row for row in rows if _procedure(row.text).fits(kind, country)]

    def closeness(row: Rulebook) -> tuple[bool, int, int, int]:
        found = _procedure(row.text)
        return (not found.countries, len(found.rights), -row.valid_from.toordinal(), -row.pk)

    return min(fitting, key=closeness, default=None)


def set_of(row: CriteriaSet) -> ProductSet:
    """Return the values of a loaded product set."""
    return _set(row.text)


def file_of(row: Rulebook) -> RulebookFile:
    """Return the tables of a loaded rulebook."""
    return _file(row.text)


def _star_row(code: str, version: int) -> Rulebook:
    rows = Rulebook.objects.filter(kind=Rulebook.Kind.STAR_SCHEME, code=code, version=version)
    row = rows.first()
    if row is None:
        raise rules.UnknownRulebook(rulebook=f"{code} v{version}")
    return row


def _in_force(rows: QuerySet[Rulebook], on: date) -> QuerySet[Rulebook]:
    return rows.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gte=on))


@lru_cache(maxsize=64)
def _file(text: str) -> RulebookFile:
    file, findings = read(text)
    if file is None:
        raise ValueError(f"a loaded rulebook cannot be read: {findings}")
    return file


@lru_cache(maxsize=64)
def _scheme(text: str) -> StarScheme:
    return stars.scheme(_file(text))


@lru_cache(maxsize=64)
def _use_rules(text: str) -> UseRules:
    return uses.use_rules(_file(text))


@lru_cache(maxsize=64)
def _procedure(text: str) -> Procedure:
    return procedures.procedure(_file(text))


@lru_cache(maxsize=256)
def _set(text: str) -> ProductSet:
    file, findings = criteria.read_set(text)
    if file is None:
        raise ValueError(f"a loaded product set cannot be read: {findings}")
    return criteria.product_set(file)
