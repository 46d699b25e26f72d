"""Tables of the log and of what is folded from it. Nothing here decides; ``case_file.py`` is the one way in.

The log (``CaseEvent``) is the truth; all other tables can be rebuilt from it (``store/rebuild.py``). They have no foreign
keys: every row is written by ``store/writing.py`` in the transaction of its events, and a check per row would cost more
than the write. Times are moments; ids of units and people are their slugs within the organisation.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now

_IN_DUE_ORDER = models.Q(is_open=True, next_due__isnull=False)
"""Which cases have a place in the order of what comes due next."""


def _word() -> models.CharField:
    return models.CharField(blank=True, default="")


class CaseEvent(models.Model):
    """One fact. ``body`` is the event as it was hashed; ``hash`` chains it to the one before it on the same case."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case_id = models.UUIDField()
    seq = models.IntegerField()
    organisation = _word()
    kind = _word()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    actor = _word()
    body = models.TextField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "case_event"
        indexes = [models.Index("organisation", "at", name="event_linked", condition=models.Q(kind="Linked"))]


class CaseRecord(models.Model):
    """A case as it now stands: ``state`` whole, and beside it what lists, filters and the clock ask for.

    ``head`` is the hash of its last event. ``next_at``: when the clock must look at it. ``late_open``: open duties past
    their due time. ``hidden_from``: people who may not see it (recusal).
    """

    id = models.UUIDField(primary_key=True)
    organisation = _word()
    unit = _word()
    number = _word()
    kind = _word()
    subject = _word()
    stage = _word()
    level = _word()
    category = _word()
    channel = _word()
    title = models.TextField(blank=True, default="")
    customer = models.TextField(blank=True, default="")
    owner = _word()
    first_responder = _word()
    registered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=True)
    seq = models.IntegerField()
    head = models.BinaryField()
    pack = _word()
    version = _word()
    hash = _word()
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
    key = _word()
    organisation = _word()
    rule = _word()
    roles = ArrayField(models.TextField())
    who = _word()
    unit = _word()
    person = _word()
    persons = ArrayField(models.TextField(), default=list)
    status = _word()
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
    work = _word()
    outcome = _word()

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
    ladder = _word()
    organisation = _word()
    rung = _word()
    rungs = models.IntegerField()
    reached_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_ladder"


class LedgerLine(models.Model):
    """A line of the accountability ledger; ``amount`` in yuan, empty for lines without a sum.

    ``hidden_from`` are the people whom a recusal keeps from its case: they see their own lines, and no others of it.
    """

    pk = models.CompositePrimaryKey("case_id", "line")
    case_id = models.UUIDField()
    line = _word()
    organisation = _word()
    kind = _word()
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    currency = _word()
    role = _word()
    unit = _word()
    person = _word()
    duty = _word()
    rule = _word()
    clauses = ArrayField(models.TextField())
    at = models.DateTimeField()
    status = _word()
    proposed_by = _word()
    appealed_by = _word()
    appealed_at = models.DateTimeField(null=True)
    ruling = _word()
    ruled_at = models.DateTimeField(null=True)
    first_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    hidden_from = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "ledger_line"
        indexes = [
            models.Index("organisation", "at", name="ledger_at"),
            models.Index("organisation", "person", "at", name="ledger_person"),
            models.Index("organisation", "unit", "at", name="ledger_unit"),
            models.Index("organisation", "at", name="ledger_appealed", condition=models.Q(status="appealed")),
        ]


class CaseKey(models.Model):
    """A case's key under a pattern: by these, cases alike are found."""

    pk = models.CompositePrimaryKey("case_id", "pattern")
    case_id = models.UUIDField()
    pattern = _word()
    organisation = _word()
    key = models.TextField()
    registered_at = models.DateTimeField()

    class Meta:
        db_table = "case_key"


class CasePart(models.Model):
    """Who has a part in a case: named in it, or having acted on it."""

    pk = models.CompositePrimaryKey("organisation", "person", "registered_at", "case_id")
    organisation = _word()
    person = _word()
    registered_at = models.DateTimeField()
    case_id = models.UUIDField()

    class Meta:
        db_table = "case_part"


class CaseSearch(models.Model):
    """The words of a case, folded for searching, and their grams (see ``store/words.py``)."""

    case_id = models.UUIDField(primary_key=True)
    organisation = _word()
    registered_at = models.DateTimeField()
    words = models.TextField()
    grams = SearchVectorField()

    class Meta:
        db_table = "case_search"
        indexes = [models.Index("organisation", "registered_at", "case_id", name="search_newest")]


class CaseLesson(models.Model):
    """A case written up for others: its words with nobody's name or number in them (see ``store/lessons.py``)."""

    pk = models.CompositePrimaryKey("case_id", "key")
    case_id = models.UUIDField()
    key = _word()
    organisation = _word()
    rule = _word()
    unit = _word()
    category = _word()
    level = _word()
    person = _word()
    at = models.DateTimeField()
    title = models.TextField()
    words = models.TextField()
    grams = SearchVectorField()
    hidden_from = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "case_lesson"
        indexes = [models.Index("organisation", "at", name="lesson_newest"), GinIndex("grams", name="lesson_grams")]


class Series(models.Model):
    """The last number given of a series. The row's lock makes numbers follow each other without a gap."""

    pk = models.CompositePrimaryKey("organisation", "series")
    organisation = _word()
    series = _word()
    last = models.BigIntegerField()

    class Meta:
        db_table = "series"


class Notice(models.Model):
    """The outbox: somebody is to be told. Written with its event; delivered by ``letters``.

    ``state``: pending, delivered (in the inboxes of those it is for), nobody (no one holds the role), or past (imported, and
    news to nobody).
    """

    id = models.BigAutoField(primary_key=True)
    organisation = _word()
    case_id = models.UUIDField()
    seq = models.IntegerField()
    notice = _word()
    roles = ArrayField(models.TextField())
    unit = _word()
    person = _word()
    duty = _word()
    rule = _word()
    effect = _word()
    clauses = ArrayField(models.TextField())
    pack_hash = _word()
    created = models.DateTimeField()
    state = _word()

    class Meta:
        db_table = "notice"
        constraints = [models.UniqueConstraint(fields=["case_id", "seq"], name="notice_once")]
        indexes = [models.Index("id", name="notice_pending", condition=models.Q(state="pending"))]


class Attachment(models.Model):
    """A file. While ``case_id`` is empty it waits for ``person`` to send the form ``token``; on a case it never changes again."""

    id = models.UUIDField(primary_key=True)
    organisation = _word()
    case_id = models.UUIDField(null=True)
    token = _word()
    person = _word()
    field = _word()
    place = models.IntegerField()
    name = _word()
    sha256 = _word()
    size = models.IntegerField()
    content_type = _word()
    created = models.DateTimeField()
    thumb = models.BinaryField(null=True)
    preview = models.BinaryField(null=True)

    class Meta:
        db_table = "attachment"
        indexes = [
            models.Index(
                "organisation",
                "person",
                "token",
                name="attachment_held",
                condition=models.Q(case_id__isnull=True),
            ),
            models.Index("created", name="attachment_waiting", condition=models.Q(case_id__isnull=True)),
        ]


class AttachmentPart(models.Model):
    """A part of a file's bytes, so that nobody needs a whole file in memory."""

    pk = models.CompositePrimaryKey("attachment", "number")
    attachment = models.UUIDField()
    number = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "attachment_part"


class ImportKey(models.Model):
    """What was imported under which key of its source: a second run finds it and doubles nothing."""

    pk = models.CompositePrimaryKey("organisation", "source_key")
    organisation = _word()
    source_key = _word()
    case_id = models.UUIDField()

    class Meta:
        db_table = "import_key"


class Tally(models.Model):
    """A figure of a unit as it was counted last (``cases.tallies``): ``what``, and of what where it is split (``of``).

    ``person`` is "" for all cases; else these are the figures of the cases hidden from that person, to be taken off.
    """

    pk = models.CompositePrimaryKey("organisation", "unit", "person", "what", "of")
    organisation = _word()
    unit = _word()
    person = _word()
    what = _word()
    of = _word()
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
