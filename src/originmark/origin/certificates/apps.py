from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "originmark.origin.certificates"
    label = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        """Plug in: who may do what, navigation, search, home, products, the daily watch."""
        from auditlog.registry import auditlog

        from originmark.frame.jobs import sockets as jobs
        from originmark.frame.web import sockets as web
        from originmark.origin.certificates import models, panels
        from originmark.origin.parties import access
        from originmark.origin.products import sockets as products

        access.register("certificates.record", access.is_recorder | access.is_officer)
        access.register("certificates.suspend", access.is_officer)
        access.register("certificates.types", access.is_officer)
        auditlog.register(models.CertificateType, m2m_fields={"equivalents"})
        auditlog.register(
            models.Certificate, m2m_fields={"growing_areas", "products", "facilities"}
        )
        web.register_nav(
            web.NavItem(
                _("Certificates"), "certificates:list", "certificate", 24, section=_("Origin")
            )
        )
        web.register_search("Certificates", panels.find_certificates)
        web.register_home_card(panels.home_card)
        products.register_product_panel(panels.product_panel)
        jobs.register_atomic_task("certificates.notice_expiring", panels.notice_daily)
        jobs.register_schedule(
            "certificates.expiry_watch", "certificates.notice_expiring", every=timedelta(days=1)
        )
