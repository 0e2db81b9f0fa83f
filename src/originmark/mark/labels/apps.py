from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabelsConfig(AppConfig):
    name = "originmark.mark.labels"
    label = "labels"
    verbose_name = _("Labels")

    def ready(self) -> None:
        """Say who may do what, keep a history, and plug into the rooms below."""
        from auditlog.registry import auditlog

        from originmark.mark.labels.models import LabelRun, LotLabels, PrintFile
        from originmark.mark.labels.selectors import runs_of_lot
        from originmark.origin.parties.access import is_manager, is_officer, is_recorder, register
        from originmark.trace.lots import sockets as lots

        for verb in ("issue", "activate", "spoil", "print"):
            register(f"labels.{verb}", is_recorder | is_officer)
        register("labels.withdraw", is_manager | is_officer)
        for model in (LabelRun, LotLabels, PrintFile):
            auditlog.register(model)
        lots.register_dependents(lambda code: [run.number for run in runs_of_lot(code)])
