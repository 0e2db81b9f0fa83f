"""Scans move to the labels: their rows are carried over, and counted for each label."""

from collections import Counter
from itertools import groupby

from django.db import migrations
from django.utils.timezone import localdate

KEPT = 200  # of one label, the newest; what is older is counted


def carry_over(apps, schema_editor):
    database = schema_editor.connection.alias
    old = apps.get_model("passport", "Scan").objects.using(database)
    Scan, LabelSeen, ScanDay = (
        apps.get_model("labels", name) for name in ("Scan", "LabelSeen", "ScanDay")
    )
    days = Counter()
    rows = old.order_by("run_number", "index", "at", "pk").iterator(chunk_size=2000)
    for (run_number, index), group in groupby(rows, lambda row: (row.run_number, row.index)):
        kept, viewers, scans, placed, first = [], set(), 0, 0, None
        for row in group:
            first = first or row
            scans, placed = scans + 1, placed + (row.latitude is not None)
            if len(viewers) < KEPT // 2:
                viewers.add(row.viewer)
            kept = [*kept[1 - KEPT :], row]
            days[localdate(row.at), run_number, row.verdict] += 1
        LabelSeen.objects.using(database).create(
            run_number=run_number, index=index, scans=scans, viewers=len(viewers), placed=placed,
            first_at=first.at, first_viewer=first.viewer, last_at=kept[-1].at,
        )
        Scan.objects.using(database).bulk_create([
            Scan(
                run_number=row.run_number, index=row.index, at=row.at, viewer=row.viewer,
                verdict=row.verdict,
                latitude=None if row.longitude is None else row.latitude,
                longitude=None if row.latitude is None else row.longitude,
            )
            for row in kept
        ])
    ScanDay.objects.using(database).bulk_create([
        ScanDay(day=day, run_number=run, verdict=verdict, scans=count)
        for (day, run, verdict), count in days.items()
    ])
    carry_judgements(apps, database)


def carry_judgements(apps, database):
    """What was judged in closed cases stays judged."""
    LabelSeen = apps.get_model("labels", "LabelSeen")
    cases = apps.get_model("labels", "ScanCase").objects.using(database)
    closed = cases.exclude(run=None).exclude(index=None).exclude(closed_at=None)
    for case in closed.select_related("run").order_by("closed_at", "pk"):
        judged = {"cleared_at": case.closed_at}
        if case.state == "confirmed":
            judged["copied_at"] = case.closed_at
        LabelSeen.objects.using(database).update_or_create(
            run_number=case.run.number, index=case.index, defaults=judged
        )


def carry_back(apps, schema_editor):
    database = schema_editor.connection.alias
    Old = apps.get_model("passport", "Scan")
    names = ("run_number", "index", "at", "viewer", "verdict", "latitude", "longitude")
    rows = apps.get_model("labels", "Scan").objects.using(database).order_by("pk").values(*names)
    Old.objects.using(database).bulk_create(
        (Old(**row) for row in rows.iterator(chunk_size=2000)), batch_size=500
    )
    for name in ("Scan", "LabelSeen", "ScanDay"):
        apps.get_model("labels", name).objects.using(database).all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("passport", "0020_credentials"),
        ("labels", "0050_scans"),
    ]

    operations = [
        migrations.RunPython(carry_over, carry_back),
        migrations.DeleteModel(name="Scan"),
    ]
