"""Commands of the resolver: enter, change and remove links; hand number ranges on."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from originmark.mark.passport.resolver import rules, selectors
from originmark.mark.passport.resolver.models import Delegation, Link
from originmark.mark.passport.resolver.refusals import (
    DefaultTaken,
    LinkEntered,
    PrefixRefused,
    UnknownLink,
)
from originmark.mark.passport.resolver.rules import LinkDraft
from originmark.origin.parties import access
from originmark.origin.parties import selectors as parties
from originmark.origin.parties.access import Actor

LINKS, DELEGATE = "passport.links", "passport.delegate"


@transaction.atomic
def add_link(draft: LinkDraft, *, by: Actor, now: datetime) -> Link:
    """Enter a link about a thing of an organisation that the actor records for.

    Links about things of nobody here are the programme's, which its officers enter.
    Raises the refusal of the part that is wrong, LinkEntered, DefaultTaken or NotAllowed.
    """
    said = rules.checked(draft)
    owner = _owner(said, by)
    _require_place(said)
    return Link.objects.create(organisation_id=owner, created_at=now, **_values(said))


@transaction.atomic
def change_link(link_id: int, draft: LinkDraft, *, by: Actor) -> Link:
    """Change a link; both what it was about and what it is about have to be the actor's."""
    row = _locked(link_id, by)
    said = rules.checked(draft)
    row.organisation_id = _owner(said, by)
    _require_place(said, row.pk)
    for name, value in _values(said).items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def remove_link(link_id: int, *, by: Actor) -> None:
    """Remove a link; the history keeps what it said."""
    _locked(link_id, by).delete()


@transaction.atomic
def delegate(
    prefix: str, resolver_root: str, *, title: str = "", by: Actor, now: datetime
) -> Delegation:
    """Hand the numbers of a company prefix on to another resolver; again: change where to."""
    access.require(by, DELEGATE)
    digits, root = rules.checked_prefix(prefix), rules.checked_root(resolver_root)
    if owner := parties.owners_of_prefixes([digits]).get(digits):
        raise PrefixRefused(prefix=prefix, why=f"it is that of {owner.name}")
    said = {"resolver_root": root, "title": title.strip() or root}
    row, _is_new = Delegation.objects.update_or_create(
        prefix=digits, defaults=said, create_defaults={**said, "created_at": now}
    )
    return row


@transaction.atomic
def end_delegation(prefix: str, *, by: Actor) -> None:
    """Answer for the numbers of a prefix ourselves again."""
    access.require(by, DELEGATE)
    row = Delegation.objects.filter(prefix=prefix).first()
    if row is None:
        raise PrefixRefused(prefix=prefix, why="it is not handed on")
    row.delete()


def _owner(said: LinkDraft, by: Actor) -> int | None:
    owner = selectors.thing(rules.read_anchor(said.anchor)).organisation_id
    access.require(by, LINKS, organisation_id=owner)
    return owner


def _locked(link_id: int, by: Actor) -> Link:
    # Asked for without the join of organisations: PostgreSQL locks no row that may be missing.
    row = selectors.links(by).select_related(None).select_for_update().filter(pk=link_id).first()
    if row is None:
        raise UnknownLink(link=str(link_id))
    access.require(by, LINKS, organisation_id=row.organisation_id)
    return row


def _require_place(said: LinkDraft, own_id: int | None = None) -> None:
    others = Link.objects.select_for_update().filter(anchor=said.anchor)
    for other in [each for each in others if each.pk != own_id]:
        if (other.link_type, other.href) == (said.link_type, said.href):
            raise LinkEntered(anchor=said.anchor, link_type=said.link_type, href=said.href)
        if said.is_default and other.is_default and _alike(selectors.draft_of(other), said):
            raise DefaultTaken(anchor=said.anchor, other=other.title)


def _alike(one: LinkDraft, other: LinkDraft) -> bool:
    """Return whether no request could tell two links apart."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("media_type", "hreflang", "context")
    )  # fmt: skip


def _values(said: LinkDraft) -> dict[str, object]:
    return {**asdict(said), "hreflang": list(said.hreflang), "context": list(said.context)}
