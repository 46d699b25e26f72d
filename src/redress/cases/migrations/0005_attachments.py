"""Files on cases: their bytes in parts, so that a backup has them; once on a case, the database lets nobody change them."""

from django.db import migrations, models

GUARD = """
ALTER TABLE attachment_part ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE attachment ALTER COLUMN thumb SET STORAGE EXTERNAL;
CREATE FUNCTION attachment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.case_id IS NOT NULL THEN
        RAISE EXCEPTION 'a file of a case stays as it is: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege', HINT = 'Withdraw it: that is a further event.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION attachment_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM attachment WHERE id = OLD.attachment AND case_id IS NOT NULL) THEN
        RAISE EXCEPTION 'the bytes of a file of a case stay as they are: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege', HINT = 'Withdraw the file: that is a further event.';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER attachment_stays BEFORE UPDATE OR DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION attachment_stays();
CREATE TRIGGER attachment_part_stays BEFORE UPDATE OR DELETE ON attachment_part
    FOR EACH ROW EXECUTE FUNCTION attachment_part_stays();
"""
GUARD_BACK = """
DROP TRIGGER attachment_stays ON attachment; DROP TRIGGER attachment_part_stays ON attachment_part;
DROP FUNCTION attachment_stays(); DROP FUNCTION attachment_part_stays();
"""


def _word() -> models.CharField:
    return models.CharField(blank=True, default="")


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_kinds_of_work")]

    operations = [
        migrations.CreateModel(
            "Attachment",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("organisation", _word()),
                ("case_id", models.UUIDField(null=True)),
                ("token", _word()),
                ("person", _word()),
                ("field", _word()),
                ("place", models.IntegerField()),
                ("name", _word()),
                ("sha256", _word()),
                ("size", models.IntegerField()),
                ("content_type", _word()),
                ("created", models.DateTimeField()),
                ("thumb", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "attachment",
                "indexes": [
                    models.Index(
                        "organisation",
                        "person",
                        "token",
                        name="attachment_held",
                        condition=models.Q(case_id__isnull=True),
                    ),
                    models.Index("created", name="attachment_waiting", condition=models.Q(case_id__isnull=True)),
                ],
            },
        ),
        migrations.CreateModel(
            "AttachmentPart",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "attachment", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("attachment", models.UUIDField()),
                ("number", models.IntegerField()),
                ("data", models.BinaryField()),
            ],
            options={"db_table": "attachment_part"},
        ),
        migrations.RunSQL(GUARD, GUARD_BACK),
    ]
