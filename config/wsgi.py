"""Django as a WSGI application, behind the static files (packed once, when they are collected)."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from servestatic import ServeStatic

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = ServeStatic(
    get_wsgi_application(), root=settings.STATIC_ROOT, prefix="static/", max_age=3600
)
