"""How a callback ended is counted: by month, by unit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_appeals")]

    operations = [migrations.AddField("caseduty", "outcome", models.CharField(blank=True, default=""))]
