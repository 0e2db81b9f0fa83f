from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PassportConfig(AppConfig):
    name = "originmark.mark.passport"
    label = "passport"
    verbose_name = _("Passport")

    def ready(self) -> None:
        """Let anybody prove the events that a passport shows; plug in the two doors."""
        from originmark.mark.passport import selectors
        from originmark.mark.passport.credentials import entrance as credentials
        from originmark.mark.passport.resolver import entrance as resolver
        from originmark.mark.passport.resolver import pages
        from originmark.origin.products import sockets as products
        from originmark.trace.ledger import sockets as ledger

        ledger.register_publisher(selectors.publishes)
        products.register_product_panel(pages.product_panel)
        resolver.plug_in()
        credentials.plug_in()
