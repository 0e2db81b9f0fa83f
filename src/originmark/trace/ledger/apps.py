from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "originmark.trace.ledger"
    label = "ledger"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        """Say who may capture and who may ask; offer the pages and the search."""
        from originmark.frame.web import sockets as web
        from originmark.origin.parties import access
        from originmark.trace.ledger import panels

        access.register("ledger.capture", access.is_recorder | access.is_officer)
        access.register("ledger.query", access.is_member | access.is_inspector)
        web.register_nav(
            web.NavItem(
                _("Events"),
                "ledger:events",
                "history",
                order=40,
                permission="ledger.query",
                section=_("Trace"),
            )
        )
        web.register_search("events", panels.find)
