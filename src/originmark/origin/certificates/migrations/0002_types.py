"""The types that come with the program, so that a new installation can begin."""

from django.db import migrations

from originmark.origin.certificates.services.types import read_types, shipped_types


def load(apps, schema_editor):
    row = apps.get_model("certificates", "CertificateType")
    for entry in read_types(shipped_types()):
        values = {name: value for name, value in entry.items() if name != "equivalents"}
        row.objects.get_or_create(code=values.pop("code"), defaults=values)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
