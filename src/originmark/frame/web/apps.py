from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "originmark.frame.web"
    label = "web"
    verbose_name = _("Web")

    def ready(self) -> None:
        from django.core.checks import register

        from originmark.frame.web.proxies import check_proxies
        from originmark.frame.web.sockets import NavItem, register_nav

        register_nav(NavItem(_("Overview"), "web:home", "layout-dashboard", order=0))
        register(check_proxies)
