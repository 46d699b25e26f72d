"""A photograph that most browsers cannot draw has a preview. Pictures may be added to a file that had none; erasure takes them."""

from django.db import migrations, models

GUARD = """
ALTER TABLE attachment ALTER COLUMN preview SET STORAGE EXTERNAL;
CREATE OR REPLACE FUNCTION attachment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    made text[] := ARRAY['thumb', 'preview'];
BEGIN
    IF OLD.case_id IS NOT NULL THEN
        IF TG_OP = 'UPDATE' AND NEW.name = '' AND NEW.thumb IS NULL AND NEW.preview IS NULL
            AND to_jsonb(NEW) - made - 'name' = to_jsonb(OLD) - made - 'name'
            AND attachment_is_erased(OLD.case_id, OLD.id) THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND OLD.thumb IS NULL AND OLD.preview IS NULL
            AND to_jsonb(NEW) - made = to_jsonb(OLD) - made
            AND NOT attachment_is_erased(OLD.case_id, OLD.id) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a file of a case stays as it is: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege', HINT = 'Withdraw it: that is a further event.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
GUARD_BACK = """
CREATE OR REPLACE FUNCTION attachment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.case_id IS NOT NULL THEN
        IF TG_OP = 'UPDATE' AND NEW.name = '' AND NEW.thumb IS NULL
            AND to_jsonb(NEW) - 'name' - 'thumb' = to_jsonb(OLD) - 'name' - 'thumb'
            AND attachment_is_erased(OLD.case_id, OLD.id) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a file of a case stays as it is: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege', HINT = 'Withdraw it: that is a further event.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_erasure")]

    operations = [
        migrations.AddField("attachment", "preview", models.BinaryField(null=True)),
        migrations.RunSQL(GUARD, GUARD_BACK),
    ]
