"""A case and its duties as they now stand, and what lists and the clock ask for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .words import word

_IN_DUE_ORDER = models.Q(is_open=True, next_due__isnull=False)
"""Which cases have a place in the order of what comes due next."""


class CaseRecord(models.Model):
    """A case as it now stands: ``state`` whole, and beside it what lists, filters and the clock ask for.

    ``head`` is the hash of its last event. ``next_at``: when the clock must look at it. ``late_open``: open duties past
    their due time. ``hidden_from``: people who may not see it (recusal).
    """

    id = models.UUIDField(primary_key=True)
    organisation = word()
    unit = word()
    number = word()
    kind = word()
    subject = word()
    stage = word()
    level = word()
    category = word()
    channel = word()
    title = models.TextField(blank=True, default="")
    customer = models.TextField(blank=True, default="")
    owner = word()
    first_responder = word()
    registered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=True)
    seq = models.IntegerField()
    head = models.BinaryField()
    pack = word()
    version = word()
    hash = word()
    next_due = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    open_duties = models.IntegerField(default=0)
    late_open = models.IntegerField(default=0)
    late_ever = models.IntegerField(default=0)
    hidden_from = ArrayField(models.TextField(), default=list, blank=True)
    state = models.TextField()

    class Meta:
        db_table = "case_record"
        indexes = [
            models.Index("organisation", "registered_at", "id", name="record_newest"),
            models.Index("organisation", "stage", "registered_at", "id", name="record_by_stage"),
            models.Index("organisation", "unit", "registered_at", "id", name="record_by_unit"),
            models.Index(
                "organisation", "registered_at", "id", name="record_late", condition=models.Q(late_open__gt=0)
            ),
            models.Index(
                "organisation",
                "unit",
                "registered_at",
                "id",
                name="record_late_by_unit",
                condition=models.Q(late_open__gt=0),
            ),
            models.Index("organisation", "next_due", "id", name="record_due", condition=_IN_DUE_ORDER),
            models.Index("organisation", "unit", "next_due", "id", name="record_due_by_unit", condition=_IN_DUE_ORDER),
            models.Index(
                "organisation", "owner", "registered_at", "id", name="record_by_owner", condition=models.Q(is_open=True)
            ),
            models.Index(
                "organisation", "closed_at", "id", name="record_closed", condition=models.Q(closed_at__isnull=False)
            ),
            models.Index("next_at", name="record_next", condition=models.Q(next_at__isnull=False)),
            models.Index("organisation", "number", name="record_number", condition=~models.Q(number="")),
            models.Index(
                "organisation",
                "category",
                "unit",
                "registered_at",
                name="record_again",
                condition=~models.Q(category=""),
            ),
        ]


class CaseDuty(models.Model):
    """A duty. ``who`` is ``roles`` joined by commas, the key by which work lists find it; ``persons`` those it is for by name."""

    pk = models.CompositePrimaryKey("case_id", "key")
    case_id = models.UUIDField()
    key = word()
    organisation = word()
    rule = word()
    roles = ArrayField(models.TextField())
    who = word()
    unit = word()
    person = word()
    persons = ArrayField(models.TextField(), default=list)
    status = word()
    live = models.BooleanField()
    opened_at = models.DateTimeField()
    start = models.DateTimeField()
    due = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    late_by = models.IntegerField(default=0)
    provisional = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    round = models.IntegerField(default=1)
    work = word()
    outcome = word()

    class Meta:
        db_table = "case_duty"
        indexes = [
            models.Index("organisation", "who", "unit", "due", name="duty_work", condition=models.Q(live=True)),
            models.Index("organisation", "work", "due", name="duty_by_work", condition=~models.Q(work="")),
            models.Index(
                "organisation",
                "work",
                "unit",
                "due",
                name="duty_work_live",
                condition=models.Q(live=True) & ~models.Q(work=""),
            ),
            models.Index(
                "organisation",
                "work",
                "met_at",
                name="duty_work_done",
                condition=models.Q(status="met") & ~models.Q(work=""),
            ),
            models.Index(
                "organisation",
                "work",
                "ended_at",
                name="duty_work_missed",
                condition=models.Q(status="missed") & ~models.Q(work=""),
            ),
            models.Index("due", name="duty_provisional", condition=models.Q(live=True, provisional=True)),
        ]


class CaseLadder(models.Model):
    """How far a ladder has been climbed: the rung now reached, and since when."""

    pk = models.CompositePrimaryKey("case_id", "ladder")
    case_id = models.UUIDField()
    ladder = word()
    organisation = word()
    rung = word()
    rungs = models.IntegerField()
    reached_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_ladder"
