from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "originmark.origin.certificates"
    label = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from originmark.origin.certificates import models
        from originmark.origin.parties import access

        access.register("certificates.record", access.is_recorder | access.is_officer)
        access.register("certificates.suspend", access.is_officer)
        access.register("certificates.types", access.is_officer)
        auditlog.register(models.CertificateType, m2m_fields={"equivalents"})
        auditlog.register(models.Certificate, m2m_fields={"products"})
