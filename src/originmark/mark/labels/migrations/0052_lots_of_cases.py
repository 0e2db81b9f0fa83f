"""A case about a label names its lot, so that those of one lot can be looked at together."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_lots(apps, schema_editor):
    database = schema_editor.connection.alias
    runs = apps.get_model("labels", "LabelRun").objects.using(database)
    cases = apps.get_model("labels", "ScanCase").objects.using(database).exclude(run=None)
    lot_code = runs.filter(pk=OuterRef("run_id")).values("lot_code")[:1]
    cases.update(lot_code=Subquery(lot_code))


class Migration(migrations.Migration):

    dependencies = [
        ("labels", "0051_scan_rules"),
    ]

    operations = [
        migrations.RunPython(name_lots, migrations.RunPython.noop),
    ]
