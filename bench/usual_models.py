"""The two tables of the usual way. They belong to no installation: the bench makes them."""

from django.db import models


class UsualEvent(models.Model):
    """An event as it was received, with the columns that are asked for."""

    event_id = models.CharField(max_length=500, unique=True)
    fingerprint = models.CharField(max_length=100, db_index=True)
    type = models.CharField(max_length=500)
    event_time = models.DateTimeField(db_index=True)
    record_time = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=10)
    biz_step = models.CharField(max_length=500, db_index=True)
    disposition = models.CharField(max_length=500)
    read_point = models.CharField(max_length=500)
    biz_location = models.CharField(max_length=500)
    body = models.TextField()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.event_id


class UsualIdentifier(models.Model):
    """A thing that an event names."""

    event = models.ForeignKey(UsualEvent, models.CASCADE)
    identifier = models.CharField(max_length=500, db_index=True)
    role = models.CharField(max_length=20)
    quantity = models.FloatField(null=True)
    uom = models.CharField(max_length=3)

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.identifier
