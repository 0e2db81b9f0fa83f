"""Forms: one way to submit, with refusals at the field that is at fault."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import each_of, say

Text = str | Promise
NOT_FOR_A_FORM = (403, 404)
TYPED_NUMBER = re.compile(r"[+-]?[0-9]{1,20}([.,][0-9]{1,12})?")
AMBIGUOUS_NUMBER = re.compile(
    r"[+-]?[0-9]{1,3},[0-9]{3}"
)  # 1,250: a thousand or a little over one?


def submit(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    template: str = "web/form_page.html",
    context: dict[str, Any] | None = None,
    success: str | Callable[[Any], str] = "",
    done: Text | Callable[[Any], Text] = "",
) -> HttpResponse:
    """Show a form, or run ``act(cleaned_data)`` and go on to ``success``.

    A refusal becomes an error at its ``field``, or above the form where the form has no such
    field; the form is then shown again with status 422. ``success`` and ``done`` (the words of
    the toast) may be functions of what ``act`` returned. Where ``success`` is empty, ``act``
    returns the address to go to, or a response.

    A refusal with status 403 or 404 is no matter of the form and goes up to the middleware.
    """
    if request.method != "POST":
        return render(request, template, {**(context or {}), "form": form})
    if form.is_valid():
        try:
            result = act(form.cleaned_data)
        except RuleViolation as refusal:
            if refusal.status in NOT_FOR_A_FORM:
                raise
            add_refusal(form, refusal)
        else:
            return _go_on(request, result, success, done)
    return render(request, template, {**(context or {}), "form": form}, status=422)


def add_refusal(form: forms.BaseForm, refusal: RuleViolation) -> None:
    """Write a refusal into a form: at its field, or above all of them."""
    for one in each_of(refusal):
        field = one.field if one.field in form.fields else None
        form.add_error(field, forms.ValidationError(say(one), code=one.code))


def _go_on(
    request: HttpRequest,
    result: Any,
    success: str | Callable[[Any], str],
    done: Text | Callable[[Any], Text],
) -> HttpResponse:
    if words := done(result) if callable(done) else done:
        messages.success(request, str(words))
    if isinstance(result, HttpResponse):
        return result
    target = success(result) if callable(success) else success or str(result)
    return HttpResponseRedirect(target)


class NeededText(forms.CharField):
    """Words that a rule asks for: shown as needed, and refused by the rule if they are missing.

    The rule says what the words are for; a form would only say that the field is required.
    """

    is_needed = True

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)


class QuantityWidget(forms.MultiWidget):
    """A number and its unit side by side."""

    template_name = "web/widgets/quantity.html"
    use_fieldset = False  # the label names the number; the unit has its own

    def __init__(self, units: list[tuple[str, str]], attrs: dict[str, Any] | None = None) -> None:
        number = forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "aria-label": _("Figure")}
        )
        unit = forms.Select(choices=units, attrs={"aria-label": _("Unit")})
        super().__init__([number, unit], attrs)

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002
        """Return the id of the number, which the label is for."""
        return f"{id_}_0" if id_ else id_

    def decompress(self, value: Any) -> list[Any]:
        """Return number and unit of a value given as a pair."""
        return list(value) if value else [None, None]


class QuantityField(forms.MultiValueField):
    """A positive number in one of several units; cleans to (Decimal, unit).

    ``units`` are (code, label) pairs, the usual one first.
    """

    def __init__(self, units: list[tuple[str, str]], **options: Any) -> None:
        self.units = units
        parts = (ExactDecimalField(), forms.ChoiceField(choices=units))
        options.setdefault("widget", QuantityWidget(units))
        super().__init__(fields=parts, require_all_fields=True, **options)

    def compress(self, data_list: list[Any]) -> tuple[Decimal, str] | None:
        """Return the pair, or nothing where nothing was typed."""
        return (data_list[0], data_list[1]) if data_list else None


class ExactDecimalField(forms.CharField):
    """A decimal number as people type it: spaces between groups, a point or one comma.

    Only ASCII digits: other digits look alike in print and are refused.
    """

    default_error_messages = {
        "number": _("“%(found)s” is not a number. Write digits, as in 1250 or 12.5."),
    }

    def clean(self, value: Any) -> Any:
        """Return the number, exactly as typed."""
        text = super().clean(value)
        if not text:
            return None
        bare = "".join(text.split())
        if TYPED_NUMBER.fullmatch(bare) and not AMBIGUOUS_NUMBER.fullmatch(bare):
            return Decimal(bare.replace(",", "."))
        raise forms.ValidationError(
            self.error_messages["number"], code="number", params={"found": text}
        )


class TypeaheadSelect(forms.Select):
    """A choice that offers matches while one types; a plain select where scripts do not run.

    ``url`` answers ``?q=`` with a JSON list of ``{"value", "label"}``; left empty, the widget
    looks through its own options, which is right up to some hundreds of them.
    """

    template_name = "web/widgets/typeahead.html"

    def __init__(self, url: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.attrs["data-typeahead"] = url
