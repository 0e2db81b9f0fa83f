"""Loading a rulebook or the criteria of a product set: first checked, then shown, then loaded."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from originmark.frame.web import clock
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.mark.schemes import selectors, services, shipped
from originmark.mark.schemes.forms import RulebookForm
from originmark.mark.schemes.rulebook_kinds.criteria import is_product_set
from originmark.mark.schemes.rulebook_text import Finding
from originmark.mark.schemes.views.product_sets import product_set_url
from originmark.mark.schemes.views.rulebooks import difference, rulebook_url
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor


@login_required
@require_http_methods(["GET", "POST"])
def rulebook_new(request: HttpRequest) -> HttpResponse:
    """Check a new version and show its difference; load it when the person says so."""
    by = access.actor_of(request)
    access.require(by, "schemes.load_rulebook")
    form = RulebookForm(request.POST or None, request.FILES or None, initial=_start(request))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "schemes/rulebook_new.html", {"form": form}, status=status)
    text = form.cleaned_data["text"]
    checked = _checked_set(text) if is_product_set(text) else _checked_rulebook(text)
    if not checked["findings"] and "load" in request.POST:
        try:
            address = _load(request, text, by=by)
        except RuleViolation as refusal:
            form.add_error(None, say(refusal))
            return render(request, "schemes/rulebook_new.html", {"form": form}, status=422)
        return redirect(address)
    form = RulebookForm(initial={"text": text})
    status = 422 if checked["findings"] else 200
    context = {"form": form, "text": text, **checked}
    return render(request, "schemes/rulebook_new.html", context, status=status)


def _load(request: HttpRequest, text: str, *, by: Actor) -> str:
    """Load what adds up, say so, and return where it can be read."""
    said = _("%(rulebook)s is loaded.")
    if is_product_set(text):
        loaded = services.load_criteria(text, by=by, now=clock.now(), including=shipped.including)
        messages.success(request, said % {"rulebook": loaded})
        return product_set_url(loaded)
    row = services.load_rulebook(text, by=by, now=clock.now())
    messages.success(request, said % {"rulebook": row})
    return rulebook_url(row)


def _checked_rulebook(text: str) -> dict[str, Any]:
    rules, findings = services.check_rulebook(text)
    before = selectors.rulebooks().filter(code=rules.code).first() if rules else None
    return {
        "rules": rules,
        "findings": [_told(each) for each in findings],
        "before": before,
        "difference": list(difference(before.text, text)) if before else [],
    }


def _checked_set(text: str) -> dict[str, Any]:
    found, findings = services.check_criteria(text, including=shipped.including)
    return {"product_set": found, "findings": [_told(each) for each in findings]}


def _start(request: HttpRequest) -> dict[str, str]:
    """Return the text to begin with: that of the version that the address names."""
    code, version = request.GET.get("from", ""), request.GET.get("version", "")
    versions = list(selectors.rulebooks().filter(code=code)) if code else []
    if not versions:
        return {}
    row = next((each for each in versions if str(each.version) == version), versions[0])
    brand = request.GET.get("brand", "")
    return {"text": services.beginning(row, brand=brand, newest=versions[0].version)}


def _told(finding: Finding) -> dict[str, object]:
    """Return a finding in the reader's language."""
    facts = {name: _(value) if isinstance(value, str) and name == "expected" else value
             for name, value in finding.facts.items()}  # fmt: skip
    return {
        "file": finding.file,
        "line": finding.line,
        "where": finding.where,
        "sentence": _(finding.sentence) % facts,
    }
