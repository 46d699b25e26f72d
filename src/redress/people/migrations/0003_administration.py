"""Administration: retired units, how to reach people, absences, confirmed values, and the log of every change, which only grows."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE FUNCTION administration_entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only test databases, which are emptied after every test, say this on their connections.
    IF TG_OP = 'TRUNCATE' AND current_setting('redress.log_may_be_emptied', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the administration log only grows: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege', HINT = 'A correction is a new change.';
END $$;
CREATE TRIGGER administration_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON administration_entry
    FOR EACH STATEMENT EXECUTE FUNCTION administration_entry_only_grows();
CREATE TRIGGER organisation_touched AFTER INSERT OR UPDATE OR DELETE ON absence
    FOR EACH ROW EXECUTE FUNCTION organisation_touched();
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'redress_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON administration_entry FROM redress_app;
    END IF;
END $$;
"""
GUARD_BACK = """
DROP TRIGGER administration_entry_only_grows ON administration_entry;
DROP FUNCTION administration_entry_only_grows();
DROP TRIGGER organisation_touched ON absence;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="second_factor",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="person",
            name="administers",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="person",
            name="email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="person",
            name="phone",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="unit",
            name="active",
            field=models.BooleanField(default=True),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="absences", to="people.person"
                    ),
                ),
            ],
            options={
                "db_table": "absence",
            },
        ),
        migrations.CreateModel(
            name="AdministrationEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("change", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "administration_entry",
                "indexes": [models.Index(fields=["organisation", "-id"], name="administration_newest")],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("parameter", models.CharField(max_length=80)),
                ("value", models.TextField()),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmations",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "confirmation",
                "indexes": [models.Index(fields=["organisation", "parameter", "-at"], name="confirmation_newest")],
            },
        ),
        migrations.RunSQL(GUARD, GUARD_BACK),
    ]
