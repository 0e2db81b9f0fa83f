from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PassportConfig(AppConfig):
    name = "originmark.mark.passport"
    label = "passport"
    verbose_name = _("Passport")

    def ready(self) -> None:
        """Let anybody prove the events that a passport shows; revoke at once what lapses."""
        from originmark.mark.licensing import sockets as licensing
        from originmark.mark.passport import selectors
        from originmark.mark.passport.credentials import entrance, lapses
        from originmark.origin.certificates import sockets as certificates
        from originmark.trace.ledger import sockets as ledger

        ledger.register_publisher(selectors.publishes)
        entrance.plug_in()
        licensing.register_lapse(lapses.licence_lapsed)
        certificates.register_lapse(lapses.certificate_lapsed)
