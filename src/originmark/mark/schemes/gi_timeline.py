"""What happened to an application, in one line: who did what, and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from originmark.mark.schemes import gi_selectors as selectors
from originmark.mark.schemes.gi_models import GiApplication, GiHearing, GiOpposition

TONES: Final = {"granted": "ok", "refused": "bad", "shown": "ok", "not-shown": "warn"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that somebody did."""

    at: datetime
    title: str
    by: str
    note: str = ""
    icon: str = "circle-dot"
    tone: str = ""


def timeline(row: GiApplication, oppositions: Iterable[GiOpposition]) -> list[Happening]:
    """Return everything that happened, the first first. Four queries.

    The oppositions come with their hearings.
    """
    found = [*_steps(row), *_papers(row), *_judgements(row)]
    for each in oppositions:
        found += _opposition(each)
    return sorted(found, key=lambda each: each.at)  # stable: of one moment, the step comes first


def _steps(row: GiApplication) -> Iterator[Happening]:
    for each in row.steps.all():
        name = selectors.stage_name(row, each.stage)
        yield Happening(each.at, name, each.by_name, each.note, tone=TONES.get(each.stage, ""))


def _papers(row: GiApplication) -> Iterator[Happening]:
    for each in row.documents.all():
        title = _("Paper filed: %(title)s") % {"title": each.title}
        yield Happening(each.filed_at, title, each.filed_by, icon="file")


def _judgements(row: GiApplication) -> Iterator[Happening]:
    names = {each.code: each.name for each in selectors.procedure_of(row).properties}
    for each in row.judgements.all():
        name = names.get(each.property)
        said = name.in_language(get_language() or "en") if name else each.property
        title = _("%(property)s: %(verdict)s") % {
            "property": said, "verdict": each.get_verdict_display(),
        }  # fmt: skip
        tone = TONES[each.verdict]
        yield Happening(each.judged_at, title, each.judged_by, each.reason, "clipboard-check", tone)


def _opposition(row: GiOpposition) -> Iterator[Happening]:
    facts = {"who": row.who}
    yield Happening(row.received_at, _("Opposition received"), row.who, icon="gavel", tone="warn")
    if row.answered_at is not None:
        title = _("The applicant answered %(who)s") % facts
        yield Happening(row.answered_at, title, row.answered_by, icon="message")
    yield from (_hearing(each) for each in row.hearings.all())
    if row.decided_at is not None:
        title = _("Opposition of %(who)s: %(outcome)s") % {
            **facts, "outcome": row.get_outcome_display(),
        }  # fmt: skip
        yield Happening(row.decided_at, title, row.decided_by, row.reason, "gavel")


def _hearing(row: GiHearing) -> Happening:
    title = _("Hearing on the opposition of %(who)s") % {"who": row.opposition.who}
    return Happening(row.recorded_at, title, row.recorded_by, icon="users")
