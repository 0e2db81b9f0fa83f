"""What the resolver plugs into the rooms below and into its own room's sockets."""

from auditlog.registry import auditlog
from django.utils.translation import gettext_lazy as _

from originmark.frame.web import sockets as web
from originmark.mark.passport import sockets
from originmark.mark.passport.resolver import own_links
from originmark.mark.passport.resolver.models import Delegation, Link
from originmark.origin.parties import access


def plug_in() -> None:
    """Say who may do what, keep a history, show up in navigation; called from ``apps.py``."""
    access.register("passport.links", access.is_recorder | access.is_officer)
    access.register("passport.delegate", access.is_officer)
    auditlog.register(Link)
    auditlog.register(Delegation)
    sockets.register_links(own_links.find)
    web.register_nav(
        web.NavItem(_("Links"), "passport:links", "link", 18, "passport.links", _("Labels"))
    )
