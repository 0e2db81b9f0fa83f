"""The audit trail of a record: who changed what, when, from where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from auditlog.models import LogEntry
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ENTRIES_SHOWN = 50
ACTIONS: dict[int, tuple[Promise, str]] = {
    LogEntry.Action.CREATE: (gettext_lazy("Made"), "plus"),
    LogEntry.Action.UPDATE: (gettext_lazy("Changed"), "edit"),
    LogEntry.Action.DELETE: (gettext_lazy("Deleted"), "trash"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a record."""

    at: datetime
    who: str
    address: str
    action: str
    icon: str
    changes: tuple[Change, ...]


def history_entries(record: Model, *, newest: int = ENTRIES_SHOWN) -> list[HistoryEntry]:
    """Return the latest changes of a record, newest first.

    One query, and one for each related record that a change names.
    """
    found = LogEntry.objects.get_for_object(record).select_related("actor", "content_type")
    return [_entry(each) for each in found.order_by("-timestamp", "-pk")[:newest]]


def _entry(entry: LogEntry) -> HistoryEntry:
    action, icon = ACTIONS.get(entry.action, (gettext_lazy("Seen"), "eye"))
    is_new = entry.action == LogEntry.Action.CREATE
    return HistoryEntry(
        at=entry.timestamp,
        who=str(entry.actor or entry.actor_email or _("the system")),
        address=entry.remote_addr or "",
        action=str(action),
        icon=icon,
        changes=() if is_new else tuple(_changes(entry)),
    )


def _changes(entry: LogEntry) -> Iterator[Change]:
    """Yield the fields that changed; relations to many tell what came and what went."""
    for field, change in _told(entry).items():
        if isinstance(change, dict):
            named = ", ".join(str(each) for each in change.get("objects", []))
            is_added = change.get("operation") == "add"
            label = str(field).replace("_", " ")
            yield Change(label, "" if is_added else named, named if is_added else "")
        else:
            before, after = (str(each) for each in change)
            yield Change(str(field), _plain(before), _plain(after))


def _told(entry: LogEntry) -> dict[str, Any]:
    """Return what changed in words; a relation to many as it is stored, which auditlog garbles."""
    stored: dict[str, Any] = entry.changes_dict
    if any(isinstance(each, dict) for each in stored.values()):
        return stored
    return dict(entry.changes_display_dict)


def _plain(value: str) -> str:
    return "" if value == "None" else value
