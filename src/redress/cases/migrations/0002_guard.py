"""What Django's models cannot say: the log only grows, and the indexes and storage that lists and search live by."""

from django.db import migrations

GUARD = """
CREATE FUNCTION case_event_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only test databases, which are emptied after every test, say this on their connections.
    IF TG_OP = 'TRUNCATE' AND current_setting('redress.log_may_be_emptied', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the event log only grows: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'A correction is a new event.';
END $$;
CREATE TRIGGER case_event_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON case_event
    FOR EACH STATEMENT EXECUTE FUNCTION case_event_only_grows();

DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'redress_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON case_event FROM redress_app;
    END IF;
END $$;
"""
GUARD_BACK = "DROP TRIGGER case_event_only_grows ON case_event; DROP FUNCTION case_event_only_grows();"

# Two cases that are alike, registered at once, must see each other: the second waits for the first, and then looks.
ALIKE = """
CREATE FUNCTION cases_alike(house text, pattern_id text, alike_key text, since timestamptz, most int)
RETURNS TABLE (case_id uuid) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(house || E'\\x1f' || pattern_id || E'\\x1f' || alike_key, 0));
    RETURN QUERY SELECT k.case_id FROM case_key k
        WHERE k.organisation = house AND k.pattern = pattern_id AND k.key = alike_key AND k.registered_at >= since
        ORDER BY k.registered_at DESC, k.case_id DESC LIMIT most;
END $$;
"""
ALIKE_BACK = "DROP FUNCTION cases_alike(text, text, text, timestamptz, int);"

# The state is kept out of the row, so that lists read many narrow rows from few pages.
STORAGE = """
ALTER TABLE case_record SET (toast_tuple_target = 256, fillfactor = 90);
ALTER TABLE case_duty SET (fillfactor = 90);
ALTER TABLE case_search SET (toast_tuple_target = 512);
CREATE INDEX duty_persons ON case_duty USING gin (persons) WHERE live AND persons <> '{}';
CREATE INDEX search_grams ON case_search USING gin (grams);
CREATE INDEX key_alike ON case_key (organisation, pattern, key, registered_at);
"""
STORAGE_BACK = """
DROP INDEX duty_persons; DROP INDEX search_grams; DROP INDEX key_alike;
ALTER TABLE case_record RESET (toast_tuple_target, fillfactor);
ALTER TABLE case_duty RESET (fillfactor);
ALTER TABLE case_search RESET (toast_tuple_target);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_log")]

    operations = [
        migrations.RunSQL(GUARD, GUARD_BACK),
        migrations.RunSQL(ALIKE, ALIKE_BACK),
        migrations.RunSQL(STORAGE, STORAGE_BACK),
    ]
