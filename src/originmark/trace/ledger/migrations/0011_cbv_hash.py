"""The fingerprint of an event becomes the hash of CBV 2.0.

Bodies, leaves and the log stay as they are: no leaf holds a fingerprint. The database's guard
against changes is lifted from the table of events for as long as this takes. SQLite rebuilds the
table for the new column and loses its triggers by that; they are made again here.
"""

from itertools import islice

import orjson
from django.db import migrations, models

from originmark.standards.epcis.fingerprint import namespaces
from originmark.standards.epcis.identity import fingerprint

TABLE = "ledger_event"
BATCH = 1000
SQLITE_GUARD = (
    "CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} BEGIN "
    "SELECT RAISE(ABORT, 'events are only ever added: {table} refuses {verb}'); END"
)


def recompute(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_append_only")
    rows = apps.get_model("ledger", "Event").objects.select_related("context").order_by("pk")
    found = ((_print(row), row.pk) for row in rows.iterator(chunk_size=BATCH))
    with schema_editor.connection.cursor() as cursor:
        while batch := list(islice(found, BATCH)):
            cursor.executemany(f"UPDATE {TABLE} SET fingerprint = %s WHERE id = %s", batch)
    if is_postgresql:
        schema_editor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER {TABLE}_append_only")
    else:
        for verb in ("UPDATE", "DELETE"):
            guard = SQLITE_GUARD.format(table=TABLE, name=verb.lower(), verb=verb)
            schema_editor.execute(guard, params=None)


def _print(row):
    body = orjson.loads(row.body)
    context = orjson.loads(row.context.body) if row.context else None
    return fingerprint(body, namespaces([context, body.get("@context")]))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0010_master_data")]
    operations = [
        migrations.AddField(
            "event",
            "hash_version",
            models.CharField(default="CBV2.0", max_length=8, verbose_name="version of the hash"),
        ),
        migrations.RunPython(recompute, migrations.RunPython.noop),
    ]
