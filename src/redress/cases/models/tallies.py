"""Figures of units as they were counted last."""

from django.db import models

from .words import word


class Tally(models.Model):
    """A figure of a unit as it was counted last (``cases.tallies``): ``what``, and of what where it is split (``of``).

    ``person`` is "" for all cases; else these are the figures of the cases hidden from that person, to be taken off.
    """

    pk = models.CompositePrimaryKey("organisation", "unit", "person", "what", "of")
    organisation = word()
    unit = word()
    person = word()
    what = word()
    of = word()
    number = models.BigIntegerField()

    class Meta:
        db_table = "tally"


class TallyRound(models.Model):
    """When an organisation's figures were counted last, how long that took, and since when it has had cases."""

    organisation = models.CharField(primary_key=True)
    at = models.DateTimeField()
    wide_at = models.DateTimeField()
    first_case = models.DateTimeField(null=True)
    milliseconds = models.IntegerField()

    class Meta:
        db_table = "tally_round"
