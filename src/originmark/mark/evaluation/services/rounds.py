"""Open rounds, set their rules, keep the holidays."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from originmark.mark.evaluation.drafts import RoundDraft, RoundRules
from originmark.mark.evaluation.models import Decision, Holiday, Round
from originmark.mark.evaluation.rulebooks import has_council
from originmark.mark.evaluation.step_refusals import (
    LevelDecidesNothing,
    RoundEndsBeforeItBegins,
    RoundTaken,
    RulesSettled,
    UnknownRound,
)
from originmark.mark.schemes import selectors as schemes
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.origin.places import selectors as places


@transaction.atomic
def open_round(draft: RoundDraft, *, by: Actor, now: datetime) -> Round:
    """Open a round of a level.

    Raises NotAllowed, RoundTaken, RoundEndsBeforeItBegins, LevelDecidesNothing, FigureRefused,
    UnknownRulebook or UnknownPlace.
    """
    access.require(by, "evaluation.run")
    if Round.objects.filter(code=draft.code).exists():
        raise RoundTaken(round=draft.code)
    if draft.closes_on < draft.opens_on:
        raise RoundEndsBeforeItBegins(opens_on=draft.opens_on, closes_on=draft.closes_on)
    _require_deciding_level(draft)
    draft.rules.require_possible()
    return Round.objects.create(
        code=draft.code,
        name=draft.name.strip(),
        scheme_code=draft.scheme_code,
        scheme_version=draft.scheme_version,
        level=draft.level,
        unit=places.unit(draft.unit_key) if draft.unit_key else None,
        year=draft.year,
        opens_on=draft.opens_on,
        closes_on=draft.closes_on,
        opened_at=now,
        opened_by=by.name,
        **_columns(draft.rules),
    )


@transaction.atomic
def change_rules(round_code: str, said: RoundRules, *, by: Actor) -> Round:
    """Set the rules of a round; once a dossier was decided by them they stay.

    Raises NotAllowed, UnknownRound, RulesSettled or FigureRefused.
    """
    access.require(by, "evaluation.run")
    said.require_possible()
    row = locked_round(round_code)
    if Decision.objects.filter(session__round=row).exists():
        raise RulesSettled(round=row.code)
    for name, value in _columns(said).items():
        setattr(row, name, value)
    row.save(update_fields=list(_columns(said)))
    return row


def locked_round(code: str) -> Round:
    """Return a round, locked; raises UnknownRound."""
    row = Round.objects.select_for_update(of=("self",)).filter(code=code).first()
    if row is None:
        raise UnknownRound(round=code)
    return row


@transaction.atomic
def add_holiday(day: date, name: str, *, by: Actor) -> Holiday:
    """Enter a day on which offices do not work; the same day again changes its name."""
    access.require(by, "evaluation.run")
    row, _is_new = Holiday.objects.update_or_create(day=day, defaults={"name": name.strip()})
    return row


@transaction.atomic
def remove_holiday(day: date, *, by: Actor) -> None:
    """Make a day a working day again."""
    access.require(by, "evaluation.run")
    for row in Holiday.objects.filter(day=day):
        row.delete()


def _require_deciding_level(draft: RoundDraft) -> None:
    scheme = schemes.star_scheme(draft.scheme_code, draft.scheme_version)
    deciding = tuple(level.code for level in scheme.levels if has_council(level))
    if draft.level not in deciding:
        raise LevelDecidesNothing(
            scheme=scheme.code, version=scheme.version, level=draft.level, levels=deciding
        )


def _columns(said: RoundRules) -> dict[str, object]:
    return asdict(said) | {"pre_check_contents": list(said.pre_check_contents)}
