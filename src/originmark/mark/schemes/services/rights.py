"""Recording rights, one by one or a register at a time."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Final

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from originmark.mark.schemes import rules
from originmark.mark.schemes.drafts import RightDraft, folded
from originmark.mark.schemes.models import Brand, Right
from originmark.origin.parties import access
from originmark.origin.parties.access import Actor

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import did to the register here."""

    taken: int
    changed: int
    unchanged: int


@transaction.atomic
def record_right(
    draft: RightDraft, *, brand_code: str = "", source: str = "", by: Actor, now: datetime
) -> Right:
    """Record one right, of a brand or of none.

    Raises RightTaken, RegisteredWithoutDate, DatesReversed or UnknownBrand.
    """
    access.require(by, "schemes.record_right")
    _check(draft)
    if Right.objects.filter(register=draft.register, number=draft.number).exists():
        raise rules.RightTaken(register=draft.register, number=draft.number)
    right = Right(brand=_brand(brand_code), source=source, recorded_at=now)
    return _write(right, draft, now)


@transaction.atomic
def change_right(
    right_id: int, draft: RightDraft, *, brand_code: str = "", by: Actor, now: datetime
) -> Right:
    """Change what a right says, also its place in a register.

    Raises UnknownRight, RightTaken, RegisteredWithoutDate, DatesReversed or UnknownBrand.
    """
    right = Right.objects.select_for_update().filter(pk=right_id).first()
    access.require(by, "schemes.record_right")
    if right is None:
        raise rules.UnknownRight(register=draft.register, number=draft.number)
    _check(draft)
    others = Right.objects.exclude(pk=right_id)
    if others.filter(register=draft.register, number=draft.number).exists():
        raise rules.RightTaken(register=draft.register, number=draft.number)
    right.brand = _brand(brand_code)
    return _write(right, draft, now)


@transaction.atomic
def attach_right(*, register: str, number: str, brand_code: str, by: Actor, now: datetime) -> Right:
    """Say that a right that is in the register protects a brand (an empty code: no longer).

    Raises UnknownRight or UnknownBrand.
    """
    right = Right.objects.select_for_update().filter(register=register, number=number).first()
    access.require(by, "schemes.record_right")
    if right is None:
        raise rules.UnknownRight(register=register, number=number)
    right.brand, right.changed_at = _brand(brand_code), now
    right.save(update_fields=["brand", "changed_at"])
    return right


def _check(draft: RightDraft) -> None:
    rules.check_registration(
        status=draft.status, number=draft.number, registered_on=draft.registered_on
    )
    rules.check_period(draft.registered_on or draft.applied_on, draft.valid_until)


def _brand(code: str) -> Brand | None:
    if not code:
        return None
    brand = Brand.objects.filter(code=code).first()
    if brand is None:
        raise rules.UnknownBrand(brand=code)
    return brand


def _write(right: Right, draft: RightDraft, now: datetime) -> Right:
    _fill(right, draft)
    right.changed_at = now
    try:
        with transaction.atomic():
            right.save()
    except IntegrityError:  # somebody recorded this number a moment ago
        raise rules.RightTaken(register=draft.register, number=draft.number) from None
    return right


def _fill(right: Right, draft: RightDraft) -> None:
    for name, value in asdict(draft).items():
        setattr(right, name, value)
    right.folded_name = folded(draft.name)[:300]


@transaction.atomic
def import_rights(
    drafts: Iterable[RightDraft], *, source: str, by: Actor, now: datetime
) -> ImportCounts:
    """Take the rows of a register: what is new is added, what differs is changed.

    Nothing is deleted, and a right keeps its brand. Taking the same rows again changes nothing.
    The drafts have distinct keys
    (the reader of the file sees to it). Costs one query when nothing differs, else one for each
    30 rows on SQLite and for each 250 on PostgreSQL.
    """
    access.require(by, "schemes.import_rights")
    _lock_registers()
    new, changed, unchanged = _sorted_out(drafts)
    rows = [_new(draft, source, now) for draft in new]
    for right, draft, _ in changed:
        _fill(right, draft)
        right.source, right.changed_at = source, now
    _store(rows, [(right, differences) for right, _, differences in changed], by=by, now=now)
    return ImportCounts(len(new), len(changed), unchanged)


def _lock_registers() -> None:
    """Let one import run at a time, so that two of one file do not both find it new."""
    list(ContentType.objects.select_for_update().filter(app_label="schemes", model="right"))


def compare_rights(drafts: Iterable[RightDraft]) -> ImportCounts:
    """Return what ``import_rights`` would do; changes nothing. One query."""
    new, changed, unchanged = _sorted_out(drafts)
    return ImportCounts(len(new), len(changed), unchanged)


Change = tuple[Right, RightDraft, dict[str, list[str]]]


def _sorted_out(drafts: Iterable[RightDraft]) -> tuple[list[RightDraft], list[Change], int]:
    """Return the drafts that are new, those that change a right, and how many do not."""
    by_key = {draft.key: draft for draft in drafts}
    registers = {register for register, _ in by_key}
    known = {
        (right.register, right.number): right
        for right in Right.objects.filter(register__in=registers)
    }
    new = [draft for key, draft in by_key.items() if key not in known]
    changed = [
        (known[key], draft, differences)
        for key, draft in by_key.items()
        if key in known and (differences := _differences(known[key], draft))
    ]
    return new, changed, len(by_key) - len(new) - len(changed)


def _new(draft: RightDraft, source: str, now: datetime) -> Right:
    right = Right(source=source, recorded_at=now, changed_at=now)
    _fill(right, draft)
    return right


def _differences(right: Right, draft: RightDraft) -> dict[str, list[str]]:
    return {
        field.name: [str(getattr(right, field.name)), str(getattr(draft, field.name))]
        for field in fields(draft)
        if getattr(right, field.name) != getattr(draft, field.name)
    }


def _store(
    new: list[Right],
    changed: list[tuple[Right, dict[str, list[str]]]],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Write in bulk, with the audit trail that single writes would have left."""
    Right.objects.bulk_create(new, batch_size=BATCH)
    names = [*(field.name for field in fields(RightDraft)), "folded_name", "source", "changed_at"]
    Right.objects.bulk_update([right for right, _ in changed], names, batch_size=BATCH)
    kind = ContentType.objects.get_for_model(Right)

    def entry(right: Right, action: int, changes: dict[str, list[str]]) -> LogEntry:
        return LogEntry(
            content_type=kind,
            object_pk=str(right.pk),
            object_id=right.pk,
            object_repr=str(right),
            action=action,
            changes=changes,
            actor_id=by.person_id,
            remote_addr=by.address,
            timestamp=now,
        )

    entries = [
        entry(right, LogEntry.Action.CREATE, {"source": ["", right.source]}) for right in new
    ]
    entries += [entry(right, LogEntry.Action.UPDATE, changes) for right, changes in changed]
    LogEntry.objects.bulk_create(entries, batch_size=BATCH)
