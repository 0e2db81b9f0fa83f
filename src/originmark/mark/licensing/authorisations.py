"""What the authorisation of a licence says."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from originmark.mark.licensing import papers, selectors
from originmark.mark.licensing.application_rules import is_credit_code
from originmark.mark.licensing.lists import STATES, product_names
from originmark.mark.licensing.models import Licence
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.use_values import CREDIT_CODE


def authorisation(licence: Licence, *, on: date, made_at: datetime) -> bytes:
    """Return the authorisation of a licence as PDF, as it stands on a day."""
    accepted = selectors.acceptance(licence)
    title = ""
    if accepted:
        title = _("Agreement on the use of %(brand)s, version %(version)s") % {
            "brand": licence.brand.name,
            "version": accepted.agreement.version,
        }
    sheet = papers.Authorisation(
        title=_("Licence to use the mark"),
        lang=(translation.get_language() or "en").split("-")[0],
        brand=licence.brand.name,
        allows=_("The owner of the mark allows"),
        holder=licence.organisation.name,
        for_products=_("to put it on these products:"),
        products=tuple(product_names(licence)),
        facts=tuple(_facts(licence, on)),
        note=_("Whether the licence still holds is said by the published list of users: %(link)s")
        % {"link": f"{settings.PUBLIC_URL}{reverse('licensing:user_list')}"},
        signatures=(_("For the owner of the mark"), _("For the holder")),
        agreement_title=title,
        agreement=tuple(accepted.agreement.text.split("\n\n")) if accepted else (),
        demonstration=_("DEMONSTRATION") if settings.IS_DEMONSTRATION else "",
    )
    return papers.pdf(sheet, made_at=made_at)


def sign_code(licence: Licence, on: date) -> str:
    """Return the credit code that stands at the place of the special sign, where rules ask for it.

    Empty where they do not, or where its check character is wrong.
    """
    use = schemes.use_rules(licence.brand.code, on)
    code = licence.organisation.registration_number
    is_asked = use is not None and use.condition(CREDIT_CODE) is not None
    return code if is_asked and is_credit_code(code) else ""


def _facts(licence: Licence, on: date) -> list[tuple[str, str]]:
    accepted = selectors.acceptance(licence)
    code = sign_code(licence, on)
    state = STATES[selectors.state_of(licence, on)][0]
    lines: list[tuple[Any, str]] = [
        (_("Licence"), licence.number),
        (_("From"), date_format(licence.valid_from, "DATE_FORMAT")),
        (_("Until"), date_format(licence.valid_until, "DATE_FORMAT")),
        (_("Owner of the mark"), schemes.brand(licence.brand.code).owner_name),
    ]
    lines += [
        (right.kind_name, f"{right.number}, {right.authority}")
        for right in schemes.rights_in_force(licence.brand.code, on)
    ]
    if code:
        lines.append((_("Unified social credit code, at its place of the special sign"), code))
    if licence.note:
        lines.append((_("Conditions"), licence.note))
    if accepted:
        day = date_format(accepted.accepted_at, "DATE_FORMAT")
        lines.append((_("Agreement accepted"), f"{accepted.agreement}, {day}"))
    lines.append((_("State on the day of printing"), f"{state}, {date_format(on, 'DATE_FORMAT')}"))
    return [(str(word), text) for word, text in lines]
