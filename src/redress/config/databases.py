"""How Django reaches PostgreSQL: the embedded one, or the server named by DATABASE_URL.

The application connects as `redress_app`, which may not change the event log. Migrations run with
REDRESS_DB_ROLE=owner and connect as `redress_owner`. With a single DATABASE_URL both are one user,
and the log is then guarded by its trigger alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from redress.config import postgres
from redress.config.environment import Environment
from redress.config.trouble import Trouble


def django_databases(environment: Environment) -> dict[str, dict[str, Any]]:
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            **_where(conninfo(environment)),
            # A thread of the web process keeps its connection for life: with as many threads as
            # connections a pool would only add a lock. The check costs one round trip (about 50 µs)
            # and means that a restarted database is noticed before a request fails on it.
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    }


def conninfo(environment: Environment, role: str | None = None) -> str:
    role = role or environment.database_role
    if environment.database_url is None:
        return postgres.Server(environment.data).url("redress_owner" if role == "owner" else "redress_app")
    if role == "owner" and environment.owner_url:
        return environment.owner_url
    return environment.database_url


@contextmanager
def database_ready(environment: Environment) -> Iterator[None]:
    """For a command that runs alone: the embedded server is started when it is not up, and stopped again."""
    if not environment.embedded:
        require_server(environment)
        yield
        return
    server = postgres.Server(environment.data)
    process = server.start()
    try:
        yield
    finally:
        if process is not None:
            server.stop()
            process.wait()


def require_server(environment: Environment) -> None:
    try:
        psycopg.connect(conninfo(environment), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())
        raise Trouble(f"The database named by DATABASE_URL does not answer: {reason}") from error


def _where(url: str) -> dict[str, Any]:
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    return {
        "NAME": parts.pop("dbname", "redress"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        # Several hosts ("a,b") reach libpq as they are: it tries them in turn.
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {"application_name": "redress", "connect_timeout": 10, **parts},
    }
