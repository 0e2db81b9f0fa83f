"""Reading a register of rights from a table: rows in, drafts and refusals out. Pure.

A profile says how the columns and words of one file stand for ours. A row is refused when the
right could not be told from another or would say something untrue: no number, no name, a state,
kind or country that nobody knows, a day that is no day. A gap that the source itself has (no
legal basis, no date) is taken as it is, and told in a remark where it matters.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from originmark.frame.web.refusals import gettext_noop
from originmark.mark.schemes.countries import country_codes
from originmark.mark.schemes.drafts import RightDraft
from originmark.mark.schemes.register_profiles import PROFILES, Profile
from originmark.mark.schemes.rules import UnknownColumns

LONGEST: Final = {"number": 60, "register": 120, "authority": 200, "product_class": 200}
LONGEST_OTHER: Final = 300


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about one cell: why its row is refused, or what is odd about it."""

    row: int
    column: str
    found: str
    sentence: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.sentence % self.facts}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: the rights that can be taken, and what to say about the others."""

    profile: Profile
    drafts: tuple[RightDraft, ...]
    refused: tuple[Note, ...]
    remarks: tuple[Note, ...]

    @property
    def rows_refused(self) -> int:
        """Return how many rows are refused (a row may be refused for several reasons)."""
        return len({note.row for note in self.refused})


def profile_of(headers: Iterable[str]) -> Profile:
    """Return the profile whose columns the file has; raises UnknownColumns."""
    given = {each.strip() for each in headers}
    lacking = {profile.name: profile.required - given for profile in PROFILES}
    for profile in PROFILES:
        if not lacking[profile.name]:
            return profile
    nearest = min(lacking.values(), key=len)
    raise UnknownColumns(missing=tuple(sorted(nearest)))


def read_register(
    headers: Iterable[str], rows: Iterable[tuple[int, Mapping[str, str]]], *, today: date
) -> Reading:
    """Read the rows of a register's table, each with its number in the file.

    Raises UnknownColumns when no profile fits the headers.
    """
    profile = profile_of(headers)
    drafts: dict[tuple[str, str], RightDraft] = {}
    first: dict[tuple[str, str], int] = {}
    refused: list[Note] = []
    remarks: list[Note] = []
    for number, cells in rows:
        if not any(value.strip() for value in cells.values()):
            continue
        row = _Row(profile, number, cells, today)
        draft = row.draft()
        if draft is not None and draft.key in first:
            row.refuse("number", SAID_TWICE, row=first[draft.key])
        refused += row.refused
        if draft is not None and not row.refused:
            first[draft.key] = number
            drafts[draft.key] = draft
            remarks += row.remarks(draft)
    return Reading(profile, tuple(drafts.values()), tuple(refused), tuple(remarks))


class _Row:
    """One row while it is read: it collects what is wrong with it."""

    def __init__(
        self, profile: Profile, number: int, cells: Mapping[str, str], today: date
    ) -> None:
        self.profile, self.number, self.cells, self.today = profile, number, cells, today
        self.refused: list[Note] = []

    def draft(self) -> RightDraft | None:
        """Return the right that the row describes, or None when it cannot be read."""
        profile = self.profile
        draft = RightDraft(
            name=self._text("name"),
            number=self._text("number"),
            register=self._text("register"),
            authority=self._text("authority"),
            product_class=self._text("product_class"),
            legal_basis=self._text("legal_basis"),
            kind=self._word("kind", profile.kinds),
            status=self._word("status", profile.statuses),
            country=self._country(),
            applied_on=self._date("applied_on"),
            published_on=self._date("published_on"),
            registered_on=self._date("registered_on"),
            valid_until=self._date("valid_until"),
        )
        for name in ("name", "number", "register", "authority"):
            if not getattr(draft, name):
                self.refuse(name, MISSING)
        return None if self.refused else draft

    def refuse(self, name: str, sentence: str, **facts: Any) -> None:
        """Say that the row is refused because of one of its cells."""
        self.refused.append(self._note(name, sentence, facts))

    def remarks(self, draft: RightDraft) -> Iterator[Note]:
        """Yield what is odd about a row that is taken."""
        if draft.status == "registered" and draft.registered_on is None:
            yield self._note("registered_on", NO_DATE, {})
        if draft.applied_on and draft.registered_on and draft.applied_on > draft.registered_on:
            facts = {"applied": draft.applied_on, "registered": draft.registered_on}
            yield self._note("applied_on", APPLIED_LATER, facts)
        if any(each.isspace() for each in draft.number):
            yield self._note("number", BLANK_IN_NUMBER, {})

    def _note(self, name: str, sentence: str, facts: dict[str, Any]) -> Note:
        column = self.profile.headers.get(name, name)
        return Note(self.number, column, self._cell(name), sentence, facts)

    def _cell(self, name: str) -> str:
        header = self.profile.headers.get(name)
        given = (self.cells.get(header) or "") if header else ""
        return " ".join(given.split())

    def _text(self, name: str) -> str:
        text = self._cell(name) or self.profile.constants.get(name, "")
        if name == "register" and text:
            text = self.profile.register_prefix + text
        longest = LONGEST.get(name, LONGEST_OTHER)
        if len(text) > longest:
            self.refuse(name, TOO_LONG, found=len(text), longest=longest)
        return text

    def _word(self, name: str, known: Mapping[str, str]) -> str:
        given = self._cell(name)
        if not given:
            self.refuse(name, MISSING)
        elif given.casefold() not in known:
            self.refuse(name, UNKNOWN_WORD, found=given, known=", ".join(known))
        return known.get(given.casefold(), "")

    def _country(self) -> str:
        given = self._cell("country")
        codes, unknown = country_codes(given)
        if not given:
            self.refuse("country", MISSING)
        elif unknown:
            self.refuse("country", UNKNOWN_COUNTRY, found=", ".join(unknown))
        elif len(codes) > 20:
            self.refuse("country", TOO_LONG, found=len(codes), longest=20)
        return " ".join(codes)

    def _date(self, name: str) -> date | None:
        given = self._cell(name)
        if not given:
            return None
        form = self.profile.date_format
        try:
            # A day has no time zone; only its date is kept.
            found = datetime.strptime(given, form).date() if given.isascii() else None  # noqa: DTZ007
        except ValueError:
            found = None
        if found is None:
            self.refuse(name, NOT_A_DATE, found=given, form=self.profile.date_words)
        elif name != "valid_until" and found > self.today:
            self.refuse(name, IN_FUTURE, found=given)
        return found


MISSING = gettext_noop("The cell is empty; a right cannot be told without it.")
SAID_TWICE = gettext_noop("Row %(row)s has this number in this register already.")
TOO_LONG = gettext_noop("It has %(found)s letters; at most %(longest)s fit.")
UNKNOWN_WORD = gettext_noop("“%(found)s” is not known. Known are: %(known)s.")
UNKNOWN_COUNTRY = gettext_noop("There is no country “%(found)s”. Give its name or ISO code.")
NOT_A_DATE = gettext_noop("“%(found)s” is no day of the calendar in the form %(form)s.")
IN_FUTURE = gettext_noop("“%(found)s” is in the future.")
NO_DATE = gettext_noop("It is registered, but the file does not say since when.")
APPLIED_LATER = gettext_noop(
    "It was applied for on %(applied)s, after it was registered on %(registered)s. Both days "
    "are kept as the file has them."
)
BLANK_IN_NUMBER = gettext_noop("The number has blanks in it. It is kept as the file has it.")
