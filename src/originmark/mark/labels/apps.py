from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabelsConfig(AppConfig):
    name = "originmark.mark.labels"
    label = "labels"
    verbose_name = _("Labels")

    def ready(self) -> None:
        """Say who may do what, keep a history, and plug into the rooms below."""
        from originmark.mark.labels import entrance

        entrance.say_who_may()
        entrance.keep_history()
        entrance.start_work()
        entrance.show()
