"""Commands on applications for a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from originmark.mark.licensing import application_refusals as refusals
from originmark.mark.licensing import application_rules as rules
from originmark.mark.licensing.models import Application, ApplicationStep
from originmark.mark.licensing.periods import last_day
from originmark.mark.licensing.services.application_facts import check
from originmark.mark.licensing.services.licences import Grant, grant_licence
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import SYSTEM, Actor
from originmark.origin.places import selectors as places

Kind = ApplicationStep.Kind


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """What a producer asks for: products and growing areas by code."""

    brand_code: str
    organisation_id: int
    products: tuple[str, ...]
    areas: tuple[str, ...]
    season: int
    forecast_kg: Decimal | None = None
    own_brand: str = ""
    note: str = ""


@transaction.atomic
def apply_for_mark(draft: ApplicationDraft, *, by: Actor, now: datetime) -> Application:
    """File an application. What is not met yet is shown, not refused.

    Raises UnknownBrand, BrandNotActive, NothingAppliedFor, ProductsOutsideBrand or ForeignAreas.
    """
    access.require(by, "licensing.apply", organisation_id=draft.organisation_id)
    brand = schemes.brand(draft.brand_code)
    _require_sense(draft, brand.name)
    application = Application.objects.create(
        number=_next_number(timezone.localtime(now).year),
        brand_id=brand.id,
        organisation_id=draft.organisation_id,
        applied_at=now,
        applied_by=by.name,
        **_said(draft),
    )
    _step(application, Kind.APPLIED, draft.note, by=by, now=now)
    return application


@transaction.atomic
def answer_application(
    number: str, draft: ApplicationDraft, *, by: Actor, now: datetime
) -> Application:
    """Change an application that is not decided, and send it back to the office.

    Brand and applicant stay. A consent to an own brand holds for that brand only. Raises
    UnknownApplication, WrongApplicationState, or what ``apply_for_mark`` raises.
    """
    application = _locked(number, "licensing.apply", by)
    _require_state(application, *rules.OPEN)
    _require_sense(draft, application.brand.name)
    if draft.own_brand.strip() != application.own_brand:
        application.own_brand_consent = ""
    for field, value in _said(draft).items():
        setattr(application, field, value)
    application.state = rules.SUBMITTED
    application.save()
    _step(application, Kind.ANSWERED, draft.note, by=by, now=now)
    return application


@transaction.atomic
def ask_for_more(number: str, *, note: str, by: Actor, now: datetime) -> Application:
    """Send an application back to the producer, saying what is wanted.

    Raises UnknownApplication, WrongApplicationState or WordMissing.
    """
    return _move(number, rules.MORE_WANTED, Kind.ASKED, note, by=by, now=now)


@transaction.atomic
def refuse_application(number: str, *, note: str, by: Actor, now: datetime) -> Application:
    """Refuse an application with a reason; raises what ``ask_for_more`` raises."""
    return _move(number, rules.REFUSED, Kind.REFUSED, note, by=by, now=now)


@transaction.atomic
def withdraw_application(number: str, *, note: str = "", by: Actor, now: datetime) -> Application:
    """Take an application back, by its producer.

    Raises UnknownApplication or WrongApplicationState.
    """
    application = _locked(number, "licensing.apply", by)
    _require_state(application, *rules.OPEN)
    return _to(application, rules.WITHDRAWN, Kind.WITHDRAWN, note, by=by, now=now)


@transaction.atomic
def consent_to_own_brand(number: str, *, note: str, by: Actor, now: datetime) -> Application:
    """Record that the owner of the mark lets the producer's own brand stand beside it.

    Raises UnknownApplication, WrongApplicationState or WordMissing (where the consent is found).
    """
    application = _locked(number, "licensing.grant", by)
    _require_state(application, *rules.OPEN)
    if not note.strip() or not application.own_brand:
        raise refusals.WordMissing(number=number)
    application.own_brand_consent = note.strip()[:300]
    application.save(update_fields=["own_brand_consent"])
    _step(application, Kind.CONSENTED, note, by=by, now=now)
    return application


@transaction.atomic
def grant_application(
    number: str,
    *,
    valid_from: date,
    valid_until: date | None = None,
    note: str = "",
    by: Actor,
    now: datetime,
) -> Application:
    """Grant the licence that an application asks for; ``note`` holds its conditions.

    Without a last day the licence lasts as long as the rules of use say.

    Raises UnknownApplication, WrongApplicationState, ConditionsNotMet with every reason,
    TermUnknown, TermBeyondRules, or what ``grant_licence`` raises.
    """
    application = _locked(number, "licensing.grant", by)
    _require_state(application, *rules.OPEN)
    found = check(application, timezone.localtime(now).date())
    rules.require(found)
    brand = application.brand
    grant = Grant(
        brand_code=brand.code,
        organisation_id=application.organisation_id,
        products=tuple(application.products),
        valid_from=valid_from,
        valid_until=_last_day(brand.code, brand.name, valid_from, valid_until),
        note=note.strip(),
    )
    application.licence = grant_licence(grant, by=by, now=now)
    application.state = rules.GRANTED
    application.save(update_fields=["state", "licence"])
    _step(application, Kind.GRANTED, note, by=by, now=now, found=found)
    return application


def _move(
    number: str, state: str, kind: str, note: str, *, by: Actor, now: datetime
) -> Application:
    application = _locked(number, "licensing.grant", by)
    _require_state(application, *rules.OPEN)
    if not note.strip():
        raise refusals.WordMissing(number=number)
    return _to(application, state, kind, note, by=by, now=now)


def _to(
    application: Application, state: str, kind: str, note: str, *, by: Actor, now: datetime
) -> Application:
    application.state = state
    application.save(update_fields=["state"])
    _step(application, kind, note, by=by, now=now)
    return application


def _step(
    application: Application,
    kind: str,
    note: str,
    *,
    by: Actor,
    now: datetime,
    found: Sequence[rules.Condition] = (),
) -> None:
    ApplicationStep.objects.create(
        application=application,
        kind=kind,
        note=note.strip(),
        conditions=[{"key": each.key, "text": each.text.english} for each in found],
        at=now,
        by_name=by.name,
    )


def _locked(number: str, permission: str, by: Actor) -> Application:
    rows = Application.objects.select_for_update(of=("self",))
    application = rows.select_related("brand", "organisation").filter(number=number).first()
    if application is None:
        raise refusals.UnknownApplication(number=number)
    access.require(by, permission, organisation_id=application.organisation_id)
    return application


def _require_state(application: Application, *states: str) -> None:
    if application.state not in states:
        raise refusals.WrongApplicationState(
            number=application.number, state=str(application.get_state_display())
        )


def _require_sense(draft: ApplicationDraft, brand: str) -> None:
    if not draft.products:
        raise refusals.NothingAppliedFor(brand=brand)
    rows = places.growing_areas(SYSTEM).filter(organisation_id=draft.organisation_id)
    own = set(rows.filter(code__in=draft.areas).values_list("code", flat=True))
    if foreign := tuple(each for each in draft.areas if each not in own):
        holder = parties.organisation_by_id(draft.organisation_id)
        raise refusals.ForeignAreas(areas=foreign, organisation=holder.name)


def _said(draft: ApplicationDraft) -> dict[str, object]:
    return {
        "products": sorted(set(draft.products)),
        "areas": sorted(set(draft.areas)),
        "season": draft.season,
        "forecast_kg": draft.forecast_kg,
        "own_brand": draft.own_brand.strip(),
        "note": draft.note.strip(),
    }


def _last_day(brand_code: str, brand: str, first: date, asked: date | None) -> date:
    use = schemes.use_rules(brand_code, first)
    months = use.term_months if use else None
    if months is None:
        if asked is None:
            raise refusals.TermUnknown(brand=brand)
        return asked
    latest = last_day(first, months)
    if asked is not None and asked > latest:
        raise refusals.TermBeyondRules(months=months, latest=latest, asked=asked)
    return asked or latest


def _next_number(year: int) -> str:
    stem = f"A-{year}-"
    rows = Application.objects.select_for_update().filter(number__startswith=stem)
    taken = [int(number[len(stem) :]) for number in rows.values_list("number", flat=True)]
    return f"{stem}{max(taken, default=0) + 1:04d}"
