from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "originmark.mark.evaluation"
    label = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        """Plug in."""
        from originmark.mark.evaluation import entrance, stars_entrance

        entrance.plug_in()
        stars_entrance.plug_in()
