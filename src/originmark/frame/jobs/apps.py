from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "originmark.frame.jobs"
    label = "jobs"
    verbose_name = _("Background work")

    def ready(self) -> None:
        from originmark.frame.jobs import selectors
        from originmark.frame.web import clock, sockets

        def worker_is_alive() -> sockets.Readiness:
            return sockets.Readiness("worker", selectors.is_worker_alive(clock.now()))

        sockets.register_readiness(worker_is_alive)
        sockets.register_nav(
            sockets.NavItem(
                _("Background work"), "jobs:jobs", "activity", 95, "jobs.see", _("System")
            )
        )
