"""Questions about applications and findings."""

from django.db.models import QuerySet

from originmark.mark.licensing import application_refusals as refusals
from originmark.mark.licensing import application_rules as rules
from originmark.mark.licensing.models import Application, NonConformity
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


def applications(by: Actor) -> QuerySet[Application]:
    """Return the applications that the actor may read: all for the office, else one's own."""
    rows = Application.objects.select_related("organisation", "brand", "licence")
    return access.visible(by, rows).order_by("-applied_at", "-pk")


def application(number: str, by: Actor) -> Application:
    """Return one application that the actor may read; raises UnknownApplication."""
    row = applications(by).filter(number=number).first()
    if row is None:
        raise refusals.UnknownApplication(number=number)
    return row


def waiting(by: Actor) -> QuerySet[Application]:
    """Return what waits for the actor: for the office to decide, for a producer to answer."""
    state = rules.SUBMITTED if access.allows(by, "licensing.grant") else rules.MORE_WANTED
    return applications(by).filter(state=state).order_by("applied_at", "pk")


def findings(by: Actor) -> QuerySet[NonConformity]:
    """Return the findings that the actor may read: all for the office, else about oneself."""
    rows = NonConformity.objects.select_related("organisation", "brand")
    return access.visible(by, rows).order_by("closed_on", "-found_on", "-pk")


def finding(finding_id: int, by: Actor) -> NonConformity:
    """Return one finding that the actor may read; raises UnknownFinding."""
    row = findings(by).filter(pk=finding_id).first()
    if row is None:
        raise refusals.UnknownFinding(finding=str(finding_id))
    return row
