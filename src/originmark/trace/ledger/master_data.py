"""Master data that comes in the header of a document: read, kept with its history, asked for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from originmark.origin.parties import access
from originmark.origin.parties.access import Actor
from originmark.standards.epcis.checks import is_uri
from originmark.standards.epcis.documents import DocumentInvalid
from originmark.standards.epcis.problems import Problem, shown
from originmark.trace.ledger.models import MasterDataElement
from originmark.trace.ledger.rules import LONGEST_IDENTIFIER
from originmark.trace.ledger.values import MasterData

CHUNK = 500
_HEADER = ("epcisHeader", "epcisMasterData", "vocabularyList")
_RESULTS = ("epcisBody", "queryResults", "resultsBody", "vocabularyList")
Json = Mapping[str, Any]


def read(document: Any) -> list[MasterData]:
    """Return the master data of a document, or of the answer to a master data query.

    Raises DocumentInvalid.
    """
    found: list[MasterData] = []
    for path in (_HEADER, _RESULTS):
        vocabularies, at = _member(document, path), "/" + "/".join(path)
        if vocabularies is not None:
            found.extend(_elements(_listed(vocabularies, at), at))
    return found


def keep(
    elements: Iterable[MasterData],
    *,
    source: str,
    organisation_id: int | None,
    now: datetime,
) -> int:
    """Add what is new or says something else than before; return how much that was.

    The latest row of an organisation counts; earlier ones stay. One query for 500 elements.
    """
    wanted = {(each.vocabulary, each.element_id): each for each in elements}
    known = _latest(wanted, organisation_id)
    changed = [
        each for key, each in wanted.items() if known.get(key) != (each.attributes, each.children)
    ]
    MasterDataElement.objects.bulk_create(
        MasterDataElement(
            vocabulary=each.vocabulary,
            element_id=each.element_id,
            attributes=each.attributes,
            children=each.children,
            source=source,
            organisation_id=organisation_id,
            recorded_at=now,
        )
        for each in changed
    )
    return len(changed)


def latest(by: Actor) -> QuerySet[MasterDataElement]:
    """Return the master data that counts now, of the organisations that the actor may read."""
    rows = access.visible(by, MasterDataElement.objects.all())
    newest = rows.values("vocabulary", "element_id", "organisation").annotate(last=Max("pk"))
    return rows.filter(pk__in=newest.values("last")).order_by("vocabulary", "element_id", "pk")


def _latest(
    wanted: Mapping[tuple[str, str], MasterData], organisation_id: int | None
) -> dict[tuple[str, str], tuple[Any, Any]]:
    ids = sorted({element_id for _vocabulary, element_id in wanted})
    found: dict[tuple[str, str], tuple[Any, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = MasterDataElement.objects.filter(element_id__in=ids[start : start + CHUNK])
        owned = Q(organisation=organisation_id) if organisation_id else Q(organisation=None)
        for row in rows.filter(owned).order_by("pk"):
            found[row.vocabulary, row.element_id] = (row.attributes, row.children)
    return found


def _elements(vocabularies: list[Any], at: str) -> Iterator[MasterData]:
    for number, vocabulary in enumerate(vocabularies):
        here = f"{at}/{number}"
        kind = _named(vocabulary, "type", here)
        listed = _listed(vocabulary.get("vocabularyElementList", []), here)
        for index, element in enumerate(listed):
            there = f"{here}/vocabularyElementList/{index}"
            yield MasterData(
                kind,
                _named(element, "id", there),
                _listed(element.get("attributes", []), f"{there}/attributes"),
                _listed(element.get("children", []), f"{there}/children"),
            )


def _member(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _listed(value: Any, at: str) -> list[Any]:
    if not isinstance(value, list):
        raise DocumentInvalid([Problem(at, f"found {shown(value)}, expected a list")])
    return value


def _named(value: Any, name: str, at: str) -> str:
    found = value.get(name) if isinstance(value, dict) else None
    if not is_uri(found) or len(str(found)) > LONGEST_IDENTIFIER:
        expected = f"a URI of up to {LONGEST_IDENTIFIER} characters"
        raise DocumentInvalid(
            [Problem(f"{at}/{name}", f"found {shown(found)}, expected {expected}")]
        )
    return str(found)
