"""The accountability ledger."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .words import word


class LedgerLine(models.Model):
    """A line of the accountability ledger; ``amount`` in yuan, empty for lines without a sum.

    ``hidden_from`` are the people whom a recusal keeps from its case: they see their own lines, and no others of it.
    """

    pk = models.CompositePrimaryKey("case_id", "line")
    case_id = models.UUIDField()
    line = word()
    organisation = word()
    kind = word()
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    currency = word()
    role = word()
    unit = word()
    person = word()
    duty = word()
    rule = word()
    clauses = ArrayField(models.TextField())
    at = models.DateTimeField()
    status = word()
    proposed_by = word()
    appealed_by = word()
    appealed_at = models.DateTimeField(null=True)
    ruling = word()
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
