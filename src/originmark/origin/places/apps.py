from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "originmark.origin.places"
    label = "places"
    verbose_name = _("Places")

    def ready(self) -> None:
        """Say who may do what with places, and which rows keep a history."""
        from auditlog.registry import auditlog

        from originmark.origin.parties import access

        access.register("places.record_area", access.is_recorder | access.is_officer)
        access.register("places.suspend_area", access.is_officer)
        access.register("places.close_area", access.is_manager | access.is_officer)
        access.register("places.record_facility", access.is_recorder | access.is_officer)
        access.register("places.record_boundary", access.is_officer)
        access.register("places.load_units", access.is_officer)
        for model in ("Boundary", "GrowingArea", "Facility"):
            auditlog.register(self.get_model(model))
