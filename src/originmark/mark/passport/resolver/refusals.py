"""What the resolver refuses, in words."""

from dataclasses import dataclass
from typing import ClassVar

from originmark.frame.web.refusals import RuleViolation, gettext_noop


@dataclass(eq=False)
class BadLink(RuleViolation):
    """An address that can be no Digital Link."""

    code: ClassVar[str] = "bad-digital-link"
    status: ClassVar[int] = 400
    field: ClassVar[str | None] = "link"
    sentence: ClassVar[str] = gettext_noop(
        "“%(link)s” is no GS1 Digital Link: %(why)s. Scan the code again, or correct the address."
    )

    link: str
    why: str


@dataclass(eq=False)
class NothingKnown(RuleViolation):
    """A good address of something that nobody here knows."""

    code: ClassVar[str] = "nothing-known"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "The address %(link)s is well formed, but nothing is known here about what it names. "
        "If it stands on a pack that carries the mark, tell the brand office."
    )

    link: str


@dataclass(eq=False)
class NoSuchLink(RuleViolation):
    """Something known has no link of the type that is asked for."""

    code: ClassVar[str] = "no-such-link"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no link of the type %(link_type)s for %(link)s. "
        "Ask with linkType=linkset for the list of those that there are."
    )

    link: str
    link_type: str


@dataclass(eq=False)
class UnknownLink(RuleViolation):
    """Nobody knows such a link, or the person may not see it."""

    code: ClassVar[str] = "unknown-link"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = gettext_noop(
        "There is no link %(link)s here. Look it up in the list of links."
    )

    link: str


@dataclass(eq=False)
class AnchorRefused(RuleViolation):
    """What a link is said to be about is no identifier."""

    code: ClassVar[str] = "anchor-refused"
    field: ClassVar[str | None] = "anchor"
    sentence: ClassVar[str] = gettext_noop(
        "“%(anchor)s” names nothing that a link can be about: %(why)s. Write a GS1 Digital Link, "
        "as in /01/06901234567892, or a product of the programme, as in /own/millet-500g."
    )

    anchor: str
    why: str


@dataclass(eq=False)
class LinkRefused(RuleViolation):
    """A part of a link is not as it should be."""

    code: ClassVar[str] = "link-refused"
    sentence: ClassVar[str] = gettext_noop("“%(found)s” does not do: %(why)s.")

    found: str
    why: str
    where: str = ""

    @property
    def field(self) -> str | None:  # type: ignore[override]
        """The field at fault."""
        return self.where or None


@dataclass(eq=False)
class LinkEntered(RuleViolation):
    """The same link is there already."""

    code: ClassVar[str] = "link-entered"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "href"
    sentence: ClassVar[str] = gettext_noop(
        "%(anchor)s has a link of the type %(link_type)s to %(href)s already. Change that one."
    )

    anchor: str
    link_type: str
    href: str


@dataclass(eq=False)
class DefaultTaken(RuleViolation):
    """Two defaults that no request could tell apart."""

    code: ClassVar[str] = "default-taken"
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = "is_default"
    sentence: ClassVar[str] = gettext_noop(
        "“%(other)s” is the default of %(anchor)s already. A second default has to differ in "
        "language, context or format; or make the other one no default first."
    )

    anchor: str
    other: str


@dataclass(eq=False)
class DefaultIsThePassport(RuleViolation):
    """The default of a lot or pack cannot be another page."""

    code: ClassVar[str] = "default-is-the-passport"
    field: ClassVar[str | None] = "is_default"
    sentence: ClassVar[str] = gettext_noop(
        "%(anchor)s is a lot or a pack: its default is its passport page, so that whoever scans "
        "it learns first whether it is genuine. Enter the link without making it the default."
    )

    anchor: str


@dataclass(eq=False)
class PrefixRefused(RuleViolation):
    """A prefix that cannot be handed on."""

    code: ClassVar[str] = "prefix-refused"
    field: ClassVar[str | None] = "company_prefix"
    sentence: ClassVar[str] = gettext_noop(
        "“%(prefix)s” cannot be handed on: %(why)s. Write the 4 to 12 digits of a GS1 company "
        "prefix that no organisation here has and that is not handed on yet."
    )

    prefix: str
    why: str
