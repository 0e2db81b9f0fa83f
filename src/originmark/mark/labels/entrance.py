"""What labels plug into the rooms below, called once by ``apps.py``."""

from auditlog.registry import auditlog
from django.utils.translation import gettext_lazy as _

from originmark.frame.jobs import sockets as jobs
from originmark.frame.web import sockets as web
from originmark.mark.labels import front, models
from originmark.mark.labels.printing import orders
from originmark.mark.labels.selectors import runs_of_lot
from originmark.mark.labels.watch import finding
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

RECORDED = ("issue", "activate", "spoil", "print", "roll", "pack", "commit", "artwork")
DECIDED = ("settle", "options", "judge", "approve_artwork")
KEPT = (
    models.Artwork, models.Box, models.BrandOptions, models.Commitment, models.LabelRun,
    models.LotLabels, models.PrintFile, models.Roll, models.RollCase, models.ScanCase,
)  # fmt: skip
MENU = (
    (_("Labels"), "labels:runs", "tags", 14),
    (_("Boxes"), "labels:boxes", "package", 15),
    (_("Scan watch"), "labels:cases", "flag", 16),
    (_("Commitments"), "labels:commitments", "file-certificate", 16),
)


def say_who_may() -> None:
    """Register the permissions of this room."""
    register("labels.read", is_member | is_inspector)
    register("labels.withdraw", is_manager | is_officer)
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
    jobs.register_task(finding.TASK, finding.run)
    jobs.register_schedule("Look for copied labels", finding.TASK, every=finding.EVERY)


def show() -> None:
    """Show up in the menu, on the home page, in the search and on pages of rooms below."""
    for label, url_name, icon, order in MENU:
        web.register_nav(web.NavItem(label, url_name, icon, order, "labels.read", _("Mark")))
    web.register_search("labels", front.find_runs)
    web.register_home_card(front.home_card)
    web.register_home_card(front.differences_card)
    schemes.register_brand_panel(front.brand_panel)
    lots.register_lot_panel(front.lot_panel)
    lots.register_lot_panel(front.commitment_panel)
    lots.register_dependents(lambda code: [run.number for run in runs_of_lot(code)])
