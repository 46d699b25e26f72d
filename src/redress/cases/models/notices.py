"""The outbox."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .words import word


class Notice(models.Model):
    """The outbox: somebody is to be told. Written with its event; delivered by ``letters``.

    ``state``: pending, delivered (in the inboxes of those it is for), nobody (no one holds the role), or past (imported, and
    news to nobody).
    """

    id = models.BigAutoField(primary_key=True)
    organisation = word()
    case_id = models.UUIDField()
    seq = models.IntegerField()
    notice = word()
    roles = ArrayField(models.TextField())
    unit = word()
    person = word()
    duty = word()
    rule = word()
    effect = word()
    clauses = ArrayField(models.TextField())
    pack_hash = word()
    created = models.DateTimeField()
    state = word()

    class Meta:
        db_table = "notice"
        constraints = [models.UniqueConstraint(fields=["case_id", "seq"], name="notice_once")]
        indexes = [models.Index("id", name="notice_pending", condition=models.Q(state="pending"))]
