"""What credentials plug into, called once by ``apps.py``."""

from auditlog.registry import auditlog
from django.utils.translation import gettext_lazy as _

from originmark.frame.jobs import sockets as jobs
from originmark.frame.web import sockets as web
from originmark.mark.passport.credentials import attested, lapses, models, stars
from originmark.origin.parties import access


def plug_in() -> None:
    """Say who may do what, keep a history, watch for what lapses."""
    access.register("credentials.read", access.is_member | access.is_inspector)
    access.register("credentials.revoke", access.is_officer)
    auditlog.register(models.CredentialKey)
    auditlog.register(models.Credential, exclude_fields=["token"])
    item = web.NavItem(
        _("Credentials"),
        "passport:credentials",
        "shield-check",
        16,
        "credentials.read",
        _("Labels"),
    )
    web.register_nav(item)
    attested.register_attested(stars.attested)
    lapses.register_ground(stars.KIND, stars.lapsed, reason=stars.REASON)
    jobs.register_task(lapses.TASK, lapses.run_task)
    jobs.register_schedule("Revoke lapsed credentials", lapses.TASK, every=lapses.EVERY)
