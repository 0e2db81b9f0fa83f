"""How people get here: navigation and the search over everything."""

from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.sockets import Hit, NavItem
from originmark.mark.schemes import gi_selectors, selectors
from originmark.mark.schemes.countries import country_names
from originmark.mark.schemes.drafts import folded

NAVIGATION: Final = (
    NavItem(_("Brands"), "schemes:brand_list", "rosette", order=60, section=_("Mark")),
    NavItem(_("Rights"), "schemes:right_list", "shield-check", order=61, section=_("Mark")),
    NavItem(_("Rulebooks"), "schemes:rulebook_list", "book", order=62, section=_("Mark")),
    NavItem(
        _("GI applications"), "schemes:gi_list", "file-certificate", order=63, section=_("Mark")
    ),
    NavItem(_("Brand plans"), "schemes:plan_list", "list-check", order=63, section=_("Mark")),
)
HITS: Final = 5


def find(_actor: Any, query: str) -> list[Hit]:
    """Return brands, rights and rulebooks by name, code or number. Three queries."""
    brands = selectors.brands().filter(Q(name__icontains=query) | Q(code__icontains=query))
    rights = selectors.rights().filter(
        Q(folded_name__contains=folded(query)) | Q(number__istartswith=query)
    )
    rulebooks = selectors.rulebooks().filter(Q(title__icontains=query) | Q(code__iexact=query))
    return [
        *(
            Hit(row.name, row.owner.name, reverse("schemes:brand", args=[row.code]), "rosette")
            for row in brands[:HITS]
        ),
        *(
            Hit(
                row.name,
                f"{row.number} · {country_names(row.country)}",
                reverse("schemes:right", args=[row.pk]),
                "shield-check",
            )
            for row in rights[:HITS]
        ),
        *(
            Hit(
                row.title,
                str(row),
                reverse("schemes:rulebook_version", args=[row.code, row.version]),
                "book",
            )
            for row in rulebooks[:HITS]
        ),
    ]


def find_gi(actor: Any, query: str) -> list[Hit]:
    """Return applications for a geographical indication by name or number. One query."""
    rows = gi_selectors.gi_applications(actor).filter(
        Q(name__icontains=query) | Q(number__istartswith=query)
    )
    return [
        Hit(
            row.name,
            f"{row.number} · {gi_selectors.stage_name(row)}",
            reverse("schemes:gi", args=[row.number]),
            "file-certificate",
        )
        for row in rows[:HITS]
    ]
