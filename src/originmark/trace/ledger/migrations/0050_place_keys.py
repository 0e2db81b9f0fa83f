"""Places in the log become the keys of SQLite's tables themselves, and two unasked indexes go.

SQLite rebuilds the tables for this and loses their triggers; they are made again here. On
PostgreSQL nothing but the indexes changes. Decision 13.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from originmark.trace.ledger import append_only
from originmark.trace.ledger.models import PlaceField


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        for statement in (
            *append_only.unguard_statements(vendor, append_only.TABLES),
            *append_only.guard_statements(vendor, append_only.TABLES),
        ):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0040_lean_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard),
        migrations.AlterField(
            "event",
            "captured_by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="captured by",
            ),
        ),
        migrations.AlterField(
            "event",
            "context",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.context",
            ),
        ),
        migrations.AlterField(
            "event",
            "id",
            PlaceField(primary_key=True, serialize=False, verbose_name="place in the log"),
        ),
        migrations.AlterField(
            "logleaf",
            "index",
            PlaceField(primary_key=True, serialize=False, verbose_name="place in the log"),
        ),
        migrations.AlterField("lognode", "id", PlaceField(primary_key=True, serialize=False)),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
