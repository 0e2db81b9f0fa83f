from django.db import migrations

from originmark.trace.ledger import append_only


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in append_only.guard_statements(vendor, append_only.SIGNED):
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in append_only.unguard_statements(vendor, append_only.SIGNED):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0030_signed_checkpoints")]
    operations = [migrations.RunPython(guard, unguard)]
