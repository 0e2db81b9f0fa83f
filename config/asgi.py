"""The front door: one ASGI application; everything is handed to Django as WSGI.

Django under WSGI costs a tenth of Django under ASGI per request (docs/decisions/0001). Paths
that need no Django are answered here before they reach it.
"""

from a2wsgi import WSGIMiddleware

from config.wsgi import application as django

application = WSGIMiddleware(django, workers=16)  # type: ignore[arg-type]  # a response is iterable bytes
