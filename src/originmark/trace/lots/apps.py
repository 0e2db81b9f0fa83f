from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LotsConfig(AppConfig):
    name = "originmark.trace.lots"
    label = "lots"
    verbose_name = _("Lots")

    def ready(self) -> None:
        """Say who records lots, listen to the ledger, and stand in navigation and search."""
        from originmark.frame.web import sockets as web
        from originmark.origin.parties import access
        from originmark.trace.ledger import sockets as ledger
        from originmark.trace.lots.effects import apply_events
        from originmark.trace.lots.front import find_lots, home_card

        access.register("lots.record", access.is_recorder | access.is_officer)
        access.register("lots.read", access.is_member | access.is_inspector)
        ledger.register_batch_listener(apply_events)
        web.register_nav(
            web.NavItem(_("Field book"), "lots:floor", "notebook", 10, "lots.record", _("Trace"))
        )
        web.register_nav(
            web.NavItem(_("Lots"), "lots:lots", "packages", 12, "lots.read", _("Trace"))
        )
        web.register_nav(
            web.NavItem(_("Seasons"), "lots:seasons", "wheat", 40, "lots.read", _("Trace"))
        )
        web.register_search("lots", find_lots)
        web.register_home_card(home_card)
