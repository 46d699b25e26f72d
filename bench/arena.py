"""A whole Redress of its own, in a temporary folder: the embedded PostgreSQL as shipped (every commit on disk), migrated."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

PASSWORD = "bench-bench-bench"


@dataclass(frozen=True)
class Arena:
    """Where it is, and how to reach the database as the application, and as the superuser."""

    data: Path
    url: str
    super_url: str
    pack: Path
    organisation: str


@contextmanager
def arena(pack: Path) -> Iterator[Arena]:
    """Starts it for one pack and its organisation, with Django set up in this process; takes it down again.

    REDRESS_BENCH_DATA names a folder to keep it in (and to find it again); else it is a temporary one.
    """
    kept = os.environ.get("REDRESS_BENCH_DATA")
    data = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="redress-bench-"))
    os.environ["REDRESS_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "redress.config.settings"
    os.environ.pop("DATABASE_URL", None)
    from redress.config.postgres import Server

    server = Server(data)
    process = server.start(dies_with_us=True)
    try:
        subprocess.run([sys.executable, "-m", "redress.cli", "migrate"], check=True, stdout=subprocess.DEVNULL)
        import django
        from django.conf import settings

        django.setup()
        logging.disable(logging.INFO)
        settings.PACKS_DIR = pack.parent
        yield Arena(data, server.url(), server.url("postgres"), pack, found_house(pack, "bench"))
    finally:
        _close_connections()
        server.stop()
        if process is not None:
            process.wait()
        if not kept:
            shutil.rmtree(data, ignore_errors=True)


def found_house(pack: Path, slug: str, now: datetime | None = None) -> str:
    """An organisation that lives by the pack, with everybody able to sign in; its id."""
    from django.contrib.auth.hashers import make_password

    from redress.people.founding import found
    from redress.people.packs import with_settings
    from redress.policy.scenarios.organisation import read_organisation

    written = read_organisation(pack / "organisation.yaml")
    first_day = with_settings(pack.name, {}).head.effective.from_
    now = now or datetime.now().astimezone()
    found(slug, pack.name, written, now, from_date=first_day, password_hash=make_password(PASSWORD))
    return slug


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
