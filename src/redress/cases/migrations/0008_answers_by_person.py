"""Which approvals somebody asked for or answered is found in the log itself, by an index over these few events alone."""

from django.db import migrations

INDEX = """
CREATE INDEX event_answers ON case_event (organisation, actor, kind, at) WHERE kind IN ('ApprovalVoted', 'ApprovalAsked');
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_unit_board")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX event_answers;")]
