"""Pages about labels."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from originmark.frame.jobs import selectors as jobs
from originmark.frame.web import clock, files
from originmark.frame.web.charts import Bar, share_bar
from originmark.frame.web.forms import submit
from originmark.frame.web.refusals import RuleViolation
from originmark.frame.web.sentences import say
from originmark.frame.web.tables import table_page
from originmark.mark.labels import (
    box_selectors,
    box_services,
    roll_selectors,
    roll_services,
    selectors,
    services,
    spans,
)
from originmark.mark.labels.forms import (
    IssueForm,
    OptionsForm,
    PrintForm,
    RangeForm,
    SpoilForm,
    WithdrawForm,
)
from originmark.mark.labels.models import LabelRun, PrintFile
from originmark.mark.labels.printing import orders
from originmark.mark.labels.printing.layouts import DEFAULT_LAYOUT, LAYOUTS
from originmark.mark.labels.roll_forms import DestroyForm, ReturnForm
from originmark.mark.labels.tables import RUNS
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

TONES = {
    spans.ISSUED: "plain",
    spans.ACTIVATED: "ok",
    spans.SPOILED: "warn",
    spans.WITHDRAWN: "bad",
    spans.RETURNED: "info",
    spans.DESTROYED: "warn",
}
FORMS: dict[str, type[RangeForm]] = {
    "activate": RangeForm, "spoil": SpoilForm, "withdraw": WithdrawForm,
    "return": ReturnForm, "destroy": DestroyForm,
}  # fmt: skip
PERMISSIONS = {"return": "roll", "destroy": "settle"}
ACTS = {
    "spoil": services.spoil, "withdraw": services.withdraw,
    "return": roll_services.take_back, "destroy": roll_services.destroy,
}  # fmt: skip


@require_GET
@login_required
def run_list(request: HttpRequest) -> HttpResponseBase:
    """Show the runs that the person may read."""
    rows = selectors.runs(access.actor_of(request))
    return table_page(request, RUNS, rows, template="labels/run_list.html")


@require_http_methods(["GET", "POST"])
@login_required
def issue(request: HttpRequest) -> HttpResponse:
    """Ask for labels; what law 3 says is shown before and after sending."""
    by, asked = access.actor_of(request), request.POST or request.GET
    form = IssueForm(
        request.POST or None, by=by, lot_code=asked.get("lot", ""), initial=request.GET.dict()
    )
    return submit(
        request,
        form,
        lambda data: services.issue(
            data["lot"], data["brand"], data["count"], by=by, now=clock.now()
        ),
        template="labels/issue.html",
        context=_check(request, by),
        success=lambda run: reverse("labels:run", args=[run.number]),
        done=lambda run: _("%(count)s labels were issued. Print them now.") % {"count": run.count},
    )


@require_GET
@login_required
def check(request: HttpRequest) -> HttpResponse:
    """Answer each condition of law 3 for what is typed so far."""
    return render(request, "labels/_checklist.html", _check(request, access.actor_of(request)))


def _check(request: HttpRequest, by: Actor) -> dict[str, Any]:
    """Return the conditions for the lot, mark and number asked for; nothing while one is open."""
    asked = request.POST or request.GET
    lot, brand, typed = (asked.get(name, "") for name in ("lot", "brand", "count"))
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 1
    if not lot or not brand:
        return {}
    try:
        told = selectors.checklist(lot, brand, count, by=by, now=clock.now())
        left = selectors.labels_left(lot)
    except RuleViolation as refusal:
        return {"check_refusal": say(refusal)}
    answers = [
        {"title": _(each.title), "refusal": say(each.refusal) if each.refusal else "",
         "is_advice": each.is_advice}
        for each in told
    ]  # fmt: skip
    in_the_way = any(each.is_in_the_way for each in told)
    return {"conditions": answers, "left": left, "all_met": not in_the_way}


@require_GET
@login_required
def run_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a run: what became of its labels, what to do next, files, history."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    return render(request, "labels/run.html", {**_shown(run, by), "print_form": _print_form(run)})


def _shown(run: LabelRun, by: Actor) -> dict[str, Any]:
    now = selectors.spans_of(run)
    names = {spans.ISSUED: _("Not activated"), spans.ACTIVATED: _("Activated"),
             spans.SPOILED: _("Spoiled"), spans.WITHDRAWN: _("Withdrawn"),
             spans.RETURNED: _("Returned"), spans.DESTROYED: _("Destroyed")}  # fmt: skip
    counted = spans.counts(now)
    bars = [Bar(names[state], counted[state], TONES[state]) for state in spans.STATES]
    files = run.files.all()[:20]
    return {
        "run": run,
        "bar": share_bar([bar for bar in bars if bar.value], title=_("What became of the labels")),
        "ranges": [{"span": each, "name": names[each.state], "tone": TONES[each.state]}
                   for each in now[:200]],
        "may": {
            verb: access.allows(by, f"labels.{verb}", organisation_id=run.organisation_id)
            for verb in ("activate", "spoil", "withdraw", "print", "roll", "settle")
        },
        "rolls": roll_selectors.rolls(by).filter(run=run).order_by("first_index")[:200],
        "uncut": run.count - roll_selectors.uncut_from(run),
        "files": [(each, jobs.job(each.job_id) if each.job_id else None) for each in files],
        "happened": run.actions.all()[:100],  # a card takes "actions" for its buttons
        "layouts": list(LAYOUTS.values()),
    }  # fmt: skip


def _print_form(run: LabelRun) -> PrintForm:
    language = (get_language() or "en").lower()
    return PrintForm(initial={"first": 1, "last": run.count, "language": language})


@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Activate, spoil, withdraw, take back or destroy some labels of a run."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    permission = f"labels.{PERMISSIONS.get(verb, verb)}"
    access.require(by, permission, organisation_id=run.organisation_id)
    return submit(
        request,
        FORMS[verb](request.POST or None, run=run),
        lambda data: _act(run, verb, data, by),
        template="labels/change.html",
        context={"run": run, "verb": verb},
        success=reverse("labels:run", args=[run.number]),
        done=_("Recorded."),
    )


def _act(run: LabelRun, verb: str, data: dict[str, Any], by: Actor) -> LabelRun:
    facts: dict[str, Any] = {
        "first": data["first_index"], "last": data["last_index"], "by": by, "now": clock.now(),
    }  # fmt: skip
    if verb == "activate":
        return services.activate(run.number, **facts)
    return ACTS[verb](run.number, reason=data["reason"], **facts)


@require_POST
@login_required
def activate_rest(request: HttpRequest, number: str) -> HttpResponse:
    """Activate every label of the run that is merely issued."""
    by = access.actor_of(request)
    run = services.activate_rest(selectors.run(number, by).number, by=by, now=clock.now())
    messages.success(request, _("%(count)s labels are activated.") % {"count": run.activated_count})
    return redirect("labels:run", run.number)


@require_POST
@login_required
def print_labels(request: HttpRequest, number: str) -> HttpResponse:
    """Order a print file; a small one is there at once."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    form = PrintForm(request.POST)

    def act(data: dict[str, Any]) -> str:
        made = orders.order(
            run, data["kind"], part=form.part(), layout=data["layout"],
            language=data["language"], by=by, now=clock.now(),
        )  # fmt: skip
        return reverse("jobs:job", args=[made.job_id]) if made.job_id else (
            reverse("labels:run", args=[run.number]) + "#files"
        )  # fmt: skip

    context = {**_shown(run, by), "print_form": form}
    return submit(request, form, act, template="labels/run.html", context=context)


@require_GET
@login_required
def trial(request: HttpRequest, number: str) -> HttpResponse:
    """Answer one page to test the printer with."""
    by = access.actor_of(request)
    run = selectors.run(number, by)
    layout = LAYOUTS.get(request.GET.get("layout", ""), LAYOUTS[DEFAULT_LAYOUT])
    pdf = orders.trial(run, layout, language=(get_language() or "en").lower(), by=by)
    return files.made(pdf, f"test-{asdict(layout)['code']}.pdf")


@require_GET
@login_required
def file(request: HttpRequest, file_id: UUID) -> FileResponse:
    """Hand out a print file to whoever may print the run."""
    by = access.actor_of(request)
    found = get_object_or_404(PrintFile.objects.exclude(made_at=None), pk=file_id)
    run = selectors.run(LabelRun.objects.get(pk=found.run_id).number, by)
    access.require(by, "labels.print", organisation_id=run.organisation_id)
    suffix = str(found.file.name).rsplit(".", 1)[-1]
    return files.downloaded(found.file, f"{run.number}.{suffix}")


@require_http_methods(["GET", "POST"])
@login_required
def options(request: HttpRequest, code: str) -> HttpResponse:
    """Choose how the labels of a brand are handled."""
    by = access.actor_of(request)
    access.require(by, "labels.options")
    brand = schemes.brand(code)
    chosen = "packing" if box_selectors.activates_at_packing(brand.id) else "office"
    return submit(
        request,
        OptionsForm(request.POST or None, initial={"activation": chosen}),
        lambda data: box_services.choose_activation(code, data["activation"], by=by),
        context={"title": _("Labels of %(brand)s") % {"brand": brand.name},
                 "cancel_url": brand.url},
        success=brand.url,
        done=_("Recorded."),
    )  # fmt: skip
