from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    name = "originmark.origin.parties"
    label = "parties"
    verbose_name = _("Parties")

    def ready(self) -> None:
        """Say who may do what with organisations, and which rows keep a history."""
        from auditlog.registry import auditlog

        from originmark.origin.parties import access
        from originmark.origin.parties.models import ApiKey, Invitation, Membership, Person

        access.register_own()
        auditlog.register(self.get_model("Organisation"))
        auditlog.register(Membership)
        auditlog.register(Person, exclude_fields=["password", "last_login"])
        auditlog.register(Invitation, exclude_fields=["nonce"])
        auditlog.register(ApiKey, exclude_fields=["digest", "last_used_at"])
