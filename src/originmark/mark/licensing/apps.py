from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicensingConfig(AppConfig):
    name = "originmark.mark.licensing"
    label = "licensing"
    verbose_name = _("Licensing")

    def ready(self) -> None:
        """Say who may do what, and keep a history of what changes."""
        from auditlog.registry import auditlog

        from originmark.frame.jobs import sockets as jobs
        from originmark.frame.web.sockets import (
            register_home_card,
            register_nav,
            register_search,
        )
        from originmark.mark.licensing import (
            application_panel,
            quota_daily,
            quota_panel,
            report_letters,
        )
        from originmark.mark.licensing.models import (
            Agreement,
            AgreementAcceptance,
            Application,
            Licence,
            LicenceExit,
            LicenceProduct,
            LicenceSuspension,
            NonConformity,
            Quota,
            UseReport,
        )
        from originmark.mark.licensing.panel import NAVIGATION, brand_panel, find, home_card
        from originmark.mark.licensing.services import reports as services
        from originmark.mark.schemes.sockets import register_brand_panel
        from originmark.origin.parties.access import (
            is_manager,
            is_officer,
            is_recorder,
            register,
        )

        register_nav(NAVIGATION)
        register_search("licensing", find)
        register_home_card(home_card)
        register_brand_panel(brand_panel)
        register_brand_panel(quota_panel.brand_panel)
        register_home_card(quota_panel.home_card)
        register_nav(quota_panel.NAVIGATION)
        register_nav(application_panel.NAVIGATION)
        register_nav(application_panel.REPORTS)
        register_home_card(application_panel.home_card)
        register_home_card(application_panel.reports_card)
        jobs.register_atomic_task("licensing.use_reports", report_letters.daily)
        jobs.register_schedule(
            "licensing.use_reports", "licensing.use_reports", every=timedelta(days=1)
        )
        jobs.register_task(services.MAIL_TASK, report_letters.mail)
        quota_daily.plug_in()
        register_search("applications", application_panel.find)
        for verb in ("grant", "suspend", "import", "quota", "inspect"):
            register(f"licensing.{verb}", is_officer)
        register("licensing.accept", is_manager)
        for verb in ("apply", "report"):
            register(f"licensing.{verb}", is_recorder | is_officer)
        for model in (
            Agreement,
            AgreementAcceptance,
            Application,
            Licence,
            LicenceExit,
            LicenceProduct,
            LicenceSuspension,
            NonConformity,
            Quota,
            UseReport,
        ):
            auditlog.register(model)
