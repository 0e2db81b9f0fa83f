from django.db import migrations

PHASES = {
    "draft": "prepared",
    "formal-check": "examination",
    "expert-review": "examination",
    "published": "opposition",
}
"""What the stages of before are for; the others are called as they are."""


def follow_the_general_frame(apps, schema_editor):
    """Give the applications that there are the frame whose stages they have gone through."""
    application = apps.get_model("schemes", "GiApplication")
    rows = application.objects.filter(procedure=None)
    first = rows.order_by("created_at").first()
    if first is None:
        return
    from originmark.mark.schemes import shipped
    from originmark.mark.schemes.rulebook_text import read

    text = (shipped.FOLDER / "gi-general.toml").read_text(encoding="utf-8")
    head = read(text)[0].head
    frame, _ = apps.get_model("schemes", "Rulebook").objects.get_or_create(
        code=head["code"],
        version=head["version"],
        defaults={
            "kind": "gi-procedure",
            "title": head["title"],
            "text": text,
            "legal_basis": head["legal_basis"],
            "valid_from": head["valid_from"],
            "loaded_at": first.created_at,
            "loaded_by": "Originmark",
        },
    )
    for row in rows:
        row.procedure, row.phase = frame, PHASES.get(row.stage, row.stage)
        row.save(update_fields=["procedure", "phase"])


class Migration(migrations.Migration):

    dependencies = [
        ('schemes', '0060_gi_in_depth'),
    ]

    operations = [
        migrations.RunPython(follow_the_general_frame, migrations.RunPython.noop),
    ]
