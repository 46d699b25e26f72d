"""The log, and the numbers given and keys imported with it."""

from django.db import models
from django.db.models.functions import Now

from .words import word


class CaseEvent(models.Model):
    """One fact. ``body`` is the event as it was hashed; ``hash`` chains it to the one before it on the same case."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case_id = models.UUIDField()
    seq = models.IntegerField()
    organisation = word()
    kind = word()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    actor = word()
    body = models.TextField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "case_event"
        indexes = [models.Index("organisation", "at", name="event_linked", condition=models.Q(kind="Linked"))]


class Series(models.Model):
    """The last number given of a series. The row's lock makes numbers follow each other without a gap."""

    pk = models.CompositePrimaryKey("organisation", "series")
    organisation = word()
    series = word()
    last = models.BigIntegerField()

    class Meta:
        db_table = "series"


class ImportKey(models.Model):
    """What was imported under which key of its source: a second run finds it and doubles nothing."""

    pk = models.CompositePrimaryKey("organisation", "source_key")
    organisation = word()
    source_key = word()
    case_id = models.UUIDField()

    class Meta:
        db_table = "import_key"
