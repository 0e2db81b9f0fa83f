"""Ask Django from inside the server, for what is answered before a request reaches it."""

import io
from collections.abc import MutableMapping
from functools import cache
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.http.response import HttpResponseBase


def ask_django(scope: MutableMapping[str, Any]) -> HttpResponseBase:
    """Return what Django answers to a GET, all middleware included; waits for the database."""
    request = ASGIRequest({**scope, "type": "http", "method": "GET"}, io.BytesIO())
    return _handler().get_response(request)


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
