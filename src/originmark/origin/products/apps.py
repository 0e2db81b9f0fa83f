from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "originmark.origin.products"
    label = "products"
    verbose_name = _("Products")

    def ready(self) -> None:
        """Plug in: who may do what, navigation and search, the rows that keep a history."""
        from auditlog.registry import auditlog

        from originmark.frame.web import sockets as web
        from originmark.origin.parties import access
        from originmark.origin.products import finding, models

        access.register("products.record", access.is_recorder | access.is_officer)
        access.register("products.catalogue", access.is_officer)
        web.register_nav(
            web.NavItem(_("Products"), "products:list", "package", 22, section=_("Origin"))
        )
        web.register_search("Products", finding.find_products)
        auditlog.register(models.Product)
        auditlog.register(models.ProductGroup)
        auditlog.register(models.ProductPicture)
        auditlog.register(models.IntellectualProperty)
