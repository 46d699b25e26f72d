"""An organisation gets a new version with every change of its rows, whoever makes it: a page, the admin, psql.

Numbers come from a sequence, so that a version that was rolled back never comes again for other contents.
"""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE organisation_version AS bigint;
GRANT USAGE ON SEQUENCE organisation_version TO PUBLIC;

CREATE FUNCTION organisation_renewed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := nextval('organisation_version');
    RETURN NEW;
END $$;
CREATE TRIGGER organisation_renewed BEFORE INSERT OR UPDATE ON organisation
    FOR EACH ROW EXECUTE FUNCTION organisation_renewed();

CREATE FUNCTION organisation_touched() RETURNS trigger LANGUAGE plpgsql AS $$
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
TABLES = ("unit", "person", "appointment", "stand_in", "pack_version")
TRIGGERS = "".join(
    f"CREATE TRIGGER organisation_touched AFTER INSERT OR UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION organisation_touched();\n"
    for table in TABLES
)
BACK = (
    "".join(f"DROP TRIGGER organisation_touched ON {table};\n" for table in TABLES)
    + """
DROP TRIGGER organisation_renewed ON organisation;
DROP FUNCTION organisation_touched();
DROP FUNCTION organisation_renewed();
DROP SEQUENCE organisation_version;
"""
)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_organisation")]

    operations = [migrations.RunSQL(FORWARD + TRIGGERS, BACK)]
