from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "originmark.trace.ledger"
    label = "ledger"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        """Say who may capture and who may ask."""
        from originmark.origin.parties import access

        access.register("ledger.capture", access.is_recorder | access.is_officer)
        access.register("ledger.query", access.is_member | access.is_inspector)
