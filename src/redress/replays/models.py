"""Comparisons that took too long to wait for: what was asked, how far it has come, what came of it."""

from django.db import models


class Replay(models.Model):
    """Two versions of a policy (``old`` and ``new``, by content hash) played with the ``cases`` or the ``scenarios``, for one person.

    ``state``: waiting, running, done, stopped or failed. There is one for each question; asked again, it begins anew, as
    another ``run``. ``result`` names cases by their ids only: nothing of a case is kept here that could not be forgotten.
    """

    organisation = models.CharField(max_length=80)
    person = models.CharField(max_length=80)
    what = models.CharField(max_length=20)
    old = models.CharField(max_length=64)
    new = models.CharField(max_length=64)
    run = models.IntegerField(default=1)
    state = models.CharField(max_length=10, default="waiting")
    played = models.IntegerField(default=0)
    of = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    result = models.TextField(default="")

    class Meta:
        db_table = "policy_replay"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person", "what", "old", "new"], name="replay_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.person} {self.what} {self.state}"
