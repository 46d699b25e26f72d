"""Lines of the ledger that are appealed and ruled on, found by person and by unit without reading any case."""

import django.contrib.postgres.fields
from django.db import migrations, models


def _word() -> models.CharField:
    return models.CharField(blank=True, default="")


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_answers_by_person")]

    operations = [
        migrations.AddField("ledgerline", "proposed_by", _word()),
        migrations.AddField("ledgerline", "appealed_by", _word()),
        migrations.AddField("ledgerline", "appealed_at", models.DateTimeField(null=True)),
        migrations.AddField("ledgerline", "ruling", _word()),
        migrations.AddField("ledgerline", "ruled_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "ledgerline", "first_amount", models.DecimalField(max_digits=16, decimal_places=2, null=True)
        ),
        migrations.AddField(
            "ledgerline",
            "hidden_from",
            django.contrib.postgres.fields.ArrayField(models.TextField(), default=list),
        ),
        migrations.AddIndex("ledgerline", models.Index("organisation", "person", "at", name="ledger_person")),
        migrations.AddIndex("ledgerline", models.Index("organisation", "unit", "at", name="ledger_unit")),
        migrations.AddIndex(
            "ledgerline",
            models.Index("organisation", "at", name="ledger_appealed", condition=models.Q(status="appealed")),
        ),
    ]
