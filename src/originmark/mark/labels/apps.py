from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabelsConfig(AppConfig):
    name = "originmark.mark.labels"
    label = "labels"
    verbose_name = _("Labels")

    def ready(self) -> None:
        """Say who may do what, keep a history, and plug into the rooms below."""
        from auditlog.registry import auditlog

        from originmark.frame.jobs import sockets as jobs
        from originmark.frame.web import sockets as web
        from originmark.mark.labels import front
        from originmark.mark.labels.artwork.permissions import examines
        from originmark.mark.labels.models import (
            Artwork,
            ArtworkPicture,
            ArtworkTick,
            Box,
            BrandOptions,
            Commitment,
            LabelRun,
            LotLabels,
            PrintFile,
            Roll,
            RollCase,
        )
        from originmark.mark.labels.printing import orders
        from originmark.mark.labels.selectors import runs_of_lot
        from originmark.mark.schemes import sockets as schemes
        from originmark.origin.parties.access import (
            is_inspector,
            is_manager,
            is_member,
            is_officer,
            is_recorder,
            register,
        )
        from originmark.trace.lots import sockets as lots

        register("labels.read", is_member | is_inspector)
        for verb in ("issue", "activate", "spoil", "print", "roll", "pack", "commit", "artwork"):
            register(f"labels.{verb}", is_recorder | is_officer)
        register("labels.withdraw", is_manager | is_officer)
        for verb in ("settle", "options", "approve_artwork"):
            register(f"labels.{verb}", is_officer)
        register("labels.inspect_artwork", examines)
        for model in (
            Artwork,
            ArtworkPicture,
            ArtworkTick,
            Box,
            BrandOptions,
            Commitment,
            LabelRun,
            LotLabels,
            PrintFile,
            Roll,
            RollCase,
        ):
            auditlog.register(model)
        jobs.register_task(orders.TASK, orders.run_job)
        web.register_nav(
            web.NavItem(_("Labels"), "labels:runs", "tags", 14, "labels.read", _("Mark"))
        )
        web.register_nav(
            web.NavItem(_("Boxes"), "labels:boxes", "package", 15, "labels.read", _("Mark"))
        )
        schemes.register_brand_panel(front.brand_panel)
        web.register_search("labels", front.find_runs)
        web.register_home_card(front.home_card)
        lots.register_lot_panel(front.lot_panel)
        lots.register_lot_panel(front.commitment_panel)
        lots.register_dependents(lambda code: [run.number for run in runs_of_lot(code)])
