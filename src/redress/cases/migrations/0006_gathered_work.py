"""Work of one sort, gathered on a board: what is to be done by unit and due time, what was done lately, what came again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_attachments")]

    operations = [
        migrations.AddIndex(
            "caseduty",
            models.Index(
                "organisation",
                "work",
                "unit",
                "due",
                name="duty_work_live",
                condition=models.Q(live=True) & ~models.Q(work=""),
            ),
        ),
        migrations.AddIndex(
            "caseduty",
            models.Index(
                "organisation",
                "work",
                "met_at",
                name="duty_work_done",
                condition=models.Q(status="met") & ~models.Q(work=""),
            ),
        ),
        migrations.AddIndex(
            "caserecord",
            models.Index(
                "organisation",
                "category",
                "unit",
                "registered_at",
                name="record_again",
                condition=~models.Q(category=""),
            ),
        ),
    ]
