"""From which day an organisation lives by which policy."""

import django.db.models.deletion
from django.db import migrations, models

TOUCHED = """
CREATE OR REPLACE FUNCTION organisation_touched() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(COALESCE(NEW, OLD));
BEGIN
    IF TG_TABLE_NAME = 'pack_version' THEN
        UPDATE organisation SET version = version
        WHERE pack = changed ->> 'pack'
           OR slug IN (SELECT organisation_id FROM pack_binding WHERE pack = changed ->> 'pack');
    ELSIF TG_TABLE_NAME IN ('unit', 'person', 'pack_binding') THEN
        UPDATE organisation SET version = version WHERE slug = changed ->> 'organisation_id';
    ELSE
        UPDATE organisation SET version = version
        WHERE slug = (SELECT organisation_id FROM person WHERE id = (changed ->> 'person_id')::bigint);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER organisation_touched AFTER INSERT OR UPDATE OR DELETE ON pack_binding
    FOR EACH ROW EXECUTE FUNCTION organisation_touched();
"""
TOUCHED_BACK = """
DROP TRIGGER organisation_touched ON pack_binding;
CREATE OR REPLACE FUNCTION organisation_touched() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(COALESCE(NEW, OLD));
BEGIN
    IF TG_TABLE_NAME = 'pack_version' THEN
        UPDATE organisation SET version = version WHERE pack = changed ->> 'pack';
    ELSIF TG_TABLE_NAME IN ('unit', 'person') THEN
        UPDATE organisation SET version = version WHERE slug = changed ->> 'organisation_id';
    ELSE
        UPDATE organisation SET version = version
        WHERE slug = (SELECT organisation_id FROM person WHERE id = (changed ->> 'person_id')::bigint);
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_sign_ins"),
    ]

    operations = [
        migrations.CreateModel(
            name="PackBinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack", models.CharField(max_length=80)),
                ("from_date", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bindings", to="people.organisation"
                    ),
                ),
            ],
            options={
                "db_table": "pack_binding",
                "constraints": [models.UniqueConstraint(fields=("organisation", "from_date"), name="one_pack_a_day")],
            },
        ),
        migrations.RunSQL(TOUCHED, TOUCHED_BACK),
    ]
