"""Erasure reaches the log and the files: a body may be swapped for what an erasure after it says is left of it, and nothing else.

The application has no right to change the log; it asks by a function of the owner's, and the guard looks at what it does.
"""

from django.db import migrations

LOG = """
DROP TRIGGER case_event_only_grows ON case_event;
CREATE TRIGGER case_event_only_grows BEFORE DELETE OR TRUNCATE ON case_event
    FOR EACH STATEMENT EXECUTE FUNCTION case_event_only_grows();
CREATE FUNCTION case_event_is_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'body' = to_jsonb(OLD) - 'body' AND EXISTS (
        SELECT 1 FROM case_event e
        WHERE e.case_id = OLD.case_id AND e.seq > OLD.seq AND e.kind = 'Erased'
        AND strpos(e.body, '[' || OLD.seq || ',"' || encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex') || '"]') > 0
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the event log only grows: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'A correction is a new event. Personal data goes by an erasure that says what is left.';
END $$;
CREATE TRIGGER case_event_is_erased BEFORE UPDATE ON case_event FOR EACH ROW EXECUTE FUNCTION case_event_is_erased();
CREATE FUNCTION erase_event_body(of_case uuid, place int, kept text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE case_event SET body = kept WHERE case_id = of_case AND seq = place;
$$;
"""
LOG_BACK = """
DROP FUNCTION erase_event_body(uuid, int, text);
DROP TRIGGER case_event_is_erased ON case_event; DROP FUNCTION case_event_is_erased();
DROP TRIGGER case_event_only_grows ON case_event;
CREATE TRIGGER case_event_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON case_event
    FOR EACH STATEMENT EXECUTE FUNCTION case_event_only_grows();
"""

FILES = """
CREATE FUNCTION attachment_is_erased(of_case uuid, file uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM case_event WHERE case_id = of_case AND kind = 'Erased' AND strpos(body, '"' || file || '"') > 0
    );
$$;
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
CREATE OR REPLACE FUNCTION attachment_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (
        SELECT 1 FROM attachment
        WHERE id = OLD.attachment AND case_id IS NOT NULL AND NOT attachment_is_erased(case_id, id)
    ) THEN
        RAISE EXCEPTION 'the bytes of a file of a case stay as they are: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege', HINT = 'Withdraw the file: that is a further event.';
    END IF;
    RETURN OLD;
END $$;
"""
FILES_BACK = """
CREATE OR REPLACE FUNCTION attachment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.case_id IS NOT NULL THEN
        RAISE EXCEPTION 'a file of a case stays as it is: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege', HINT = 'Withdraw it: that is a further event.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE FUNCTION attachment_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM attachment WHERE id = OLD.attachment AND case_id IS NOT NULL) THEN
        RAISE EXCEPTION 'the bytes of a file of a case stay as they are: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege', HINT = 'Withdraw the file: that is a further event.';
    END IF;
    RETURN OLD;
END $$;
DROP FUNCTION attachment_is_erased(uuid, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_lessons")]

    operations = [migrations.RunSQL(LOG, LOG_BACK), migrations.RunSQL(FILES, FILES_BACK)]
