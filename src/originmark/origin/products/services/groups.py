"""Record the tree of product groups."""

from django.db import transaction

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.products.models import ProductGroup
from originmark.origin.products.rules import CODE, CodeRefused, CodeTaken, UnknownGroup


@transaction.atomic
def record_group(
    code: str, name: str, *, by: Actor, parent: str = "", names: dict[str, str] | None = None
) -> ProductGroup:
    """Add a group, or rename and move it when it is there.

    Raises CodeRefused, UnknownGroup (no such parent) or CodeTaken (its parent lies inside it).
    """
    access.require(by, "products.catalogue")
    if CODE.fullmatch(code) is None:
        raise CodeRefused(found=code)
    above = group_of(parent)
    group = ProductGroup.objects.filter(code=code).first() or ProductGroup(code=code)
    if _lies_inside(above, code):
        raise CodeTaken(taken=code)
    group.name, group.names, group.parent = name, names or {}, above
    group.save()
    return group


def group_of(code: str) -> ProductGroup | None:
    """Return a group by its code, None for no code; raises UnknownGroup."""
    if not code:
        return None
    group = ProductGroup.objects.filter(code=code).first()
    if group is None:
        raise UnknownGroup(group=code)
    return group


def _lies_inside(group: ProductGroup | None, code: str) -> bool:
    while group is not None:
        if group.code == code:
            return True
        group = group.parent
    return False
