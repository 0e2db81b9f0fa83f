from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchemesConfig(AppConfig):
    name = "originmark.mark.schemes"
    label = "schemes"
    verbose_name = _("Schemes")

    def ready(self) -> None:
        """Say who may do what, and keep a history of what changes."""
        from auditlog.registry import auditlog

        from originmark.frame.web.imports import register_import
        from originmark.mark.schemes.models import Brand, BrandProduct, Right, Rulebook
        from originmark.mark.schemes.rights_csv import RIGHTS
        from originmark.origin.parties.access import is_officer, register

        for verb in ("record_brand", "record_right", "import_rights", "load_rulebook"):
            register(f"schemes.{verb}", is_officer)
        for model in (Brand, BrandProduct, Right, Rulebook):
            auditlog.register(model)
        register_import(RIGHTS)
