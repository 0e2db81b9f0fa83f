from django.db import migrations

# Names and fingerprints are long and in no order: B-trees over ten million of them take 164 bytes an
# event, hash indexes 54; the twins for LIKE that stand beside them are never asked (decision 12).
HASHED = ("event_id", "fingerprint")
UNASKED = """
    SELECT indexname FROM pg_indexes
    WHERE schemaname = current_schema() AND tablename = 'ledger_event'
    AND (indexdef LIKE '%_pattern_ops)' OR indexdef ~ 'btree \\((event_id|fingerprint)\\)$')
"""


def make_lean(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for column in HASHED:
            name = f"ledger_event_{column}_hash"
            cursor.execute(f"CREATE INDEX {name} ON ledger_event USING hash ({column})")
        cursor.execute(UNASKED)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def make_full(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for column in HASHED:
            cursor.execute(f"CREATE INDEX ledger_event_{column}_btree ON ledger_event ({column})")
            cursor.execute(f"DROP INDEX ledger_event_{column}_hash")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0022_disposition_and_order")]
    operations = [migrations.RunPython(make_lean, make_full)]
