"""What the clock keeps for itself: where each standing duty stands, and which cases gave it trouble."""

from django.db import models


class StandingState(models.Model):
    """A standing duty of a unit: the occurrence opened last, and when the next one comes round."""

    pk = models.CompositePrimaryKey("organisation", "standing", "unit")
    organisation = models.CharField()
    standing = models.CharField()
    unit = models.CharField()
    last = models.DateTimeField()
    next_at = models.DateTimeField()

    class Meta:
        db_table = "standing_state"
        indexes = [models.Index("next_at", name="standing_next")]


class ClockTrouble(models.Model):
    """A case whose deadline could not be handled: what went wrong, and when the clock tries again.

    One broken case must not hold up all others; ``redress clock --trouble`` lists these.
    """

    case_id = models.UUIDField(primary_key=True)
    since = models.DateTimeField()
    retry_at = models.DateTimeField()
    tries = models.IntegerField(default=1)
    error = models.TextField()

    class Meta:
        db_table = "clock_trouble"
