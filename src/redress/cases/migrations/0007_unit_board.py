"""Figures counted for boards, and the orders the queue is walked in: what comes due next, what was closed last, whose it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_gathered_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation",
                        "unit",
                        "person",
                        "what",
                        "of",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation", models.CharField(blank=True, default="")),
                ("unit", models.CharField(blank=True, default="")),
                ("person", models.CharField(blank=True, default="")),
                ("what", models.CharField(blank=True, default="")),
                ("of", models.CharField(blank=True, default="")),
                ("number", models.BigIntegerField()),
            ],
            options={
                "db_table": "tally",
            },
        ),
        migrations.CreateModel(
            name="TallyRound",
            fields=[
                ("organisation", models.CharField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("wide_at", models.DateTimeField()),
                ("first_case", models.DateTimeField(null=True)),
                ("milliseconds", models.IntegerField()),
            ],
            options={
                "db_table": "tally_round",
            },
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(
                models.F("organisation"), models.F("at"), condition=models.Q(("kind", "Linked")), name="event_linked"
            ),
        ),
        migrations.AddIndex(
            model_name="caserecord",
            index=models.Index(
                models.F("organisation"),
                models.F("unit"),
                models.F("registered_at"),
                models.F("id"),
                condition=models.Q(("late_open__gt", 0)),
                name="record_late_by_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="caserecord",
            index=models.Index(
                models.F("organisation"),
                models.F("next_due"),
                models.F("id"),
                condition=models.Q(("is_open", True), ("next_due__isnull", False)),
                name="record_due",
            ),
        ),
        migrations.AddIndex(
            model_name="caserecord",
            index=models.Index(
                models.F("organisation"),
                models.F("unit"),
                models.F("next_due"),
                models.F("id"),
                condition=models.Q(("is_open", True), ("next_due__isnull", False)),
                name="record_due_by_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="caserecord",
            index=models.Index(
                models.F("organisation"),
                models.F("owner"),
                models.F("registered_at"),
                models.F("id"),
                condition=models.Q(("is_open", True)),
                name="record_by_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="caserecord",
            index=models.Index(
                models.F("organisation"),
                models.F("closed_at"),
                models.F("id"),
                condition=models.Q(("closed_at__isnull", False)),
                name="record_closed",
            ),
        ),
    ]
