"""The usual way to capture EPCIS in Python: what a project puts together from PyPI.

A document is parsed with ``json``, validated once with a prepared validator of ``jsonschema``,
hashed with the reference of the event hash, and saved with two calls of Django's ``bulk_create``,
in one transaction. Its two tables are its own and have the indexes that its questions need. It
keeps neither log nor proofs, looks for no repetition, checks no story and tells nobody.

The schema is the one that GS1 publishes, where it stands under ``ORIGINMARK_SHARED`` (it is not
ours to ship); elsewhere it is ours, which gives the same verdict in about half the time.
"""

import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.event_hash import reference

SHARED = Path(os.environ.get("ORIGINMARK_SHARED", Path(__file__).parents[2] / "shared"))
GS1_SCHEMA = SHARED / "vectors/epcis/schema/EPCIS-JSON-Schema.json"
Event = dict[str, Any]
Named = tuple[str, str, float | None, str]
_THINGS = {
    "epcList": "epc",
    "childEPCs": "child",
    "inputEPCList": "input",
    "outputEPCList": "output",
}
_AMOUNTS = {
    "quantityList": "class",
    "childQuantityList": "child_class",
    "inputQuantityList": "input_class",
    "outputQuantityList": "output_class",
}
_SINGLE = {"parentID": "parent", "transformationID": "transformation"}
_PLACES = {"readPoint": "read_point", "bizLocation": "location"}
_PAPERS = {
    "bizTransactionList": "bizTransaction",
    "sourceList": "source",
    "destinationList": "destination",
}


def capturer(*, now: datetime) -> Callable[[bytes], list[str]]:
    """Return what captures a document and returns its hashes; makes its tables in the database."""
    from django.db import connection, transaction  # noqa: PLC0415 (Django is set up)
    from jsonschema import Draft7Validator  # noqa: PLC0415

    from bench.usual_models import UsualEvent, UsualIdentifier  # noqa: PLC0415

    with connection.schema_editor() as editor:
        editor.create_model(UsualEvent)
        editor.create_model(UsualIdentifier)
    validator, hashes = Draft7Validator(_schema()), reference()

    def capture(document: bytes) -> list[str]:
        parsed = json.loads(document)
        assert not list(validator.iter_errors(parsed))
        events = parsed["epcisBody"]["eventList"]
        prints = hashes(document)
        with transaction.atomic():
            rows = UsualEvent.objects.bulk_create(
                UsualEvent(**_columns(event), fingerprint=print_, record_time=now)
                for event, print_ in zip(events, prints, strict=True)
            )
            UsualIdentifier.objects.bulk_create(
                UsualIdentifier(
                    event=row, identifier=identifier, role=role, quantity=quantity, uom=uom
                )
                for row, event in zip(rows, events, strict=True)
                for identifier, role, quantity, uom in _named(event)
            )
        return prints

    return capture


def _schema() -> Any:
    from originmark.standards.epcis.schema import document_schema  # noqa: PLC0415

    return json.loads(GS1_SCHEMA.read_bytes()) if GS1_SCHEMA.exists() else document_schema()


def _columns(event: Event) -> Event:
    return {
        "event_id": event["eventID"],
        "type": event["type"],
        "event_time": datetime.fromisoformat(event["eventTime"]),
        "action": event.get("action", ""),
        "biz_step": event.get("bizStep", ""),
        "disposition": event.get("disposition", ""),
        "read_point": event.get("readPoint", {}).get("id", ""),
        "biz_location": event.get("bizLocation", {}).get("id", ""),
        "body": json.dumps(event),
    }


def _named(event: Event) -> Iterator[Named]:
    """Yield every identifier that an event names, with its role and amount."""
    for field, value in event.items():
        if role := _THINGS.get(field):
            yield from ((epc, role, None, "") for epc in value)
        elif role := _AMOUNTS.get(field):
            for each in value:
                yield each["epcClass"], role, each.get("quantity"), each.get("uom", "")
        elif role := _SINGLE.get(field):
            yield value, role, None, ""
        elif role := _PLACES.get(field):
            yield value["id"], role, None, ""
        elif role := _PAPERS.get(field):
            yield from ((each[role], role, None, "") for each in value)
