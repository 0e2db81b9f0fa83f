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
        from originmark.origin.parties import sockets as parties
        from originmark.origin.places import selectors

        parties.register_unit_reader(selectors.unit)
        access.register("places.record_area", access.is_recorder | access.is_officer)
        access.register("places.suspend_area", access.is_officer)
        access.register("places.close_area", access.is_manager | access.is_officer)
        access.register("places.record_facility", access.is_recorder | access.is_officer)
        access.register("places.record_boundary", access.is_officer)
        access.register("places.load_units", access.is_officer)
        self._plug_in_pages()
        for model in ("Boundary", "GrowingArea", "Facility"):
            auditlog.register(self.get_model(model))

    def _plug_in_pages(self) -> None:
        """Add this room to the navigation and to the search over everything."""
        from originmark.frame.web import sockets
        from originmark.origin.places import search

        land = _("Land and places")
        for item in (
            sockets.NavItem(_("Growing areas"), "places:areas", "plant-2", 20, section=land),
            sockets.NavItem(
                _("Facilities"), "places:facilities", "building-warehouse", 60, section=land
            ),
            sockets.NavItem(_("Boundaries"), "places:boundaries", "polygon", 61, section=land),
            sockets.NavItem(_("Units"), "places:units", "map-2", 62, section=land),
        ):
            sockets.register_nav(item)
        sockets.register_search("places", search.find_places)
