"""Questions about credentials."""

from django.db.models import QuerySet

from originmark.mark.passport.credentials.models import Credential
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


def credentials(by: Actor) -> QuerySet[Credential]:
    """Return the credentials about organisations that the actor may read, newest first."""
    return access.visible(by, Credential.objects.select_related("organisation")).order_by("-pk")
