from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "originmark.demo"
    label = "demo"
    verbose_name = _("Demonstration")

    def ready(self) -> None:
        """In a demonstration, show its people on the sign-in page and recall a lot."""
        from originmark.demo import recall
        from originmark.demo.people import sign_in_block
        from originmark.frame.web import sockets
        from originmark.mark.passport import sockets as passport

        if settings.IS_DEMONSTRATION:
            sockets.register_sign_in(sign_in_block)
            passport.register_alarm(recall.alarm)
