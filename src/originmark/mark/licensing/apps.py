from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicensingConfig(AppConfig):
    name = "originmark.mark.licensing"
    label = "licensing"
    verbose_name = _("Licensing")

    def ready(self) -> None:
        """Say who may do what, and keep a history of what changes."""
        from auditlog.registry import auditlog

        from originmark.frame.web.sockets import (
            register_home_card,
            register_nav,
            register_search,
        )
        from originmark.mark.licensing import application_panel, quota_panel
        from originmark.mark.licensing.models import (
            Application,
            Licence,
            LicenceProduct,
            LicenceSuspension,
            NonConformity,
            Quota,
        )
        from originmark.mark.licensing.panel import NAVIGATION, brand_panel, find, home_card
        from originmark.mark.schemes.sockets import register_brand_panel
        from originmark.origin.parties.access import is_officer, is_recorder, register

        register_nav(NAVIGATION)
        register_search("licensing", find)
        register_home_card(home_card)
        register_brand_panel(brand_panel)
        register_brand_panel(quota_panel.brand_panel)
        register_home_card(quota_panel.home_card)
        register_nav(quota_panel.NAVIGATION)
        register_nav(application_panel.NAVIGATION)
        register_home_card(application_panel.home_card)
        register_search("applications", application_panel.find)
        for verb in ("grant", "suspend", "import", "quota", "inspect"):
            register(f"licensing.{verb}", is_officer)
        register("licensing.apply", is_recorder | is_officer)
        for model in (
            Application,
            Licence,
            LicenceProduct,
            LicenceSuspension,
            NonConformity,
            Quota,
        ):
            auditlog.register(model)
