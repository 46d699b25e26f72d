"""What the application's role may do, on tables it did not make."""

import psycopg
import pytest
from django.db import connection


def test_the_application_reads_and_writes_the_owners_tables_but_never_empties_or_changes_them(
    app_role_connection: psycopg.Connection,
) -> None:
    app = app_role_connection
    app.execute("INSERT INTO django_session VALUES ('a', 'b', now())")
    app.execute("DELETE FROM django_session")
    app.commit()
    for forbidden in ("TRUNCATE django_session", "DROP TABLE django_session", "CREATE TABLE mine (a int)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(forbidden)
        app.rollback()


@pytest.mark.django_db
def test_the_tests_run_as_the_owner_of_the_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'django_session'")
        assert cursor.fetchone() == (True,)
