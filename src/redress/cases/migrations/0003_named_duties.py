"""Duties that are for people by name, found in the order of their due times.

Nearly all such duties name one person or two: these are kept in order, so that the first page of somebody's work costs the
same whether ten or ten thousand wait for them. The index over whole lists is left for longer ones, which are few.
"""

from django.db import migrations

ORDERED = """
DROP INDEX duty_persons;
CREATE INDEX duty_first_named ON case_duty (organisation, (persons[1]), due) WHERE live AND cardinality(persons) > 0;
CREATE INDEX duty_second_named ON case_duty (organisation, (persons[2]), due) WHERE live AND cardinality(persons) > 1;
CREATE INDEX duty_persons ON case_duty USING gin (persons) WHERE live AND cardinality(persons) > 2;
"""
ORDERED_BACK = """
DROP INDEX duty_first_named;
DROP INDEX duty_second_named;
DROP INDEX duty_persons;
CREATE INDEX duty_persons ON case_duty USING gin (persons) WHERE live AND persons <> '{}';
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_guard")]

    operations = [migrations.RunSQL(ORDERED, ORDERED_BACK)]
