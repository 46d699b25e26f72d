"""The embedded PostgreSQL: a real server from a wheel, kept in `<data>/postgres`.

It listens on a Unix socket in a folder only its owner may enter, and on no network address. Here is how it
comes up, goes down and recovers; who may do what inside it is in postgres_roles.py.
"""

import fcntl
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from redress.config.postgres_machine import (
    ENVIRON,
    MAJOR,
    as_server_user,
    let_pass,
    let_read,
    programs,
    server_user,
    socket_folder,
)
from redress.config.postgres_roles import APP, DATABASE, create_roles_and_database, prepare_database
from redress.config.postgres_tuning import configuration
from redress.config.processes import command_line, die_with_parent, wait_until
from redress.config.trouble import Trouble, sentence_for


@dataclass(frozen=True)
class Postmaster:
    pid: int
    status: str


class Server:
    def __init__(self, data: Path, *, durable: bool = True):
        self.data = data
        self.folder = data / "postgres"
        self.log = data / "logs" / "postgres.log"
        self.socket_folder = socket_folder(data)
        self.durable = durable  # only tests, whose data nobody needs, say no

    def url(self, user: str = APP, database: str = DATABASE) -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket_folder), safe='')}"

    def start(self, *, dies_with_us: bool = False) -> subprocess.Popen[bytes] | None:
        """Starts the server and waits until it answers; None when one was already running."""
        try:
            return self._start(dies_with_us)
        except (OSError, subprocess.CalledProcessError) as error:
            detail = getattr(error, "stderr", None) or error
            raise Trouble(
                sentence_for(error, self.data)
                or sentence_for(str(detail), self.data)
                or f"The embedded database could not be set up in {self.folder}: {str(detail).strip()}"
            ) from error

    def stop(self, seconds: float = 30) -> bool:
        """Ends all sessions and stops cleanly; False when none was running."""
        running = self.running()
        if running is None:
            return False
        for with_signal, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            with suppress(ProcessLookupError):
                os.kill(running.pid, with_signal)
            if wait_until(lambda: self.running() is None, patience):
                break
        return True

    def running(self) -> Postmaster | None:
        """The server of this very folder. A pid file left by a kill, or a reused pid, is not one."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
        except (OSError, ValueError, IndexError):
            return None
        if str(self.folder) not in command_line(pid):
            return None
        return Postmaster(pid, lines[7].strip() if len(lines) > 7 else "starting")

    def spawn(self, *, dies_with_us: bool) -> subprocess.Popen[bytes]:
        """The bare start, without waiting: for a supervisor which restarts a server that died."""
        self._remove_stale_locks()
        with open(self.log, "ab") as log:
            return subprocess.Popen(
                [str(programs() / "postgres"), "-D", str(self.folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=ENVIRON,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT) if dies_with_us else None,
                **as_server_user(),  # type: ignore[call-overload]
            )

    def wait_ready(self, alive: Callable[[], bool], seconds: float = 60) -> None:
        mark = self._log_mark()
        end = time.monotonic() + seconds
        while True:
            try:
                psycopg.connect(self.url("postgres", "postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError as error:
                if alive() and time.monotonic() < end:
                    time.sleep(0.03)
                    continue
                told = self.log_since(mark)
                raise Trouble(
                    sentence_for(told, self.data)
                    or f"The embedded database did not start; {self.log} ends: {_last_line(told) or error}"
                ) from error

    def log_since(self, mark: int) -> str:
        try:
            with open(self.log, "rb") as log:
                log.seek(max(mark, 0))
                return log.read()[-20_000:].decode(errors="replace")
        except OSError:
            return ""

    # -- from here on: how

    def _start(self, dies_with_us: bool) -> subprocess.Popen[bytes] | None:
        self._make_folders()
        with open(self.data / "postgres.lock", "a") as lock:  # two starters: the second finds it running
            fcntl.flock(lock, fcntl.LOCK_EX)
            return self._start_alone(dies_with_us)

    def _start_alone(self, dies_with_us: bool) -> subprocess.Popen[bytes] | None:
        self._check_version()
        if not (self.folder / "PG_VERSION").exists():
            self._initialise()
        running = self.running()
        if running and running.status == "stopping":
            wait_until(lambda: self.running() is None, 30)
            running = self.running()
        process = None
        if running is None:
            self._write_configuration()
            process = self.spawn(dies_with_us=dies_with_us)
        try:
            self.wait_ready(lambda: process is None or process.poll() is None)
            with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
                create_roles_and_database(connection)
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                prepare_database(connection)
        except BaseException:
            if process is not None:
                self.stop(5)
            raise
        return process

    def _make_folders(self) -> None:
        as_root = os.geteuid() == 0
        # The server's user must be able to pass through; what it may not read has its own mode.
        self.data.mkdir(mode=0o711 if as_root else 0o700, parents=True, exist_ok=True)
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > 20_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        owner = server_user().pw_uid if as_root else os.geteuid()
        try:
            self.socket_folder.mkdir(mode=0o700)
        except FileExistsError:
            found = self.socket_folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
                raise Trouble(
                    f"{self.socket_folder} belongs to another user; remove it,"
                    " or choose a data folder with a shorter name with REDRESS_DATA."
                ) from None
        self.socket_folder.chmod(0o700)
        if as_root:
            os.chown(self.socket_folder, owner, -1)
            for folder in (self.folder, self.socket_folder, programs()):
                let_pass(folder)
            let_read(programs().parent)
        elif self.folder.exists() and self.folder.stat().st_uid != owner:
            raise PermissionError(f"{self.folder}: permission denied")

    def _check_version(self) -> None:
        with suppress(FileNotFoundError):
            found = (self.folder / "PG_VERSION").read_text().strip()
            if found != str(MAJOR):
                raise Trouble(
                    f"{self.folder} was made by PostgreSQL {found} and this release runs PostgreSQL {MAJOR};"
                    " restore a dump into a new folder (docs/how-to/operate.md, Restore)."
                )

    def _initialise(self) -> None:
        """Into a draft folder first, so that a start killed half-way is simply begun again."""
        draft = self.folder.with_name("postgres.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(draft, server_user().pw_uid, -1)
        # The built-in locale sorts the same on every machine; an operating system's own may change.
        options = ["-U", "postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"]
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += [] if self.durable else ["--no-sync"]
        subprocess.run(
            [str(programs() / "initdb"), "-D", str(draft), *options],
            check=True,
            capture_output=True,
            text=True,
            cwd=draft,
            env=ENVIRON,
            **as_server_user(),  # type: ignore[call-overload]
        )
        with open(draft / "postgresql.conf", "a") as configuration:
            configuration.write("\ninclude 'redress.conf'            # written at every start\n")
            configuration.write("include_if_exists 'local.conf'    # yours; wins over the line above\n")
        draft.replace(self.folder)

    def _write_configuration(self) -> None:
        lines = [
            f"{name} = '{value}'\n" for name, value in configuration(self.socket_folder, durable=self.durable).items()
        ]
        path = self.folder / "redress.conf"
        path.write_text(
            "# Written by Redress at every start. Put your own settings into local.conf.\n" + "".join(lines)
        )
        path.chmod(0o644)

    def _remove_stale_locks(self) -> None:
        """PostgreSQL removes them itself unless the old pid now belongs to some other process."""
        if self.running() is None:
            for path in (self.folder / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
                path.unlink(missing_ok=True)

    def _log_mark(self) -> int:
        try:
            return self.log.stat().st_size
        except OSError:
            return 0


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
    return (fatal or lines or [""])[-1].strip()
