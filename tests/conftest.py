"""A PostgreSQL of its own for every test session, and the settings that go with it.

Nothing is started for tests which ask for no database. With DATABASE_URL set, that server is used.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]
SESSIONS = ROOT / ".pytest-data"
DATA = SESSIONS / str(os.getpid())
TEMPLATE = f"redress_template_{os.getpid()}"

os.environ["REDRESS_DATA"] = str(DATA)
os.environ["REDRESS_DB_ROLE"] = "owner"  # the tests make and drop databases
os.environ["REDRESS_SECRET_KEY"] = "only-for-tests-" * 3
os.environ["REDRESS_ENCRYPTION_KEYS"] = "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtISE="
os.environ["DJANGO_SETTINGS_MODULE"] = "redress.config.settings"

from django.conf import settings  # noqa: E402 - the environment comes first

from redress.config.postgres import Server  # noqa: E402
from redress.config.postgres_roles import create_roles_and_database, prepare_database  # noqa: E402

settings.DATABASES["default"]["TEST"] = {"NAME": f"test_redress_{os.getpid()}", "TEMPLATE": TEMPLATE}
# The event log refuses to be emptied; these databases are emptied after every test that commits.
settings.DATABASES["default"]["OPTIONS"]["options"] = "-c redress.log_may_be_emptied=on"
# A real one is slow on purpose; no test is about the hash.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL, as a superuser, of a server on which the tests may do anything."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    _forget_ended_sessions()
    server = Server(DATA, durable=False)
    process = server.start(dies_with_us=True)
    yield server.url("postgres", "postgres")
    server.stop()
    if process is not None:
        process.wait()
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres_server: str) -> Iterator[None]:
    """Test databases are copied from a template in which the two roles already have their rights."""
    from django.db import connections

    owner = connections["default"].settings_dict["USER"]
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        create_roles_and_database(connection, TEMPLATE, owner=owner, owner_may_create=True)
    with psycopg.connect(postgres_server, dbname=TEMPLATE, autocommit=True) as connection:
        prepare_database(connection, owner=owner)
    yield
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")


@pytest.fixture
def app_role_connection(transactional_db: None, postgres_server: str) -> Iterator[psycopg.Connection]:
    """A connection with the rights of the application, for tests of what the database refuses it.

    It sees what other connections have committed: hence the transactional database.
    """
    from django.db import connections

    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(postgres_server, dbname=name) as connection:
        connection.execute("SET SESSION AUTHORIZATION redress_app")
        connection.commit()
        yield connection
        connection.rollback()


def _forget_ended_sessions() -> None:
    """What a killed session left behind; its server has died with it."""
    for folder in SESSIONS.glob("*"):
        if folder.name.isdigit() and not Path("/proc", folder.name).exists():
            shutil.rmtree(folder, ignore_errors=True)
