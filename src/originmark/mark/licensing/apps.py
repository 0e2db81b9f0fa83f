from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicensingConfig(AppConfig):
    name = "originmark.mark.licensing"
    label = "licensing"
    verbose_name = _("Licensing")

    def ready(self) -> None:
        """Say who may do what, and keep a history of what changes."""
        from auditlog.registry import auditlog

        from originmark.mark.licensing.models import Licence, LicenceProduct, LicenceSuspension
        from originmark.origin.parties.access import is_officer, register

        for verb in ("grant", "suspend", "import"):
            register(f"licensing.{verb}", is_officer)
        for model in (Licence, LicenceProduct, LicenceSuspension):
            auditlog.register(model)
