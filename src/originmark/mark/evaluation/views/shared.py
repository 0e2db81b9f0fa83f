"""What the pages of this room share: a step taken by a button, and a form for a step."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from originmark.frame.web.forms import Text, submit


def language() -> str:
    """Return the language of the page."""
    return get_language() or "en"


def done(request: HttpRequest, address: str, words: Text) -> HttpResponse:
    """Say what was done, and go to a page."""
    messages.success(request, str(words))
    return HttpResponseRedirect(address)


def step(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: Text,
    button: Text,
    back: str,
    words: Text,
    intro: Text = "",
) -> HttpResponse:
    """Show the form of a step, or take the step and go back to the page it belongs to."""
    context = {"title": title, "submit": button, "cancel_url": back, "intro": intro}
    return submit(request, form, act, context=context, success=lambda _made: back, done=words)
