from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "originmark.mark.evaluation"
    label = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        """Plug in."""
        from originmark.mark.evaluation import entrance, star_front, stars_entrance
        from originmark.origin.products.sockets import register_product_panel

        entrance.plug_in()
        stars_entrance.plug_in()
        register_product_panel(star_front.product_panel)
