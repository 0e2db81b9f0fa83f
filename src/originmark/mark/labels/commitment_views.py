"""Pages about commitment certificates: issue, list, collect, and what everybody may check."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from originmark.frame.web import clock, files
from originmark.frame.web.forms import submit
from originmark.frame.web.limits import Limit
from originmark.frame.web.tables import Column, EmptyState, Table, table_page
from originmark.mark.labels import commitment_rules as rules
from originmark.mark.labels import commitment_selectors as selectors
from originmark.mark.labels import commitment_services as services
from originmark.mark.labels.commitment_models import Commitment
from originmark.mark.labels.printing import commitment_paper as paper
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.trace.lots import selectors as lots

LOOKS = Limit("commitment", times=120, seconds=60)


def commitment_url(row: Commitment) -> str:
    """Return the address of a certificate's page, which is public."""
    return reverse("labels:commitment", args=[row.number])


COMMITMENTS = Table(
    name="commitments",
    columns=[
        Column("number", _("Certificate"), link=commitment_url, sort="number"),
        Column("product_name", _("Product"), sort="product_name"),
        Column("kg", _("Weight, kg"), sort="kg", align="end"),
        Column("producer_name", _("Producer"), sort="producer_name", is_wide_only=True),
        Column("issued_on", _("Issued"), sort="issued_on"),
        Column("keep_until", _("To be kept until"), sort="keep_until", is_wide_only=True),
    ],
    search=["number__icontains", "product_name__icontains", "producer_name__icontains"],
    default_sort="-issued_on",
    empty=EmptyState(
        _("No certificates yet"),
        _("Issue one on the page of a lot of edible produce; buyers record those they collected."),
        icon="certificate",
    ),
)


class CommitmentForm(forms.Form):
    """What the producer says about a lot."""

    produce = forms.ChoiceField(label=_("Kind of produce"))
    kg = forms.DecimalField(label=_("Weight, kg"), max_digits=14, decimal_places=3)
    statement = forms.CharField(
        label=_("Commitment"),
        help_text=_("The words of the form that your authority prescribes."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    place = forms.CharField(label=_("Place"), max_length=300)
    contact = forms.CharField(label=_("Contact"), max_length=100)
    tested = forms.ChoiceField(label=_("Test"), choices=Commitment.Tested.choices, required=False)
    test_result = forms.CharField(label=_("Result of the test"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_chinese = (get_language() or "").startswith("zh")
        self.fields["produce"].choices = [  # type: ignore[attr-defined]
            (code, chinese if is_chinese else english)
            for code, english, chinese in rules.in_force().produce
        ]


class CollectForm(forms.Form):
    """Who collected a certificate, and what did not agree."""

    organisation = forms.ChoiceField(label=_("Buyer"))
    finding = forms.CharField(
        label=_("What does not agree with the goods"),
        max_length=300,
        required=False,
        help_text=_("Empty: all agrees."),
    )


@require_GET
@login_required
def commitment_list(request: HttpRequest) -> HttpResponseBase:
    """Show the certificates that the person's organisations issued or collected."""
    rows = selectors.commitments(access.actor_of(request))
    return table_page(request, COMMITMENTS, rows, context={"title": _("Commitment certificates")})


@require_http_methods(["GET", "POST"])
@login_required
def issue(request: HttpRequest, lot_code: str) -> HttpResponse:
    """Issue a certificate for a lot."""
    by = access.actor_of(request)
    lot = lots.visible_lot(lot_code, by)
    access.require(by, "labels.commit", organisation_id=lot.organisation_id)
    producer = parties.organisation_by_id(lot.organisation_id)
    initial = {
        "kg": lot.remaining_kg, "place": producer.address,
        "contact": producer.phone or producer.email,
    }  # fmt: skip

    def act(data: dict[str, Any]) -> Commitment:
        draft = services.CommitmentDraft(lot_code=lot.code, **data)
        return services.issue_commitment(draft, by=by, now=clock.now())

    context = {
        "title": _("Commitment certificate for lot %(lot)s") % {"lot": lot.code},
        "intro": f"{lot.product_name} · {lot.organisation_name}",
        "submit": _("Issue the certificate"),
        "cancel_url": reverse("lots:lot", args=[lot.code]),
    }
    form = CommitmentForm(request.POST or None, initial=initial)
    return submit(request, form, act, context=context, success=commitment_url)


@require_http_methods(["GET", "POST"])
@login_required
def collect(request: HttpRequest, number: str) -> HttpResponse:
    """Record that a buyer collected a certificate."""
    by = access.actor_of(request)
    commitment = selectors.commitment(number)
    form = CollectForm(request.POST or None)
    form.fields["organisation"].choices = [  # type: ignore[attr-defined]
        (row.pk, row.name)
        for row in parties.organisations(by).filter(is_active=True).order_by("name", "pk")
        if access.allows(by, "labels.commit", organisation_id=row.pk)
    ]
    return submit(
        request,
        form,
        lambda data: services.collect_commitment(
            number, int(data["organisation"]), finding=data["finding"], by=by, now=clock.now()
        ),
        context={
            "title": _("Collect certificate %(number)s") % {"number": number},
            "intro": _("Compare name, weight and day with the goods before you record it."),
            "cancel_url": commitment_url(commitment),
        },
        success=commitment_url(commitment),
        done=_("Recorded. Keep the certificate as long as it says."),
    )


@require_GET
def commitment(request: HttpRequest, number: str) -> HttpResponse:
    """Show a certificate to whoever holds the paper."""
    LOOKS.count(request)
    found = selectors.commitment(number)
    by = access.actor_of(request)
    is_own = selectors.commitments(by).filter(pk=found.pk).exists()
    context = {
        "commitment": found,
        "facts": paper.facts(found),
        "tests": paper.tests(found),
        "sources": found.sources.order_by("number"),
        "collected": found.collected.select_related("organisation") if is_own else [],
        "may_collect": access.allows_somewhere(by, "labels.commit"),
    }
    return render(request, "labels/commitment.html", context)


@require_GET
def commitment_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the paper as a PDF."""
    LOOKS.count(request)
    found = selectors.commitment(number)
    return files.made(paper.pdf(found), f"{found.number}.pdf")
