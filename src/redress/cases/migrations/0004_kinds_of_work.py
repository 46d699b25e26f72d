"""Duties know what sort of work they are (callback, correction, lesson, round, approval), so that a page can gather them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_named_duties")]

    operations = [
        migrations.AddField("caseduty", "work", models.CharField(blank=True, default="")),
        migrations.AddIndex(
            "caseduty",
            models.Index("organisation", "work", "due", name="duty_by_work", condition=~models.Q(work="")),
        ),
    ]
