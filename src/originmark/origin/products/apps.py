from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "originmark.origin.products"
    label = "products"
    verbose_name = _("Products")

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from originmark.origin.parties import access
        from originmark.origin.products import models

        access.register("products.record", access.is_recorder | access.is_officer)
        access.register("products.catalogue", access.is_officer)
        auditlog.register(models.Product)
        auditlog.register(models.ProductGroup)
        auditlog.register(models.ProductPicture)
        auditlog.register(models.IntellectualProperty)
