"""The two roles inside the database: the owner of the tables, and the application, which has only the
rights it needs. The same statements prepare the embedded server, a server of your own, and the tests."""

import psycopg
from psycopg import sql

OWNER, APP = "redress_owner", "redress_app"
DATABASE = "redress"


def create_roles_and_database(
    connection: psycopg.Connection,
    database: str = DATABASE,
    *,
    owner: str = OWNER,
    owner_may_create: bool = False,
) -> None:
    """As a superuser, in autocommit; does nothing the second time."""
    roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role in {owner, APP} - roles:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    if owner_may_create:
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(owner)))
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        names = sql.Identifier(database), sql.Identifier(owner)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def prepare_database(connection: psycopg.Connection, owner: str = OWNER) -> None:
    """What the application's role gets on every table the owner will make. The event log's own migration
    takes UPDATE, DELETE and TRUNCATE back; nothing here gives TRUNCATE, ownership or the schema."""
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(APP)}
    for statement in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    ):
        connection.execute(sql.SQL(statement).format(**names))
