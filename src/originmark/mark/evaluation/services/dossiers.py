"""Ideas and dossiers in the applicant's hands."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from originmark.mark.evaluation import rulebooks, scoring, steps
from originmark.mark.evaluation.drafts import AnswerDraft, DossierDraft
from originmark.mark.evaluation.models import Answer, Dossier, Idea, Round, Step
from originmark.mark.evaluation.services.re_evaluations import join_re_evaluation
from originmark.mark.evaluation.services.rounds import locked_round
from originmark.mark.evaluation.step_refusals import (
    DossierOpen,
    NotEditable,
    NotTheApplicants,
    ProofsMissing,
    RoundClosed,
    SubgroupOutsideSet,
    UnknownDossier,
)
from originmark.mark.schemes import selectors as schemes
from originmark.mark.schemes.star_values import ProductSet, StarScheme
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor
from originmark.origin.parties.selectors import Organisation
from originmark.origin.products import selectors as products

WRITE = "evaluation.write_dossier"


@transaction.atomic
def register_idea(
    organisation_id: int,
    title: str,
    *,
    group_code: str = "",
    text: str = "",
    by: Actor,
    now: datetime,
) -> Idea:
    """Register what an organisation would like to bring forward."""
    access.require(by, WRITE, organisation_id=organisation_id)
    return Idea.objects.create(
        organisation_id=organisation_id,
        title=title.strip(),
        group_code=group_code,
        text=text.strip(),
        registered_at=now,
        registered_by=by.name,
    )


@transaction.atomic
def start_dossier(draft: DossierDraft, *, by: Actor, now: datetime) -> Dossier:
    """Begin a dossier in a round that is open.

    Raises NotAllowed, UnknownRound, RoundClosed, UnknownProduct, NotTheApplicants,
    UnknownProductSet, SubgroupOutsideSet or DossierOpen.
    """
    access.require(by, WRITE, organisation_id=draft.organisation_id)
    round_ = locked_round(draft.round_code)  # the lock keeps numbers apart
    _require_open(round_, timezone.localdate(now))
    organisation = parties.organisation_by_id(draft.organisation_id)
    product = products.product(draft.product_code)
    if product.organisation_id != organisation.pk:
        raise NotTheApplicants(product=product.name, organisation=organisation.name)
    scheme = rulebooks.scheme_of(round_)
    asked = schemes.product_set(scheme.code, scheme.version, draft.set_code)
    subgroup = _subgroup(asked, draft.subgroup_code)
    dossier = Dossier(
        number=_next_number(round_.code),
        scheme_code=scheme.code,
        scheme_version=scheme.version,
        level=round_.level,
        round=round_,
        organisation=organisation,
        product_id=product.id,
        set_code=asked.code,
        group_code=rulebooks.group_of(scheme, subgroup),
        subgroup_code=subgroup,
        idea=Idea.objects.filter(pk=draft.idea_id or 0, organisation=organisation).first(),
        renews=draft.renews,
        checker=_checker(scheme, round_.level, organisation),
        created_at=now,
    )
    save_new(dossier, product.name)
    join_re_evaluation(dossier)
    write_step(dossier, steps.DRAFT, by=by, now=now)
    return dossier


@transaction.atomic
def assess(number: str, answers: Sequence[AnswerDraft], *, by: Actor) -> Dossier:
    """Write the self-assessment; criteria that are not named keep their answers.

    Raises NotAllowed, UnknownDossier, NotEditable, UnknownCriterion or AnswerNotOffered.
    """
    dossier = editable(number, by=by)
    asked = rulebooks.set_of(dossier)
    there = {answer.criterion: answer for answer in dossier.answers.all()}
    changed: dict[str, Answer] = {}
    for said in answers:
        line = scoring.criterion(asked, said.criterion)
        answer = there.get(line.code) or Answer(dossier=dossier, criterion=line.code)
        answer.option = scoring.checked_option(line, said.option)
        answer.evidence, answer.remark = said.evidence.strip(), said.remark.strip()
        changed[line.code] = answer
    known = [each for code, each in changed.items() if code in there]
    Answer.objects.bulk_update(known, ["option", "evidence", "remark"])
    Answer.objects.bulk_create([each for code, each in changed.items() if code not in there])
    return dossier


@transaction.atomic
def submit_dossier(number: str, *, by: Actor, now: datetime) -> Dossier:
    """Hand a dossier in, or again after the office asked for something.

    Raises NotAllowed, UnknownDossier, StepOutOfOrder, RoundClosed (the first time), ProofsMissing
    or SheetIncomplete.
    """
    dossier = locked(number, by=by, permission=WRITE)
    steps.require_step(dossier.number, dossier.state, steps.SUBMIT)
    if dossier.state == steps.DRAFT and dossier.round is not None:
        _require_open(dossier.round, timezone.localdate(now))
    _require_proofs(dossier)
    given = dict(dossier.answers.values_list("criterion", "option"))
    scoring.require_complete(rulebooks.set_of(dossier), given)
    dossier.submitted_at = now
    dossier.action_needed, dossier.action_until = "", None
    write_step(dossier, steps.SUBMITTED, by=by, now=now)
    return dossier


@transaction.atomic
def withdraw_dossier(number: str, *, reason: str = "", by: Actor, now: datetime) -> Dossier:
    """Take a dossier back before it is decided."""
    dossier = locked(number, by=by, permission=WRITE)
    steps.require_step(dossier.number, dossier.state, steps.WITHDRAW)
    dossier.agenda.filter(session__closed_at=None).delete()
    write_step(dossier, steps.WITHDRAWN, by=by, now=now, note=reason.strip())
    return dossier


def editable(number: str, *, by: Actor) -> Dossier:
    """Return a dossier that is in the applicant's hands, locked; raises NotEditable."""
    dossier = locked(number, by=by, permission=WRITE)
    if dossier.state not in steps.EDITABLE:
        raise NotEditable(dossier=dossier.number, state=dossier.state)
    return dossier


def locked(number: str, *, by: Actor, permission: str) -> Dossier:
    """Return a dossier, locked, when the actor has the permission with its applicant."""
    dossier = locked_row(number)
    access.require(by, permission, organisation_id=dossier.organisation_id)
    return dossier


def locked_row(number: str) -> Dossier:
    """Return a dossier, locked, whoever asks: the caller checks the right to it."""
    rows = Dossier.objects.select_for_update(of=("self",))
    dossier = (
        rows.select_related("round", "organisation", "product", "checker")
        .filter(number=number)
        .first()
    )
    if dossier is None:
        raise UnknownDossier(dossier=number)
    return dossier


def write_step(dossier: Dossier, state: str, *, by: Actor, now: datetime, note: str = "") -> None:
    """Move a dossier to a state and write it into its timeline."""
    dossier.state = state
    dossier.save()
    Step.objects.create(dossier=dossier, state=state, at=now, by=by.name, note=note)


def save_new(dossier: Dossier, product_name: str) -> None:
    """Save a new dossier; raises DossierOpen when one of the product is on its way."""
    try:
        with transaction.atomic():
            dossier.save(force_insert=True)
    except IntegrityError:
        other = Dossier.objects.filter(
            product=dossier.product_id, scheme_code=dossier.scheme_code, level=dossier.level
        ).exclude(state__in=steps.ENDED)
        if (found := other.first()) is None:
            raise
        raise DossierOpen(product=product_name, dossier=found.number) from None


def _require_open(round_: Round, today: date) -> None:
    if not round_.opens_on <= today <= round_.closes_on:
        raise RoundClosed(
            round=round_.name, opens_on=round_.opens_on, closes_on=round_.closes_on, today=today
        )


def _require_proofs(dossier: Dossier) -> None:
    wanted = rulebooks.mandatory_proofs(rulebooks.scheme_of(dossier), dossier.group_code)
    there = set(dossier.proofs.values_list("proof", flat=True))
    missing = tuple(proof.name.english for proof in wanted if proof.code not in there)
    if missing:
        raise ProofsMissing(missing=missing)


def _subgroup(asked: ProductSet, said: str) -> str:
    if said and said not in asked.subgroups:
        raise SubgroupOutsideSet(
            subgroup=said, product_set=asked.name.english, expected=asked.subgroups
        )
    return said or next(iter(asked.subgroups), "")


def _checker(scheme: StarScheme, level: str, organisation: Organisation) -> Organisation | None:
    """Return the authority of the applicant's own place, where the version has a pre-check."""
    if rulebooks.checking_level(scheme, level) is None or organisation.unit_id is None:
        return None
    rows = parties.organisations(access.SYSTEM).filter(kind=Organisation.Kind.AUTHORITY)
    return rows.filter(unit_id=organisation.unit_id, is_active=True).order_by("pk").first()


def _next_number(round_code: str) -> str:
    """Return the next free number of a round, as ``QN-2026-0007``."""
    stem = f"{round_code.upper()}-"
    taken = Dossier.objects.filter(number__startswith=stem).values_list("number", flat=True)
    tails = [number[len(stem) :] for number in taken]
    return f"{stem}{max((int(tail) for tail in tails if tail.isdecimal()), default=0) + 1:04d}"
