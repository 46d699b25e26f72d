"""What has been delivered to whom. The outbox itself (``notice``) belongs to the case log."""

from django.db import models


class InboxItem(models.Model):
    """A notice in somebody's inbox; ``read_at`` is empty until they have seen it."""

    notice = models.BigIntegerField()
    organisation = models.CharField()
    person = models.CharField()
    created = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inbox_item"
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="inbox_once")]
        indexes = [
            models.Index("organisation", "person", "id", name="inbox_newest"),
            models.Index("organisation", "person", name="inbox_unread", condition=models.Q(read_at=None)),
        ]


class Sending(models.Model):
    """A notice on its way out of the house, once per person and channel. ``state``: waiting, sent, or nowhere (no address)."""

    notice = models.BigIntegerField()
    organisation = models.CharField()
    person = models.CharField()
    channel = models.CharField()
    state = models.CharField(default="waiting")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sending"
        constraints = [models.UniqueConstraint(fields=["notice", "person", "channel"], name="sending_once")]

    @property
    def idempotency_key(self) -> str:
        """The same at every attempt, so that whoever receives it twice can tell."""
        return f"redress-notice-{self.notice}-{self.person}-{self.channel}"
