"""Questions about applications for a new geographical indication."""

from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.refusals import RuleViolation
from originmark.mark.schemes import gi_rules as rules
from originmark.mark.schemes.gi_models import GiApplication, GiOpposition
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

PARTS: Final = {
    "description": _("description of the product"),
    "area": _("area"),
    "proof_of_origin": _("proof of origin"),
    "method": _("method of production"),
    "link": _("link with the place"),
    "labelling": _("labelling"),
    "control_body": _("control body"),
}


def gi_applications(by: Actor) -> QuerySet[GiApplication]:
    """Return the applications that the actor may read: all for the office, else one's own."""
    rows = GiApplication.objects.select_related("organisation", "right")
    return access.visible(by, rows).order_by("-created_at", "-pk")


def gi_application(number: str, by: Actor) -> GiApplication:
    """Return one application that the actor may read; raises UnknownGiApplication."""
    row = gi_applications(by).filter(number=number).first()
    if row is None:
        raise rules.UnknownGiApplication(number=number)
    return row


def published_gi(number: str) -> GiApplication:
    """Return an application that everybody may read now; raises UnknownGiApplication."""
    rows = GiApplication.objects.select_related("organisation")
    row = rows.filter(number=number, stage=rules.PUBLISHED).first()
    if row is None:
        raise rules.UnknownGiApplication(number=number)
    return row


def gi_parts(row: GiApplication) -> list[tuple[str, str]]:
    """Return the parts of the specification with their names, in the reader's language."""
    return [(str(label), getattr(row, field)) for field, label in PARTS.items()]


def gi_gaps(row: GiApplication) -> list[RuleViolation]:
    """Return what an application lacks before it can be submitted. One query."""
    links = [
        rules.Link(each.characteristic, each.factor, each.evidence) for each in row.links.all()
    ]
    return rules.gaps(dict(gi_parts(row)), links)


def gi_opposition(opposition_id: int, by: Actor) -> GiOpposition:
    """Return an opposition to an application that the actor may read; or UnknownOpposition."""
    rows = GiOpposition.objects.select_related("application__organisation")
    seen = access.visible(by, rows, "application__organisation")
    row = seen.filter(pk=opposition_id).first()
    if row is None:
        raise rules.UnknownOpposition(opposition=opposition_id)
    return row
