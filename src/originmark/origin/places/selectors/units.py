"""Which unit is meant, what it is called today, what lies under it."""

from datetime import date

from django.db.models import Case, F, Q, QuerySet, Value, When

from originmark.origin.places import rules
from originmark.origin.places.models import AdministrativeUnit

Units = QuerySet[AdministrativeUnit]
_RANKS = {"province": 0, "prefecture": 1, "county": 2, "district": 2, "commune": 3}


def unit(key: str) -> AdministrativeUnit:
    """Return the unit with this key; raises UnknownPlace."""
    found = AdministrativeUnit.objects.filter(key=key).select_related("parent__parent").first()
    if found is None:
        raise rules.UnknownPlace(place=key)
    return found


def unit_by_id(unit_id: int) -> AdministrativeUnit:
    """Return the unit of a row in another room."""
    return AdministrativeUnit.objects.select_related("parent__parent").get(pk=unit_id)


def in_force(rows: Units, on: date) -> Units:
    """Return the units that were there on a day."""
    began = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    lasts = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return rows.filter(began & lasts)


def search_units(
    query: str, *, scheme: str = "", on: date | None = None, most: int = 20
) -> list[AdministrativeUnit]:
    """Return units whose name, other spelling or code matches, the likeliest first.

    Diacritics, case and đ do not matter: ``ba che`` finds Huyện Ba Chẽ. With ``on`` only units
    of that day are found; without, dissolved ones follow those in force. Two queries at most.
    """
    words = rules.fold(query)
    if not words:
        return []
    rows = AdministrativeUnit.objects.select_related("parent__parent")
    rows = rows.filter(scheme=scheme) if scheme else rows
    rows = in_force(rows, on) if on else rows
    matches = Q(folded__contains=words) | Q(aliases__folded__contains=words) | Q(code=query.strip())
    nearness = Case(
        When(Q(folded=words) | Q(code=query.strip()) | Q(aliases__folded=words), then=Value(0)),
        When(Q(folded__endswith=f" {words}") | Q(folded__startswith=words), then=Value(1)),
        default=Value(2),
    )
    ended = Case(When(valid_until__isnull=True, then=Value(0)), default=Value(1))
    rank = Case(
        *(When(level=level, then=Value(rank)) for level, rank in _RANKS.items()), default=Value(9)
    )
    found = rows.filter(matches).order_by(nearness, ended, rank, "name", "pk")
    # An alias may join a unit twice; keep the first of each.
    return list({each.pk: each for each in found[: most * 3]}.values())[:most]


def units_under(parent: AdministrativeUnit | None, *, scheme: str, on: date | None = None) -> Units:
    """Return the units right below one (or the provinces of a country), by code."""
    rows = AdministrativeUnit.objects.filter(parent=parent, scheme=scheme)
    rows = in_force(rows, on) if on else rows
    return rows.order_by(F("valid_until").asc(nulls_first=True), "code", "pk")


def lineage(unit: AdministrativeUnit) -> list[AdministrativeUnit]:
    """Return the unit and all above it, the widest first."""
    line = [unit]
    while line[0].parent is not None:
        line.insert(0, line[0].parent)
    return line


def full_name(unit: AdministrativeUnit) -> str:
    """Return the unit's name with those above it: ``Huyện Ba Chẽ, Tỉnh Quảng Ninh``."""
    return ", ".join(each.name for each in reversed(lineage(unit)))


def todays_units(unit: AdministrativeUnit, on: date) -> list[AdministrativeUnit]:
    """Return what a unit has become by a day: itself, its successors, or those of its parts.

    A district that was dissolved into communes is found through the communes it had. Two or
    three queries a generation, whatever the number of units.
    """
    found: dict[int, AdministrativeUnit] = {}
    seen: set[int] = set()
    frontier = [unit]
    while frontier:
        seen.update(each.pk for each in frontier)
        gone = []
        for each in frontier:
            if rules.in_force(each.valid_from, each.valid_until, on):
                found[each.pk] = each
            elif each.valid_until is not None and each.valid_until < on:
                gone.append(each.pk)
        frontier = [each for each in _heirs(gone) if each.pk not in seen]
    return sorted(found.values(), key=lambda each: (each.code, each.pk))


def todays_unit(unit: AdministrativeUnit, on: date) -> AdministrativeUnit | None:
    """Return the one unit that holds, on a day, all that a unit once was.

    Where a unit was divided that is the unit above its successors: a district dissolved in 2025
    is found again as its province.
    """
    heirs = todays_units(unit, on)
    if not heirs:
        return todays_unit(unit.parent, on) if unit.parent else None
    shared = lineage(heirs[0])
    for heir in heirs[1:]:
        ids = {each.pk for each in lineage(heir)}
        shared = [each for each in shared if each.pk in ids]
    return shared[-1] if shared else None


def _heirs(gone: list[int]) -> list[AdministrativeUnit]:
    """Return the successors of units; for one without any, the units that it was made of."""
    if not gone:
        return []
    rows = AdministrativeUnit.objects.select_related("parent__parent")
    heirs = list(rows.filter(came_from__old__in=gone).distinct())
    with_heirs = set(
        AdministrativeUnit.objects.filter(pk__in=gone, became__isnull=False).values_list(
            "pk", flat=True
        )
    )
    barren = [pk for pk in gone if pk not in with_heirs]
    return heirs + list(rows.filter(parent__in=barren))
