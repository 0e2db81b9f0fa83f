"""Identifiers of events stand under the one name that all their spellings have (decision 16).

Of the events themselves nothing is changed. The index is made of them and can be made again, so
its guard is lifted while it is spelled anew. On the way back it stays as it is: what was searched
under all spellings is found under this one too.
"""

from django.db import migrations

from originmark.standards.gs1.epc_patterns import key
from originmark.trace.ledger import append_only

TABLE = "ledger_eventidentifier"
BATCH = 2000


def spell(apps, schema_editor):
    connection, vendor = schema_editor.connection, schema_editor.connection.vendor
    execute = schema_editor.execute
    execute("CREATE TEMPORARY TABLE spelled (old varchar(500) PRIMARY KEY, new varchar(500))")
    with connection.cursor() as cursor:
        for names in _names(connection):
            pairs = [(old, new) for old in names if (new := key(old)) != old]
            cursor.executemany("INSERT INTO spelled (old, new) VALUES (%s, %s)", pairs)
    for statement in append_only.unguard_statements(vendor, (TABLE,)):
        execute(statement, params=None)
    execute(
        f"UPDATE {TABLE} SET identifier = (SELECT new FROM spelled WHERE old = identifier) "
        "WHERE identifier IN (SELECT old FROM spelled)",
        params=None,
    )
    for statement in append_only.guard_statements(vendor, (TABLE,)):
        execute(statement, params=None)
    execute("DROP TABLE spelled")


def _names(connection):
    """Yield the EPC URNs in the index, by batches, each found through the index."""
    last = "urn:epc:"
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT identifier FROM {TABLE} "
                "WHERE identifier > %s AND identifier < 'urn:epc;' ORDER BY identifier LIMIT %s",
                [last, BATCH],
            )
            names = [name for (name,) in cursor.fetchall()]
        if not names:
            return
        yield names
        last = names[-1]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0051_identifiers_by_event")]

    operations = [migrations.RunPython(spell, migrations.RunPython.noop)]
