"""What labels plug into the frame, called once by ``apps.py``."""

from auditlog.registry import auditlog
from django.utils.translation import gettext_lazy as _

from originmark.frame.jobs import sockets as jobs
from originmark.frame.web import sockets as web
from originmark.mark.labels import front, models
from originmark.mark.labels.artwork.permissions import examines
from originmark.mark.labels.printing import orders
from originmark.mark.labels.watch import batches, finding, forgetting
from originmark.origin.parties.access import (
    is_inspector,
    is_manager,
    is_member,
    is_officer,
    is_recorder,
    register,
)

RECORDED = ("issue", "activate", "spoil", "print", "roll", "pack", "commit", "artwork")
DECIDED = ("settle", "options", "judge", "approve_artwork")
KEPT = (
    models.Artwork, models.ArtworkPicture, models.ArtworkTick, models.Box, models.BrandOptions,
    models.Commitment, models.LabelRun, models.LabelTemplate, models.LotLabels, models.PrintFile,
    models.Roll, models.RollCase, models.ScanCase,
)  # fmt: skip
MENU = (
    (_("Labels"), "labels:runs", "tags", 14),
    (_("Boxes"), "labels:boxes", "package", 15),
    (_("Scan watch"), "labels:watch", "flag", 16),
    (_("Commitments"), "labels:commitments", "file-certificate", 16),
)


def say_who_may() -> None:
    """Register the permissions of this room."""
    register("labels.read", is_member | is_inspector)
    register("labels.withdraw", is_manager | is_officer)
    register("labels.inspect_artwork", examines)
    for verb in RECORDED:
        register(f"labels.{verb}", is_recorder | is_officer)
    for verb in DECIDED:
        register(f"labels.{verb}", is_officer)


def keep_history() -> None:
    """Keep who changed what; of reporters nothing personal."""
    for model in KEPT:
        auditlog.register(model)
    auditlog.register(models.ConsumerReport, exclude_fields=["email", "text", "reference"])


def start_work() -> None:
    """Register background work."""
    jobs.register_task(orders.TASK, orders.run_job)
    jobs.register_beside("labels.enter_scans", batches.enter_waiting, every_s=batches.EVERY_S)
    jobs.register_task(finding.TASK, finding.run)
    jobs.register_schedule("Look for copied labels", finding.TASK, every=finding.EVERY)
    jobs.register_task(forgetting.TASK, forgetting.run)
    jobs.register_schedule("Forget old scans", forgetting.TASK, every=forgetting.EVERY)


def show() -> None:
    """Show up in the menu, on the home page and in the search."""
    for label, url_name, icon, order in MENU:
        web.register_nav(web.NavItem(label, url_name, icon, order, "labels.read", _("Labels")))
    web.register_search("labels", front.find_runs)
    web.register_home_card(front.home_card)
    web.register_home_card(front.differences_card)
    web.register_home_card(front.suspects_card)
