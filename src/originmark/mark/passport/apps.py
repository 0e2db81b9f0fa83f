from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PassportConfig(AppConfig):
    name = "originmark.mark.passport"
    label = "passport"
    verbose_name = _("Passport")

    def ready(self) -> None:
        """Let anybody prove what a passport shows; plug in doors and preview; revoke lapses."""
        from originmark.mark.labels import sockets as labels
        from originmark.mark.licensing import sockets as licensing
        from originmark.mark.passport import preview, selectors
        from originmark.mark.passport.credentials import entrance as credentials
        from originmark.mark.passport.credentials import lapses
        from originmark.mark.passport.resolver import entrance as resolver
        from originmark.mark.passport.resolver import pages
        from originmark.origin.certificates import sockets as certificates
        from originmark.origin.products import sockets as products
        from originmark.trace.ledger import sockets as ledger
        from originmark.trace.lots import sockets as lots

        ledger.register_publisher(selectors.publishes)
        products.register_product_panel(pages.product_panel)
        lots.register_lot_panel(preview.lot_panel)
        resolver.plug_in()
        credentials.plug_in()
        labels.register_void(lapses.labels_void)
        licensing.register_lapse(lapses.licence_lapsed)
        certificates.register_lapse(lapses.certificate_lapsed)
