"""Find events by disposition in an index, and order identifiers by their characters.

Beginnings of identifiers are looked for as a range of the index. On PostgreSQL that needs the
order of code points, whatever language the database speaks; the table itself is not rewritten.
"""

from django.db import migrations, models

COLUMN = "ALTER TABLE ledger_eventidentifier ALTER COLUMN identifier TYPE varchar(500)"


def order_by_characters(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'{COLUMN} COLLATE "C"')


def order_by_language(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'{COLUMN} COLLATE "default"')


class Migration(migrations.Migration):
    dependencies = [("ledger", "0021_spent_tokens")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["disposition"], name="ledger_disposition"),
        ),
        migrations.RunPython(order_by_characters, order_by_language),
    ]
