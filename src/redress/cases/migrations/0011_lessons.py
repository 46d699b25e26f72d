"""Cases written up for others, found by any part of any word."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


def _word() -> models.CharField:
    return models.CharField(blank=True, default="")


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_outcomes_of_callbacks")]

    operations = [
        migrations.CreateModel(
            name="CaseLesson",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.UUIDField()),
                ("key", _word()),
                ("organisation", _word()),
                ("rule", _word()),
                ("unit", _word()),
                ("category", _word()),
                ("level", _word()),
                ("person", _word()),
                ("at", models.DateTimeField()),
                ("title", models.TextField()),
                ("words", models.TextField()),
                ("grams", django.contrib.postgres.search.SearchVectorField()),
                (
                    "hidden_from",
                    django.contrib.postgres.fields.ArrayField(models.TextField(), default=list),
                ),
            ],
            options={"db_table": "case_lesson"},
        ),
        migrations.AddIndex("caselesson", models.Index("organisation", "at", name="lesson_newest")),
        migrations.AddIndex("caselesson", django.contrib.postgres.indexes.GinIndex("grams", name="lesson_grams")),
    ]
