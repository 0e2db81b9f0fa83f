from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "originmark.demo"
    label = "demo"
    verbose_name = _("Demonstration")

    def ready(self) -> None:
        """Show the people of the region on the sign-in page of a demonstration."""
        from originmark.demo.people import sign_in_block
        from originmark.frame.web import sockets

        if settings.IS_DEMONSTRATION:
            sockets.register_sign_in(sign_in_block)
