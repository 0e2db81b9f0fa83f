from datetime import date

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabelsConfig(AppConfig):
    name = "originmark.mark.labels"
    label = "labels"
    verbose_name = _("Labels")

    def ready(self) -> None:
        """Say who may do what, keep a history, and plug into the rooms below."""
        from originmark.mark.labels import entrance, front
        from originmark.mark.labels.artwork.front import product_panel
        from originmark.mark.labels.selectors import runs_of_lot
        from originmark.mark.labels.use_selectors import labels_used
        from originmark.mark.licensing import sockets as licensing
        from originmark.mark.schemes import sockets as schemes
        from originmark.origin.products import sockets as products
        from originmark.trace.lots import sockets as lots

        def used(
            organisation_id: int, brand_code: str, first: date, last: date
        ) -> list[licensing.Used] | None:
            found = labels_used(organisation_id, brand_code, first, last)
            if found is None:
                return None
            return [licensing.Used(*key, labels) for key, labels in found.items()]

        entrance.say_who_may()
        entrance.keep_history()
        entrance.start_work()
        entrance.show()
        licensing.register_use_source(used)
        schemes.register_brand_panel(front.brand_panel)
        products.register_product_panel(product_panel)
        lots.register_lot_panel(front.lot_panel)
        lots.register_lot_panel(front.commitment_panel)
        lots.register_dependents(lambda code: [run.number for run in runs_of_lot(code)])
