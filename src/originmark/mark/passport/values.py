"""What a passport is made of, and what other rooms hand in for one."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from originmark.origin.products.selectors import PictureFacts

OK, WARN = "ok", "warn"
MOST_STARS: Final = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the fact sheet."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Something the buyer is told, with the record that proves it.

    With a ``verifier`` it was checked by somebody who is named and who is not the producer;
    without one it rests on the producer's own records. ``tone`` is ok, or warn for what no
    longer counts. ``stars`` are drawn where there are any.
    """

    title: str
    detail: str
    icon: str
    url: str = ""
    verifier: str = ""
    tone: str = OK
    stars: int = 0

    @property
    def is_verified(self) -> bool:
        """Return whether somebody other than the producer checked it and it still counts."""
        return bool(self.verifier) and self.tone == OK

    @property
    def drawn(self) -> list[bool]:
        """Return for each of the five stars whether it is filled; nothing without stars."""
        return [n < self.stars for n in range(MOST_STARS)] if self.stars else []


@dataclass(frozen=True, slots=True)
class Alarm:
    """A warning about a whole lot: why, since when, what to do, whom to call."""

    why: str
    since: date | None = None
    what_to_do: str = ""
    call: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A section of another room: ``body`` is what is shown, ``data`` the same for programs."""

    key: str
    title: str
    icon: str
    body: SafeString
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a shopper can do next."""

    title: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who had a hand in it, and in what."""

    name: str
    did: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way from field to shelf."""

    at: datetime
    until: datetime
    title: str
    detail: str
    icon: str

    @property
    def when(self) -> str:
        """Return the day, or the first and the last, as the reader's language writes it."""
        days = [date_format(localtime(each), "DATE_FORMAT") for each in (self.at, self.until)]
        return " – ".join(dict.fromkeys(days))


@dataclass(frozen=True, slots=True)
class Proof:
    """An event's place in the transparency log.

    ``logged_at`` is when the log was first signed with it, None before that; behind ``url`` is
    everything that is needed to check it.
    """

    event_id: int
    title: str
    at: datetime
    index: int
    tree_size: int
    leaf_hash: str
    path: tuple[str, ...]
    logged_at: datetime | None
    url: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A growing area behind a lot."""

    name: str
    detail: str
    geometry: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Passport:
    """What a shopper is told about a lot.

    ``pack`` is what must stand on the pack too; ``changed_at`` is the day of the newest record.
    """

    name: str
    other_names: list[str]
    lot_code: str
    pack: list[Fact]
    facts: list[Fact]
    story: list[str]
    picture: PictureFacts | None
    promises: list[Promise]
    parties: list[Party]
    plots: list[Plot]
    maps: list[SafeString]
    steps: list[Step]
    proofs: list[Proof] = field(default_factory=list)
    root: str = ""
    changed_at: datetime | None = None
    panels: list[Panel] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    permalink: str = ""
    alarm: Alarm | None = None

    @property
    def stars(self) -> Promise | None:
        """Return the stars that count, to be shown beside the name."""
        return next((each for each in self.promises if each.stars and each.tone == OK), None)

    def for_programs(self) -> dict[str, Any]:
        """Return the same without its drawings, for JSON."""
        said = asdict(self)
        del said["maps"]
        said["panels"] = [
            {"key": each.key, "title": each.title, "data": each.data} for each in self.panels
        ]
        return said
