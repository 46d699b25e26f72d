"""What all web processes must know of each other for a short while, such as codes that have been used."""

from django.db import migrations

TABLE = """
CREATE UNLOGGED TABLE shared_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_bindings")]

    operations = [migrations.RunSQL(TABLE, "DROP TABLE shared_cache")]
