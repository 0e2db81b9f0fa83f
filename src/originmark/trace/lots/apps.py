from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LotsConfig(AppConfig):
    name = "originmark.trace.lots"
    label = "lots"
    verbose_name = _("Lots")

    def ready(self) -> None:
        """Say who records lots, and listen to the ledger."""
        from originmark.origin.parties import access
        from originmark.trace.ledger import sockets as ledger
        from originmark.trace.lots.effects import apply_event

        access.register("lots.record", access.is_recorder | access.is_officer)
        access.register("lots.read", access.is_member | access.is_inspector)
        ledger.register_listener(apply_event)
