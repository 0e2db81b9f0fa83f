from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PassportConfig(AppConfig):
    name = "originmark.mark.passport"
    label = "passport"
    verbose_name = _("Passport")

    def ready(self) -> None:
        """Plug in: proofs of what a passport shows, the resolver, the preview."""
        from originmark.mark.passport import preview, selectors
        from originmark.mark.passport.resolver import entrance, pages
        from originmark.origin.products import sockets as products
        from originmark.trace.ledger import sockets as ledger
        from originmark.trace.lots import sockets as lots

        ledger.register_publisher(selectors.publishes)
        products.register_product_panel(pages.product_panel)
        lots.register_lot_panel(preview.lot_panel)
        entrance.plug_in()
