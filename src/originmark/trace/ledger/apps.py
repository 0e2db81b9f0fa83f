from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "originmark.trace.ledger"
    label = "ledger"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        """Say who may capture, ask and subscribe; offer the pages, the search, the tasks."""
        from auditlog.registry import auditlog

        from originmark.frame.jobs import sockets as jobs
        from originmark.frame.web import sockets as web
        from originmark.origin.parties import access
        from originmark.trace.ledger import (
            capture_work,
            models,
            panels,
            semantics,
            signing,
            sockets,
        )
        from originmark.trace.ledger.subscriptions import delivering, waking

        semantics.policy()  # a setting that cannot be read is told at the start
        access.register("ledger.capture", access.is_recorder | access.is_officer)
        access.register("ledger.query", access.is_member | access.is_inspector)
        access.register("ledger.subscribe", access.is_manager | access.is_officer)
        jobs.register_task(capture_work.TASK, capture_work.run)
        jobs.register_task(capture_work.SWEEP, capture_work.sweep)
        jobs.register_schedule("Tidy captured files", capture_work.SWEEP, every=capture_work.EVERY)
        sockets.register_batch_listener(waking.hear)
        jobs.register_task(waking.TASK, delivering.deliver_due)
        jobs.register_task(waking.TEST_TASK, delivering.send_test)
        jobs.register_schedule("Deliver to subscribers", waking.TASK, every=waking.LOOK_AGAIN)
        web.register_nav(
            web.NavItem(
                _("Events"),
                "ledger:events",
                "history",
                order=40,
                permission="ledger.query",
                section=_("Trace"),
            )
        )
        web.register_nav(
            web.NavItem(
                _("Subscriptions"),
                "ledger:subscriptions",
                "bell",
                order=42,
                permission="ledger.subscribe",
                section=_("Trace"),
            )
        )
        web.register_search("events", panels.find)
        web.register_home_card(panels.home_card)
        auditlog.register(models.LogKey)
        jobs.register_task(signing.TASK, signing.run_task)
        jobs.register_schedule("ledger.checkpoint", signing.TASK, every=signing.EVERY)
