"""The resources of the top level: what there is of each kind, and the events of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from originmark.origin.parties.access import Actor
from originmark.standards.epcis import epc_format, vocabulary
from originmark.standards.epcis.decode import STANDARD_FIELDS
from originmark.standards.epcis.documents import STANDARD_CONTEXT
from originmark.standards.epcis.query import Query, QueryInvalid, parse_json
from originmark.standards.epcis.xml_writer import collection_to_xml
from originmark.standards.gs1.epc_urn import is_class
from originmark.trace.ledger import negotiation, paging, query, raw_paths, things
from originmark.trace.ledger.door import resource
from originmark.trace.ledger.negotiation import Wanted
from originmark.trace.ledger.problem import EpcisProblem
from originmark.trace.ledger.query_views import (
    asked,
    page_response,
    translator,
)
from originmark.trace.ledger.things import Kind

TOP = (
    "eventTypes", "epcs", "bizSteps", "bizLocations", "readPoints", "dispositions", "queries",
    "capture", "events",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Top:
    """A resource of the top level.

    ``parameters`` find the events of one member; ``always_there`` are members that need none.
    ``is_identifier`` says that members are spelled as the reader wants identifiers spelled.
    """

    name: str
    kind: Kind
    parameters: tuple[str, ...]
    always_there: frozenset[str] = frozenset()
    is_identifier: bool = False

    def query_for(self, member: str, by: Actor) -> Query:
        """Return the query for the events of a member. Raises EpcisProblem (404)."""
        for parameter in self._parameters(member):
            try:
                found = parse_json({parameter: [member]})
            except QueryInvalid:
                continue
            if member in self.always_there or query.run(found, by=by, limit=1).events:
                return found
        raise EpcisProblem(
            404,
            _("There is nothing about %(member)s in %(name)s.")
            % {"member": member[:500], "name": self.name},
        )

    def _parameters(self, member: str) -> tuple[str, ...]:
        """Return the parameters, that for a class first where the member is one."""
        return self.parameters[::-1] if is_class(member) else self.parameters


def top(request: HttpRequest, _by: Actor) -> HttpResponse:
    """List the names of the top level."""
    wanted = negotiation.wanted(request)
    return collection(list(TOP), wanted)


def collection(members: list[str], wanted: Wanted, token: str | None = None) -> HttpResponse:
    """Return names as the reader wants them written."""
    body: dict[str, Any] = {"@context": STANDARD_CONTEXT, "type": "Collection", "member": members}
    if wanted.is_xml:
        return HttpResponse(collection_to_xml(body), content_type=wanted.media_type)
    if token is not None:
        body["nextPageToken"] = token
    return HttpResponse(orjson.dumps(body), content_type=wanted.media_type)


def members_of(kind: Top) -> Callable[[HttpRequest, Actor], HttpResponse]:
    """Return the view that lists what there is of a kind."""

    def get_members(request: HttpRequest, by: Actor) -> HttpResponse:
        query.require_query(by)
        wanted = negotiation.wanted(request)
        page = things.page(
            kind.kind,
            kind.always_there if kind.name == "eventTypes" else frozenset(),
            by=by,
            limit=paging.per_page(request),
            after=request.GET.get("nextPageToken"),
        )
        members = page.members
        if kind.is_identifier:
            spell = _speller(wanted, kind.kind, by)
            members = list(dict.fromkeys(map(spell, members)))
        return paging.lead_on(
            request, collection(members, wanted, page.next_token), page.next_token
        )

    return get_members


def _speller(wanted: Wanted, kind: Kind, by: Actor) -> Callable[[str], str]:
    if wanted.epc_format in {epc_format.AS_RECEIVED, epc_format.NO_PREFERENCE}:
        return lambda identifier: things.as_received(kind, identifier, by=by)
    translate = translator(wanted)
    return lambda identifier: str(translate({"parentID": identifier})["parentID"])


def below(kind: Top) -> Callable[[HttpRequest, Actor, str], HttpResponse]:
    """Return the view of one member, and of its events."""

    def get_below(request: HttpRequest, by: Actor, path: str) -> HttpResponse:
        query.require_query(by)
        wanted = negotiation.wanted(request)
        start = f"{reverse('epcis:root')}{kind.name}/"
        member, is_events = raw_paths.identified(request, start, path)
        found = kind.query_for(member, by)
        if not is_events:
            return collection(["events"], wanted)
        return page_response(request, asked(request).narrowed_by(found), by)

    return get_below


_EPCS = ("MATCH_anyEPC", "MATCH_anyEPCClass")
TOPS = (
    Top("eventTypes", Kind("type"), ("eventType",), frozenset(STANDARD_FIELDS)),
    Top("epcs", Kind(roles=things.EPC_ROLES), _EPCS, is_identifier=True),
    Top("bizSteps", Kind("biz_step"), ("EQ_bizStep",), vocabulary.BIZ_STEP.words),
    Top("bizLocations", Kind(roles=things.LOCATION_ROLES), ("EQ_bizLocation",), is_identifier=True),
    Top("readPoints", Kind(roles=things.READ_POINT_ROLES), ("EQ_readPoint",), is_identifier=True),
    Top("dispositions", Kind("disposition"), ("EQ_disposition",), vocabulary.DISPOSITION.words),
)
root = resource(GET=top)
lists = {each.name: resource(GET=members_of(each)) for each in TOPS}
members = {each.name: resource(GET=below(each)) for each in TOPS}
