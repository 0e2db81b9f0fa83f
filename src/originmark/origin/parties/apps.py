from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    name = "originmark.origin.parties"
    label = "parties"
    verbose_name = _("Parties")

    def ready(self) -> None:
        """Plug in: who may do what, the letters that are sent, the rows that keep a history."""
        from auditlog.registry import auditlog

        from originmark.frame.jobs import sockets as jobs
        from originmark.frame.web import sockets as web
        from originmark.origin.parties import access, letters, panels
        from originmark.origin.parties.models import ApiKey, Invitation, Membership, Person

        access.register_own()
        web.register_actor(access.actor_of)
        web.register_access(access.allowed_somewhere)
        web.register_nav(
            web.NavItem(
                _("Organisations"),
                "parties:organisations",
                "building-community",
                order=70,
                permission="parties.view",
                section=_("Register"),
            )
        )
        web.register_search("organisations", panels.find)
        web.register_home_card(panels.second_factor_card)
        jobs.register_task("parties.send_invitation", letters.send_invitation)
        auditlog.register(self.get_model("Organisation"))
        auditlog.register(Membership)
        auditlog.register(Person, exclude_fields=["password", "last_login"])
        auditlog.register(Invitation, exclude_fields=["nonce"])
        auditlog.register(ApiKey, exclude_fields=["digest", "last_used_at"])
