"""Tables of what is practised: a sandbox and a drill are each a list of moves; their state is played again when it is asked for.

Ids of people and units are their slugs within the organisation; ``pack`` is the content hash of the version played under.
"""

from django.db import models


class Sandbox(models.Model):
    """An invented complaint of the playground. ``scenario``: the one it began from, "" for none."""

    id = models.UUIDField(primary_key=True)
    organisation = models.CharField(max_length=80)
    person = models.CharField(max_length=80)
    pack = models.CharField(max_length=64)
    scenario = models.CharField(max_length=300, blank=True, default="")
    start = models.DateTimeField()
    moves = models.TextField(default="[]")
    created = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        db_table = "sandbox"
        indexes = [models.Index(fields=["organisation", "-changed"], name="sandbox_latest")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.id}"


class Drill(models.Model):
    """Somebody's practice in the part of ``part`` in a scenario. At ``anchor`` its clock showed ``anchor_at``; since then it
    has run ``speed`` times as fast as ours, or stood still (``running`` false).

    ``unit``: where the person then sat, for the head who may see it. ``result`` is the review in figures, once it has ended.
    """

    id = models.UUIDField(primary_key=True)
    organisation = models.CharField(max_length=80)
    person = models.CharField(max_length=80)
    unit = models.CharField(max_length=80)
    pack = models.CharField(max_length=64)
    scenario = models.CharField(max_length=300)
    story = models.CharField(max_length=40)
    part = models.CharField(max_length=80)
    speed = models.IntegerField()
    anchor = models.DateTimeField()
    anchor_at = models.DateTimeField()
    running = models.BooleanField(default=True)
    moves = models.TextField(default="[]")
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        db_table = "drill"
        indexes = [
            models.Index(fields=["organisation", "person", "-began"], name="drill_mine"),
            models.Index(fields=["organisation", "unit", "-began"], name="drill_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.person} {self.id}"
