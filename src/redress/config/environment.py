"""Every setting of a running Redress, read from the environment once and typed.

`read()` looks at everything before it complains, so that one start names all that is wrong.
The table in docs/how-to/operate.md lists the same names.
"""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from redress.config.trouble import Trouble, sentence_for

KEYS_FILE = "encryption-keys"
"""In the data folder: what is kept under a key is written with the first of these lines, and read with any."""
_YES, _NO = {"1", "yes", "true", "on"}, {"", "0", "no", "false", "off"}


@dataclass(frozen=True, kw_only=True)
class Oidc:
    """Single sign-on: who is asked (``issuer``), as whom we ask, and how an answer becomes a person (``match``).

    ``match`` is ``email``, or the name of a claim that holds the account's user name. ``organisation`` narrows the search.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    match: str
    trust_email: bool
    organisation: str


@dataclass(frozen=True, kw_only=True)
class Environment:
    data: Path
    database_url: str | None
    owner_url: str | None
    database_role: str
    host: str
    port: int
    allowed_hosts: tuple[str, ...]
    https: bool
    debug: bool
    demo: bool
    secret_key: str
    web_processes: int
    web_threads: int
    encryption_keys: tuple[str, ...]
    keys_kept: bool
    oidc: Oidc | None = None

    @property
    def embedded(self) -> bool:
        return self.database_url is None

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def address(self) -> str:
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    reading = _Reading(environ)
    data = Path(environ.get("REDRESS_DATA") or _project() / "data").expanduser().absolute()
    host = environ.get("REDRESS_HOST") or "127.0.0.1"
    values: dict[str, object] = {
        "data": data,
        "database_url": reading.postgres_url("DATABASE_URL"),
        "owner_url": reading.postgres_url("DATABASE_OWNER_URL"),
        "database_role": reading.one_of("REDRESS_DB_ROLE", ("app", "owner")),
        "host": host,
        "port": reading.number("REDRESS_PORT", 8000, 1, 65535),
        "allowed_hosts": reading.words("REDRESS_ALLOWED_HOSTS") or _hosts_for(host),
        "https": reading.yes_no("REDRESS_HTTPS"),
        "debug": reading.yes_no("REDRESS_DEBUG"),
        "demo": reading.yes_no("REDRESS_DEMO", "yes"),
        "web_processes": reading.number("REDRESS_WEB_PROCESSES", 2, 1, 64),
        "web_threads": reading.number("REDRESS_WEB_THREADS", 4, 1, 64),
    }
    values["oidc"] = reading.oidc()
    secret = reading.secret("REDRESS_SECRET_KEY")
    keys = reading.encryption_keys("REDRESS_ENCRYPTION_KEYS")
    if reading.wrong:
        raise Trouble("These settings cannot be used: " + "; ".join(reading.wrong) + ".")
    values["secret_key"] = secret or _kept(data / "secret-key", lambda: secrets.token_urlsafe(48))
    values["encryption_keys"] = keys or tuple(_kept(data / KEYS_FILE, new_encryption_key).split())
    return Environment(**values, keys_kept=not keys)  # type: ignore[arg-type]


class _Reading:
    """Reads single settings and collects what is wrong instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]):
        self.environ = environ
        self.wrong: list[str] = []

    def number(self, name: str, default: int, low: int, high: int) -> int:
        text = self.environ.get(name) or str(default)
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            self.wrong.append(f"{name} is {text!r} but must be a whole number from {low} to {high}")
            return default
        return int(text)

    def yes_no(self, name: str, default: str = "") -> bool:
        text = self.environ.get(name, default).strip().lower()
        if text not in _YES | _NO:
            self.wrong.append(f"{name} is {text!r} but must be yes or no")
        return text in _YES

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        text = self.environ.get(name) or allowed[0]
        if text not in allowed:
            self.wrong.append(f"{name} is {text!r} but must be {' or '.join(allowed)}")
        return text

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(word for word in self.environ.get(name, "").replace(",", " ").split() if word)

    def postgres_url(self, name: str) -> str | None:
        text = self.environ.get(name, "").strip()
        if text and not text.startswith(("postgres://", "postgresql://")):
            # The value itself may hold a password, so it is not repeated.
            self.wrong.append(f"{name} must look like postgresql://user:password@host:5432/name")
        return text or None

    def oidc(self) -> Oidc | None:
        """All of it, or nothing at all."""
        given = {
            name: self.environ.get(f"REDRESS_OIDC_{name}", "").strip()
            for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
        }
        if not any(given.values()):
            return None
        missing = [f"REDRESS_OIDC_{name}" for name, value in given.items() if not value]
        if missing:
            self.wrong.append(f"single sign-on also needs {' and '.join(missing)}")
        if given["ISSUER"] and not given["ISSUER"].startswith(("https://", "http://")):
            self.wrong.append(
                "REDRESS_OIDC_ISSUER must be the address of the provider, such as https://login.example.com"
            )
        return Oidc(
            issuer=given["ISSUER"].rstrip("/"),
            client_id=given["CLIENT_ID"],
            client_secret=given["CLIENT_SECRET"],
            name=self.environ.get("REDRESS_OIDC_NAME", "").strip(),
            match=self.environ.get("REDRESS_OIDC_MATCH", "").strip() or "email",
            trust_email=self.yes_no("REDRESS_OIDC_TRUST_EMAIL"),
            organisation=self.environ.get("REDRESS_OIDC_ORGANISATION", "").strip(),
        )

    def encryption_keys(self, name: str) -> tuple[str, ...]:
        keys = self.words(name)
        if any(not _is_encryption_key(key) for key in keys):
            # The value is a secret, so it is not repeated.
            self.wrong.append(f"{name} must be keys of 32 bytes in URL-safe base64 (44 characters each), with commas")
        return keys

    def secret(self, name: str) -> str | None:
        text = self.environ.get(name)
        if text is not None and len(text) < 32:
            self.wrong.append(f"{name} must have at least 32 characters (or be left out: one is then made and kept)")
        return text


def _is_encryption_key(text: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(text)) == 32
    except ValueError:
        return False


def _project() -> Path:
    """The checkout we run from, or the working folder when installed as a plain package."""
    checkout = Path(__file__).resolve().parents[3]
    return checkout if (checkout / "pyproject.toml").exists() else Path.cwd()


def _hosts_for(host: str) -> tuple[str, ...]:
    local = ("localhost", "127.0.0.1", "[::1]")
    return local if host in (*local, "::1", "0.0.0.0", "::") else (*local, host)


def new_encryption_key() -> str:
    """32 random bytes, written as the cipher (Fernet) wants them."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def keep(path: Path, text: str) -> None:
    """Puts a text in the place of what the file held, for its owner's eyes only, whole or not at all."""
    draft = _draft(path, text)
    try:
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _kept(path: Path, make: Callable[[], str]) -> str:
    """A secret in the data folder; made once. Linking makes two first starts agree on one."""
    data = path.parent
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise Trouble(sentence_for(error, data) or f"{path} cannot be read: {error}.") from error
    draft = data / f".{path.name}.{os.getpid()}"
    try:
        data.mkdir(parents=True, exist_ok=True)
        draft = _draft(path, make())
        with suppress(FileExistsError):
            os.link(draft, path)
        return path.read_text().strip()
    except OSError as error:
        raise Trouble(sentence_for(error, data) or f"{data} cannot be used: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def _draft(path: Path, text: str) -> Path:
    draft = path.parent / f".{path.name}.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    return draft
