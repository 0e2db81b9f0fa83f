"""Letters that this room sends, as background work."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from originmark.frame.jobs.sockets import Progress
from originmark.origin.parties import services
from originmark.origin.parties.models import Invitation


def send_invitation(payload: dict[str, Any], _progress: Progress) -> None:
    """Send the letter of an invitation, unless it is over by now."""
    invitation = (
        Invitation.objects.select_related("organisation", "invited_by")
        .filter(pk=payload["invitation_id"], accepted_at=None, withdrawn_at=None)
        .first()
    )
    if invitation is None:
        return
    link = reverse("parties:invitation", args=[services.invitation_token(invitation)])
    context = {"invitation": invitation, "link": f"{settings.PUBLIC_URL}{link}"}
    with translation.override(invitation.language or settings.LANGUAGE_CODE):
        subject = render_to_string("parties/mail/invitation_subject.txt", context)
        text = render_to_string("parties/mail/invitation.txt", context)
    send_mail(" ".join(subject.split()), text, None, [invitation.email])
