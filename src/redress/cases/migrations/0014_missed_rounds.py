"""Rounds that nobody did, found by when they were accounted for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_previews")]

    operations = [
        migrations.AddIndex(
            "caseduty",
            models.Index(
                "organisation",
                "work",
                "ended_at",
                name="duty_work_missed",
                condition=models.Q(status="missed") & ~models.Q(work=""),
            ),
        ),
    ]
